import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { OutboundRecorder } from './outbound-recorder.js'

/** Listens on channels, by their names, until stopped; what a listener throws is counted and goes nowhere else. */
export function subscribeAll(
  recorder: OutboundRecorder,
  // Each channel has a message of its own, which its publisher documents.
  listeners: Readonly<Record<string, (message: never) => unknown>>,
): { stop(): void } {
  const running = Object.entries(listeners).map(([name, listener]) => {
    const guarded = recorder.guarded(listener)
    subscribe(name, guarded)
    return () => unsubscribe(name, guarded)
  })
  return {
    stop() {
      for (const end of running) end()
    },
  }
}
