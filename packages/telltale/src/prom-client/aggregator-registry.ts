import { isAggregator } from '../aggregate/aggregator.js'
import { MergedFamily } from '../aggregate/merged-family.js'
import type { MetricJson } from '../aggregate/metric-json.js'
import { Gauge } from '../metrics/gauge.js'
import { Registry as EngineRegistry } from '../registry/registry.js'
import { mergeJson } from './aggregators.js'
import { type ClusterPrimary, clusterPrimary } from './cluster-primary.js'
import { tellPrimary, tellPrimaryFirst } from './cluster-worker.js'
import { type Register, registerOf } from './configuration.js'
import type { PrometheusContentType, RegistryContentType } from './content-type.js'
import { register } from './global-registry.js'
import { Registry } from './registry.js'

/** What this package adds to prom-client's constructor. */
export interface AggregatorRegistryOptions {
  /** How often the workers are asked between scrapes, 1 when left out: what a killed one had counted since is lost. */
  readonly snapshotSeconds?: number
}

/**
 * The metrics of all workers of a `node:cluster` in one scrape, served by the primary. The workers are asked once a
 * second and at each scrape. One that does not answer within half a second is served as it was, and what one that
 * has ended had counted stays counted; its gauges go. As in prom-client, the metrics of the primary itself are not
 * among them: they are in `register.metrics()`.
 */
export class AggregatorRegistry<T extends RegistryContentType = PrometheusContentType> extends Registry<T> {
  readonly #primary: ClusterPrimary | undefined

  /** In the primary, begins to ask the workers. In a worker nothing is needed but the import of this package. */
  constructor(contentType?: T, { snapshotSeconds }: AggregatorRegistryOptions = {}) {
    super(contentType)
    tellPrimaryFirst([register.engine])
    this.#primary = clusterPrimary()
    if (snapshotSeconds !== undefined) this.#primary?.snapshotEvery(snapshotSeconds)
  }

  /**
   * The merged metrics of all workers in the format of `contentType`, with `telltale_cluster_silent_workers` and
   * `telltale_cluster_oldest_snapshot_seconds`; empty when there were never any. Takes at most half a second more than
   * the merging, and does not reject because of a worker.
   */
  async clusterMetrics(): Promise<string> {
    const primary = this.#primary
    if (primary === undefined) return ''
    await primary.refresh()
    const families = primary.merged().map((snapshot) => new MergedFamily(snapshot))
    if (families.length === 0) return ''
    const registry = new EngineRegistry()
    registry.addCollector({ name: 'cluster', collect: async () => families })
    addClusterGauges(registry, primary)
    const merged = new Registry<T>(this.contentType, registry)
    return merged.metrics()
  }

  /**
   * One registry from what `getMetricsAsJSON()` gave in each of several processes. Throws for an aggregator that does
   * not exist; a metric without one is summed up.
   */
  static aggregate<T extends RegistryContentType = PrometheusContentType>(
    metricsArr: readonly (readonly object[])[],
    registryType?: T,
  ): Registry<T> {
    const registry = new Registry<T>(registryType)
    const byName = new Map<string, MetricJson[]>()
    // The form of each is that of getMetricsAsJSON.
    for (const metric of metricsArr.flat() as MetricJson[]) {
      byName.set(metric.name, [...(byName.get(metric.name) ?? []), metric])
    }
    for (const metrics of byName.values()) {
      const aggregator = metrics[0]!.aggregator ?? 'sum'
      if (!isAggregator(aggregator)) throw new Error(`'${aggregator}' is not a defined aggregator.`)
      const merged = mergeJson(metrics, aggregator)
      if (merged !== undefined) registry.engine.register(new MergedFamily(merged))
    }
    return registry
  }

  /** In a worker, the registries whose metrics the primary gets, in place of the global one. */
  static setRegistries(registries: Register | readonly Register[]): void {
    const list: readonly unknown[] = Array.isArray(registries) ? registries : [registries]
    tellPrimary(list.map((registry) => registerOf(registry).engine))
  }
}

function addClusterGauges(registry: EngineRegistry, primary: ClusterPrimary): void {
  new Gauge({
    name: 'telltale_cluster_silent_workers',
    help: 'Workers that do not answer, whose last values are shown.',
    registry,
  }).set(primary.silentWorkers)
  new Gauge({
    name: 'telltale_cluster_oldest_snapshot_seconds',
    help: 'The age of the oldest values of a worker that are shown.',
    registry,
  }).set(primary.oldestSnapshotSeconds)
}
