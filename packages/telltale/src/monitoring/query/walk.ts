import { type CatalogueMetric, metricOfSample } from '../metrics/metric-catalogue.js'
import type { Query, RecordingRule, Selector } from './query.js'

/** The selectors of a query, from left to right, without those of the recording rules that it reads. */
export function selectorsOf(query: Query): readonly Selector[] {
  switch (query.kind) {
    case 'selector':
      return [query]
    case 'binary':
      return [...selectorsOf(query.left), ...selectorsOf(query.right)]
    case 'over':
    case 'call':
    case 'aggregate':
    case 'label':
      return selectorsOf(query.of)
    default:
      return []
  }
}

/** The recording rules that a query reads, those that they read themselves before them. */
export function recordsOf(query: Query): readonly RecordingRule[] {
  const direct = selectorsOf(query).flatMap(({ of }) => (typeof of === 'string' ? [] : [of]))
  return [...new Set(direct.flatMap((rule) => [...recordsOf(rule.query), rule]))]
}

/** The metrics that a query needs, through recording rules too; metrics of the application's own are not in it. */
export function metricsOf(query: Query): readonly CatalogueMetric[] {
  const found = samplesOf(query).flatMap((sample) => metricOfSample(sample) ?? [])
  return [...new Set(found)]
}

/** The names of the stored samples that a query needs, through recording rules too. */
export function samplesOf(query: Query): readonly string[] {
  const names = selectorsOf(query).flatMap(({ of }) => (typeof of === 'string' ? [of] : samplesOf(of.query)))
  return [...new Set(names)]
}

/** The longest that a query looks back, in seconds, recording rules that it reads not counted. */
export function lookBack(query: Query): number {
  switch (query.kind) {
    case 'selector':
      return query.offset
    case 'over':
      return query.range + lookBack(query.of)
    case 'binary':
      return Math.max(lookBack(query.left), lookBack(query.right))
    case 'call':
    case 'aggregate':
    case 'label':
      return lookBack(query.of)
    default:
      return 0
  }
}
