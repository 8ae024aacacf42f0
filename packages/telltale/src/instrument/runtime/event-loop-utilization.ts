import { performance } from 'node:perf_hooks'
import { raiseTo } from './running-total.js'
import type { Source } from './source.js'

const MILLISECONDS = 1000

/** How long the event loop worked and how long it waited. Node counts this itself; it takes no timer. */
export const eventLoopUtilization: Source = {
  metric: 'nodejs_eventloop_active_seconds_total',
  start(scope) {
    if (typeof performance.eventLoopUtilization !== 'function') return undefined
    const active = scope.counter(
      'nodejs_eventloop_active_seconds_total',
      'Time in seconds for which the event loop was at work.',
    )
    const idle = scope.counter(
      'nodejs_eventloop_idle_seconds_total',
      'Time in seconds for which the event loop waited for events.',
    )
    return {
      collect() {
        const utilization = performance.eventLoopUtilization()
        raiseTo(active, utilization.active / MILLISECONDS)
        raiseTo(idle, utilization.idle / MILLISECONDS)
      },
    }
  },
}
