import { isActiveTypesSupported, readActiveTypes, total } from './active-types.js'
import type { Source } from './source.js'

/**
 * Three gauges that prom-client has. They end in `_total` as only a counter should, which linters complain of, and
 * they are the sums of what `activeResources` has: so they are for those who depend on the names.
 */
export const activeTotals: Source = {
  metric: 'nodejs_active_resources_total',
  start(scope) {
    if (!isActiveTypesSupported()) return undefined
    const resources = scope.gauge('nodejs_active_resources_total', 'Number of active resources.')
    const handles = scope.gauge('nodejs_active_handles_total', 'Number of active handles.')
    const requests = scope.gauge('nodejs_active_requests_total', 'Number of active requests.')
    return {
      collect() {
        const types = readActiveTypes()
        resources.set(total(types.resources))
        handles.set(total(types.handles))
        requests.set(total(types.requests))
      },
    }
  },
}
