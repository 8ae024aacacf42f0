import { type Arrangement, allNames, arrange, commonLines, lineKey } from './arrangement.js'
import type { FamilySnapshot, SeriesSnapshot } from './family-snapshot.js'
import { joinSeries, lineAggregator } from './series-join.js'

/**
 * What several processes have, as one: families by name, their series by labels, each value by the family's
 * aggregator. Families that are to be omitted are left out, and so is one whose type is not that of an earlier one
 * of its name.
 *
 * The order of the processes decides what `first` is, and whose help text it is; for all else any order and any
 * grouping give the same. Histograms with different buckets keep the bounds that all of them have, for which the
 * cumulative counts are exact. Quantiles cannot be added: where the aggregator is `sum`, the largest is taken, which
 * the true one is never above.
 */
export function mergeSnapshots(processes: Iterable<readonly FamilySnapshot[]>): readonly FamilySnapshot[] {
  const byName = new Map<string, FamilySnapshot[]>()
  for (const families of processes) {
    for (const family of families) {
      if (family.aggregator === 'omit') continue
      const known = byName.get(family.name)
      if (known === undefined) byName.set(family.name, [family])
      else if (known[0]!.type === family.type) known.push(family)
    }
  }
  return Array.from(byName.values(), mergeFamilies)
}

/** Families of one name and type as one. */
function mergeFamilies(families: readonly FamilySnapshot[]): FamilySnapshot {
  const first = families[0]!
  // Without series a family has no say in which lines and labels there are, and may not know.
  const populated = families.filter(({ series }) => series.length > 0)
  if (populated.length === 0 || families.length === 1) return first
  const lines = populated.map((family) => family.lines).reduce(commonLines)
  const labelNames = populated.map((family) => family.labelNames).reduce(allNames)
  const aggregators = lines.map((line) => lineAggregator(first, line))
  const merged = new Map<string, SeriesSnapshot>()
  for (const family of populated) {
    const valuesIn = arrange(family.labelNames, labelNames)
    const samplesIn = arrange(family.lines.map(lineKey), lines.map(lineKey))
    for (const series of family.series) {
      const values = valuesIn(series.values, '')
      const placed = moved(series, values, samplesIn)
      const key = JSON.stringify(values)
      const known = merged.get(key)
      merged.set(key, known === undefined ? placed : joinSeries(aggregators, known, placed))
    }
  }
  return {
    ...populated[0]!,
    help: first.help,
    aggregator: first.aggregator,
    labelNames,
    lines,
    series: [...merged.values()],
  }
}

/** The same series with these values, and its lines in another order. */
export function moved(
  series: SeriesSnapshot,
  values: readonly string[],
  samplesIn: Arrangement,
): SeriesSnapshot {
  const samples = samplesIn(series.samples, null)
  if (samples === series.samples) return values === series.values ? series : { ...series, values }
  const { rests, exemplars } = series
  return {
    ...series,
    values,
    samples,
    ...(rests && { rests: samplesIn(rests, 0) }),
    ...(exemplars && { exemplars: samplesIn(exemplars, null) }),
  }
}
