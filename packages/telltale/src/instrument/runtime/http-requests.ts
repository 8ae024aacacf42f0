import { processMonitors } from './process-monitors.js'
import type { Source } from './source.js'

/** Requests that the servers of the process have not answered yet. */
export const httpRequests: Source = {
  metric: 'nodejs_http_requests_in_flight',
  start(scope) {
    const series = scope.gauge(
      'nodejs_http_requests_in_flight',
      'Requests to the HTTP servers of the process that are not answered in full yet.',
    )
    const lease = processMonitors().requestsInFlight()
    scope.atEnd(() => lease.release())
    return { collect: () => series.set(lease.monitor.count) }
  },
}
