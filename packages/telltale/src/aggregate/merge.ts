import type { LineShape } from '../metrics/sample-line.js'
import { type Aggregator, joined, roundingOf } from './aggregator.js'
import type { FamilySnapshot, SeriesSnapshot } from './family-snapshot.js'

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
  const merged = new Map<string, FamilySnapshot>()
  for (const families of processes) {
    for (const family of families) {
      if (family.aggregator === 'omit') continue
      const known = merged.get(family.name)
      merged.set(family.name, known === undefined ? family : mergeFamilies(known, family))
    }
  }
  return [...merged.values()]
}

/** Two families of one name as one; the first alone when the second is of another type. */
export function mergeFamilies(a: FamilySnapshot, b: FamilySnapshot): FamilySnapshot {
  if (a.type !== b.type || b.series.length === 0) return a
  // Without series it has no say in which lines there are, and may not know.
  if (a.series.length === 0) return { ...b, help: a.help, aggregator: a.aggregator }
  const lines = commonLines(a.lines, b.lines)
  const labelNames = sameList(a.labelNames, b.labelNames)
    ? a.labelNames
    : [...new Set([...a.labelNames, ...b.labelNames])].sort()
  const aggregators = lines.map((line) => lineAggregator(a, line))
  const merged = new Map<string, SeriesSnapshot>()
  for (const family of [a, b]) {
    const valuesIn = arrange(family.labelNames, labelNames)
    const samplesIn = arrange(family.lines.map(lineKey), lines.map(lineKey))
    for (const series of family.series) {
      const values = valuesIn(series.values, '')
      const placed = {
        ...series,
        values,
        samples: samplesIn(series.samples, null),
        ...(series.rests && { rests: samplesIn(series.rests, 0) }),
      }
      const key = JSON.stringify(values)
      const known = merged.get(key)
      merged.set(key, known === undefined ? placed : joinSeries(aggregators, known, placed))
    }
  }
  return { ...a, labelNames, lines, series: [...merged.values()] }
}

/** Two series with the same labels and lines as one; one aggregator for each line. */
export function joinSeries(
  aggregators: readonly Aggregator[],
  a: SeriesSnapshot,
  b: SeriesSnapshot,
): SeriesSnapshot {
  const rests = a.samples.map((sample, i) => {
    const before = (a.rests?.[i] ?? 0) + (b.rests?.[i] ?? 0)
    return before + roundingOf(aggregators[i]!, sample, b.samples[i]!)
  })
  return {
    values: a.values,
    samples: a.samples.map((sample, i) => joined(aggregators[i]!, sample, b.samples[i]!)),
    ...(rests.some((rest) => rest !== 0) && { rests }),
    processes: (a.processes ?? 1) + (b.processes ?? 1),
  }
}

/** How the values of one line become one. */
export function lineAggregator({ type, aggregator }: FamilySnapshot, { label }: LineShape): Aggregator {
  return type === 'summary' && label !== undefined && aggregator === 'sum' ? 'max' : aggregator
}

function commonLines(a: readonly LineShape[], b: readonly LineShape[]): readonly LineShape[] {
  if (sameList(a.map(lineKey), b.map(lineKey))) return a
  const others = new Set(b.map(lineKey))
  return a.filter((line) => others.has(lineKey(line)))
}

/** Names a line: two with the same name are the same line. */
function lineKey({ suffix, label }: LineShape): string {
  return label === undefined ? suffix : `${suffix} ${label.name} ${label.value}`
}

/** Brings what is in one order into another, with `missing` for what is not there. */
function arrange(
  from: readonly string[],
  to: readonly string[],
): <T>(list: readonly T[], missing: T) => readonly T[] {
  if (sameList(from, to)) return (list) => list
  const places = to.map((name) => from.indexOf(name))
  return (list, missing) => places.map((place) => (place < 0 ? missing : list[place]!))
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
