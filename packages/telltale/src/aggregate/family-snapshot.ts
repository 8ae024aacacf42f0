import type { Family, LineShape, SeriesIdentity } from '../metrics/sample-line.js'
import type { MetricType } from '../model/metric-name.js'
import type { Gathering } from '../registry/scrape-source.js'
import type { Aggregator } from './aggregator.js'

/** One series at one moment. */
export interface SeriesSnapshot {
  /** The label values in the order of the family's label names. */
  readonly values: readonly string[]
  /** One for each line of the family; `null` where this series has no such line. */
  readonly samples: readonly (number | null)[]
  /** What each sample lacks by rounding, where it is a sum that does; nothing when left out. */
  readonly rests?: readonly number[]
  /** How many processes the samples are of, 1 when left out. */
  readonly processes?: number
}

/**
 * One family of one process at one moment, or of several together, as plain data: it can be sent to another process
 * and merged with what others have.
 */
export interface FamilySnapshot {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly role?: 'info' | 'stateset'
  readonly unit?: string
  readonly aggregator: Aggregator
  readonly labelNames: readonly string[]
  readonly lines: readonly LineShape[]
  readonly series: readonly SeriesSnapshot[]
}

/** What was gathered, with its default labels as labels of each series. */
export function snapshotOf(
  { families, defaultLabels }: Gathering,
  aggregatorOf: (family: Family) => Aggregator,
): readonly FamilySnapshot[] {
  return families.map((family) => familySnapshot(family, aggregatorOf(family), defaultLabels))
}

function familySnapshot(
  family: Family,
  aggregator: Aggregator,
  defaultLabels: Readonly<Record<string, string>>,
): FamilySnapshot {
  const { name, help, type, role, unit, lines } = family
  const own = new Set([...family.labelNames, ...lines.map((line) => line.label?.name)])
  const added = Object.entries(defaultLabels).filter(([label]) => !own.has(label))
  const texts = added.map(([, value]) => value)
  const series: { values: readonly string[]; samples: (number | null)[] }[] = []
  let last: SeriesIdentity | undefined
  const sample = (line: number, identity: SeriesIdentity, value: number) => {
    if (identity !== last) {
      const values = texts.length > 0 ? [...identity.values, ...texts] : identity.values
      series.push({ values, samples: lines.map(() => null) })
      last = identity
    }
    series.at(-1)!.samples[line] = value
  }
  family.emit({ family() {}, sample }, 0, family.size)
  const labelNames = [...family.labelNames, ...added.map(([label]) => label)]
  return {
    name,
    help,
    type,
    ...(role && { role }),
    ...(unit && { unit }),
    aggregator,
    labelNames,
    lines,
    series,
  }
}
