import { OVERFLOW } from '../metrics/family.js'
import type { FamilySnapshot, SeriesSnapshot } from './family-snapshot.js'
import { mergeSnapshots } from './merge.js'
import { joinSeries, lineAggregator } from './series-join.js'

/** How many series of one family are kept of processes that have ended. */
const SERIES_LIMIT = 10_000

/**
 * What is left of processes that have ended, with one more that has ended now: counts and sums, so that totals do
 * not fall. Gauges and quantiles are of processes that are there, and so is what has another aggregator than `sum`
 * and `max`. It takes room for label sets, not for processes: at most 10,000 series in a family, and what is beyond
 * goes to one with every label `__overflow__`.
 */
export function withEnded(
  remains: readonly FamilySnapshot[],
  ended: readonly FamilySnapshot[],
): readonly FamilySnapshot[] {
  // The newer definition wins where there are two.
  return mergeSnapshots([ended.filter(isKept).map(withoutQuantiles), remains]).map(bounded)
}

function isKept({ type, aggregator }: FamilySnapshot): boolean {
  return type !== 'gauge' && (aggregator === 'sum' || aggregator === 'max')
}

function withoutQuantiles(family: FamilySnapshot): FamilySnapshot {
  if (family.type !== 'summary') return family
  const series = family.series.map((one) => ({
    ...one,
    samples: one.samples.map((sample, i) => (family.lines[i]!.label === undefined ? sample : NaN)),
  }))
  return { ...family, series }
}

function bounded(family: FamilySnapshot): FamilySnapshot {
  if (family.series.length <= SERIES_LIMIT) return family
  const values = family.labelNames.map(() => OVERFLOW)
  const isOverflow = (series: SeriesSnapshot) => series.values.every((value) => value === OVERFLOW)
  const named = family.series.filter((series) => !isOverflow(series))
  const beyond = [...family.series.filter(isOverflow), ...named.slice(SERIES_LIMIT)]
  const aggregators = family.lines.map((line) => lineAggregator(family, line))
  const overflow = beyond.reduce((sum, series) => joinSeries(aggregators, sum, series))
  return { ...family, series: [...named.slice(0, SERIES_LIMIT), { ...overflow, values }] }
}
