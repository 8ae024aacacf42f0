import type { Source } from './source.js'

/** When the process started. */
export const startTime: Source = {
  metric: 'process_start_time_seconds',
  start(scope) {
    // Worked out once: the clock may be set while the process runs, and its start stays where it was.
    const started = Date.now() / 1000 - process.uptime()
    const gauge = scope.gauge(
      'process_start_time_seconds',
      'Start of the process, in seconds since 1970-01-01T00:00:00Z.',
    )
    return { collect: () => gauge.set(started) }
  },
}
