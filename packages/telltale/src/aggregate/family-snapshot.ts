import type { Across } from '../metrics/across.js'
import type { Family, FamilyHeader, LineShape, SeriesIdentity } from '../metrics/sample-line.js'
import type { MetricType } from '../model/metric-name.js'
import type { Gathering } from '../registry/scrape-source.js'
import type { MergeMode } from './aggregator.js'
import { type SeriesContent, SeriesSink } from './series-sink.js'

/** One series at one moment. */
export interface SeriesSnapshot extends SeriesContent {
  /** The label values in the order of the family's label names. */
  readonly values: readonly string[]
  /** What each sample lacks by rounding, where it is a sum that does; nothing when left out. */
  readonly rests?: readonly number[]
  /** How many processes the samples are of, 1 when left out. */
  readonly processes?: number
  /** Seconds since 1970-01-01T00:00:00Z, where the value that changed last is the one that counts. */
  readonly changedAt?: number
}

/** What a family is, without its series. */
export interface FamilyDefinition {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly role?: 'info' | 'stateset'
  readonly unit?: string
  /** As it was declared. */
  readonly across?: Across
  readonly aggregator: MergeMode
  readonly labelNames: readonly string[]
  readonly lines: readonly LineShape[]
}

/**
 * One family of one process at one moment, or of several together, as plain data: it can be sent to another process
 * and merged with what others have.
 */
export interface FamilySnapshot extends FamilyDefinition {
  readonly series: readonly SeriesSnapshot[]
}

type DefaultLabels = Readonly<Record<string, string>>

/** What was gathered, with its default labels as labels of each series. */
export function snapshotOf(
  { families, defaultLabels }: Gathering,
  modeOf: (family: Family) => MergeMode,
): readonly FamilySnapshot[] {
  return families.map((family) => {
    const added = addedLabels(family, defaultLabels)
    const sink = new ListSink(added.map(([, value]) => value))
    sink.family(family)
    family.emit(sink, 0, family.size)
    sink.end()
    return { ...definitionOf(family, modeOf(family), added), series: sink.series }
  })
}

/** The default labels that a family does not have itself. */
export function addedLabels(
  { labelNames, lines }: FamilyHeader,
  defaultLabels: DefaultLabels,
): readonly (readonly [name: string, value: string])[] {
  const own = new Set([...labelNames, ...lines.map((line) => line.label?.name)])
  return Object.entries(defaultLabels).filter(([label]) => !own.has(label))
}

/** A family's definition as plain data, with these labels after its own. */
export function definitionOf(
  { name, help, type, role, unit, across, labelNames, lines }: FamilyHeader,
  aggregator: MergeMode,
  added: readonly (readonly [name: string, value: string])[],
): FamilyDefinition {
  return {
    name,
    help,
    type,
    ...(role && { role }),
    ...(unit && { unit }),
    ...(across && { across }),
    aggregator,
    labelNames: [...labelNames, ...added.map(([label]) => label)],
    lines,
  }
}

class ListSink extends SeriesSink {
  readonly series: SeriesSnapshot[] = []
  readonly #added: readonly string[]

  constructor(added: readonly string[]) {
    super()
    this.#added = added
  }

  protected override begin(): void {}

  protected override take({ values }: SeriesIdentity, content: SeriesContent): void {
    this.series.push({ values: this.#added.length > 0 ? [...values, ...this.#added] : values, ...content })
  }
}
