import { createHook } from 'node:async_hooks'

/** Counts the event loop delay monitors that come into being from now on. */
export class MonitorCount {
  #started = 0
  readonly #hook = createHook({
    init: (_id, type) => {
      if (type === 'ELDHISTOGRAM') this.#started++
    },
  }).enable()

  get started(): number {
    return this.#started
  }

  stop(): void {
    this.#hook.disable()
  }
}
