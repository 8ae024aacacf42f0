import type { GaugeSeries } from '../../metrics/gauge.js'
import { type CountsByType, isActiveTypesSupported, readActiveTypes } from './active-types.js'
import type { SeriesBy } from './scope.js'
import type { Source } from './source.js'

/** What keeps the event loop running, by type. A type that was seen once stays, at zero when there is none. */
export const activeResources: Source = {
  metric: 'nodejs_active_resources',
  start(scope) {
    if (!isActiveTypesSupported()) return undefined
    const resources = new TypeGauge(
      scope.gauges(
        'nodejs_active_resources',
        'Number of resources that keep the event loop running, by type.',
        ['type'],
      ),
    )
    const handles = new TypeGauge(
      scope.gauges('nodejs_active_handles', 'Number of open handles such as sockets, by type.', ['type']),
    )
    const requests = new TypeGauge(
      scope.gauges('nodejs_active_requests', 'Number of running requests to the system, by type.', ['type']),
    )
    return {
      collect() {
        const types = readActiveTypes()
        resources.show(types.resources)
        handles.show(types.handles)
        requests.show(types.requests)
      },
    }
  },
}

class TypeGauge {
  readonly #seriesOf: SeriesBy<GaugeSeries>
  readonly #seen = new Set<string>()

  constructor(seriesOf: SeriesBy<GaugeSeries>) {
    this.#seriesOf = seriesOf
  }

  show(counts: CountsByType): void {
    for (const type of counts.keys()) this.#seen.add(type)
    for (const type of this.#seen) this.#seriesOf(type).set(counts.get(type) ?? 0)
  }
}
