import { applicationMetrics, ownMetrics } from './application-metrics.js'
import { deliveryMetrics } from './delivery-metrics.js'
import type { KnownMetric, MetricSource, MetricTable, SampleOf } from './known-metric.js'
import { runtimeMetrics } from './runtime-metrics.js'
import { machineMetrics, serverMetrics, targetMetrics } from './server-metrics.js'

/** Every metric that the catalogue of signals may name, by where it comes from. */
export const metricCatalogue = {
  application: applicationMetrics,
  runtime: runtimeMetrics,
  telltale: ownMetrics,
  delivery: deliveryMetrics,
  target: targetMetrics,
  server: serverMetrics,
  machine: machineMetrics,
} as const satisfies Readonly<Record<MetricSource, MetricTable>>

type Tables = typeof metricCatalogue

/** The name of a sample that exists: of a histogram `…_bucket`, `…_sum` and `…_count`. */
export type SampleName = { [S in keyof Tables]: SampleOf<Tables[S]> }[keyof Tables]

/** A metric as the catalogue has it. */
export interface CatalogueMetric extends KnownMetric {
  readonly name: string
  readonly source: MetricSource
}

const bySample = new Map(rows().flatMap((metric) => samplesOf(metric).map((name) => [name, metric])))

/** The metric that a sample belongs to; `undefined` for one that the catalogue does not have. */
export function metricOfSample(sample: string): CatalogueMetric | undefined {
  return bySample.get(sample)
}

/** Every metric of the catalogue. */
export function catalogueMetrics(): readonly CatalogueMetric[] {
  return rows()
}

function rows(): readonly CatalogueMetric[] {
  const sources: readonly MetricSource[] = [
    'application',
    'runtime',
    'telltale',
    'delivery',
    'target',
    'server',
    'machine',
  ]
  return sources.flatMap((source) => {
    const table: MetricTable = metricCatalogue[source]
    return Object.entries(table).map(([name, metric]) => ({ name, source, ...metric }))
  })
}

function samplesOf({ name, type }: CatalogueMetric): readonly string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name]
}
