import type { FamilySnapshot } from '../aggregate/family-snapshot.js'
import { mergeSnapshots } from '../aggregate/merge.js'
import { MergedFamily } from '../aggregate/merged-family.js'
import { type MetricJson, snapshotOfJson } from '../aggregate/metric-json.js'
import type { Aggregator, MetricObjectWithValues, MetricValueWithName } from './metric-object.js'
import { objectOf } from './metric-text.js'

type Merged = MetricObjectWithValues<MetricValueWithName<string>>

/** Merges one metric of several processes, each as `getMetricsAsJSON()` gives it; `undefined` when there is none. */
export type AggregatorFunction = (metrics: readonly MetricJson[]) => Merged | undefined

/** The functions behind the option `aggregator`, by its values. */
export const aggregators: Readonly<Record<Aggregator, AggregatorFunction>> = {
  sum: by('sum'),
  first: by('first'),
  omit: () => undefined,
  average: by('average'),
  min: by('min'),
  max: by('max'),
}

/** One metric of several processes as one; nothing when there are none. */
export function mergeJson(
  metrics: readonly MetricJson[],
  aggregator: Aggregator,
): FamilySnapshot | undefined {
  const [merged] = mergeSnapshots(metrics.map((metric) => [snapshotOfJson({ ...metric, aggregator })]))
  return merged
}

function by(aggregator: Aggregator): AggregatorFunction {
  return (metrics) => {
    const merged = mergeJson(metrics, aggregator)
    return merged && objectOf(new MergedFamily(merged), metrics[0]?.aggregator as Aggregator)
  }
}
