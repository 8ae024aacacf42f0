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

/** Two series with the same labels and lines as one; one aggregator for each line. */
export function joinSeries(
  aggregators: readonly Aggregator[],
  a: SeriesSnapshot,
  b: SeriesSnapshot,
): SeriesSnapshot {
  const samples: (number | null)[] = new Array(aggregators.length)
  let rests: number[] | undefined
  for (let i = 0; i < aggregators.length; i++) {
    const aggregator = aggregators[i]!
    const [x, y] = [a.samples[i]!, b.samples[i]!]
    samples[i] = joined(aggregator, x, y)
    const rest = (a.rests?.[i] ?? 0) + (b.rests?.[i] ?? 0) + roundingOf(aggregator, x, y)
    if (rest === 0) continue
    rests ??= aggregators.map(() => 0)
    rests[i] = rest
  }
  const processes = (a.processes ?? 1) + (b.processes ?? 1)
  return rests === undefined
    ? { values: a.values, samples, processes }
    : { values: a.values, samples, rests, processes }
}

/** How the values of one line become one. */
export function lineAggregator({ type, aggregator }: FamilySnapshot, { label }: LineShape): Aggregator {
  return type === 'summary' && label !== undefined && aggregator === 'sum' ? 'max' : aggregator
}

/** The same series with these values, and its lines in another order. */
function moved(series: SeriesSnapshot, values: readonly string[], samplesIn: Arrangement): SeriesSnapshot {
  const samples = samplesIn(series.samples, null)
  if (values === series.values && samples === series.samples) return series
  return { ...series, values, samples, ...(series.rests && { rests: samplesIn(series.rests, 0) }) }
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

type Arrangement = <T>(list: readonly T[], missing: T) => readonly T[]

function allNames(a: readonly string[], b: readonly string[]): readonly string[] {
  return sameList(a, b) ? a : [...new Set([...a, ...b])].sort()
}

/** Brings what is in one order into another, with `missing` for what is not there. */
function arrange(from: readonly string[], to: readonly string[]): Arrangement {
  if (sameList(from, to)) return (list) => list
  const places = to.map((name) => from.indexOf(name))
  return (list, missing) => places.map((place) => (place < 0 ? missing : list[place]!))
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
