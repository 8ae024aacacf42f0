import { MergedFamily } from '../aggregate/merged-family.js'
import { type MetricJson, snapshotOfJson } from '../aggregate/metric-json.js'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'

/** A registry of prom-client or of `@prometheus-io/client`, or anything that gives its metrics in the same form. */
export interface ForeignRegistry {
  getMetricsAsJSON(): Promise<readonly object[]> | readonly object[]
}

export interface BridgeOptions {
  /** Where the metrics are shown; the default registry of the process when left out. */
  readonly registry?: Registry
  /** Names the bridge in `telltale_collector_errors_total` and in warnings; `bridge` when left out. */
  readonly name?: string
}

/**
 * Shows the metrics of another library's registry beside our own, for as long as both are in use:
 * `bridge(promClient.register)`. They are read at each scrape, under the deadline of all collectors, with their
 * names, types, help texts, labels and default labels; a read that fails or hangs costs them that scrape and nothing
 * else. Where a name is taken by a metric of ours, ours is shown; the other is left out, which is counted in
 * `telltale_collector_errors_total{reason="name_clash"}` and warned of once.
 *
 * `stop()` ends it. A registry that is ours below its surface, as with an alias, needs no bridge and gets none.
 * Throws `TELLTALE_OPTION` for what is no registry. Cost: what the other library takes to build its objects.
 */
export function bridge(foreign: ForeignRegistry, options: BridgeOptions = {}): { stop(): void } {
  const { registry = defaultRegistry(), name = 'bridge' } = options
  if (typeof foreign?.getMetricsAsJSON !== 'function') {
    throw new TelltaleError(
      'TELLTALE_OPTION',
      `bridge got ${shown(foreign)}, expected a registry with getMetricsAsJSON(), such as register of prom-client`,
    )
  }
  if ('engine' in foreign && foreign.engine === registry) return { stop() {} }
  return registry.addCollector({
    name,
    collect: async () => {
      const metrics = await foreign.getMetricsAsJSON()
      // Its form is that of prom-client; what is not valid in it, the registry leaves out.
      return metrics.map((metric) => new MergedFamily(snapshotOfJson(metric as MetricJson)))
    },
  })
}
