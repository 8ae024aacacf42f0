import type { MetricType } from '../model/metric-name.js'
import type { Across } from './across.js'
import type { Exemplar } from './exemplar.js'
import type { ExemplarSampler } from './exemplar-sampler.js'
import type { NativeHistogram } from './native-histogram.js'
import type { Slab } from './slab.js'

/** One kind of line that every series of a family has, such as `_sum` or `_bucket` with `le="0.5"`. */
export interface LineShape {
  readonly suffix: '' | '_bucket' | '_sum' | '_count'
  /** The label that the family itself adds: `le`, `quantile`, or the name of a state set with one of its states. */
  readonly label?: { readonly name: string; readonly value: number | string }
}

/**
 * What every sample of a series has in common. It is another object for each series and for each scrape, but in a sink
 * that takes cursors.
 */
export interface SeriesIdentity {
  /** `a="x",b="y"`: the labels, escaped. */
  readonly pairs: string
  /** The label values in the order of the family's label names. */
  readonly values: readonly string[]
  /** Another number for each series that its family ever had, where the family keeps one. */
  readonly birth?: number
  /** How many bytes the pairs have at most, where they are bytes already. */
  readonly pairsSize?: number
  /** Copies the pairs to byte `at` and behind, as UTF-8, and up to three zeros after them; returns where they end. */
  writePairs?(target: DataView, at: number): number
}

/** What a sink is told of a family before its samples. */
export interface FamilyHeader {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  /** What a gauge stands for, where the format has a type of its own for it. */
  readonly role?: 'info' | 'stateset' | undefined
  /** The unit that the name ends in, such as `seconds`. */
  readonly unit?: string | undefined
  /** How the values of several processes become one; by type and name when left out. */
  readonly across?: Across | undefined
  readonly labelNames: readonly string[]
  /** The lines of one series, in order; `sample` names them by index. */
  readonly lines: readonly LineShape[]
}

/**
 * Where a scrape goes: text, JSON or a snapshot. A family is announced once, then come all lines of its series,
 * series by series.
 */
export interface Sink {
  /**
   * Takes an object that becomes the next series once it is done with one. So it keeps none beyond the last call for a
   * series, and knows a series by the object and its birth.
   */
  readonly takesCursors?: true
  family(header: FamilyHeader): void
  /** With the exemplar of this very line where it has one; formats that have no room for it leave it out. */
  sample(line: number, series: SeriesIdentity, value: number, exemplar?: Exemplar): void
  /** The exemplars of a series that belong to no line, those of a summary or of native buckets; before all else of it. */
  exemplars?(series: SeriesIdentity, exemplars: readonly Exemplar[]): void
  /** What a series has in native buckets, before its lines; formats that have no room for it leave it out. */
  native?(series: SeriesIdentity, histogram: NativeHistogram): void
  /** After the lines of a series, where its registry keeps creation times: seconds since 1970-01-01T00:00:00Z. */
  created?(series: SeriesIdentity, seconds: number): void
}

/** Series that a scrape goes through, by index. */
export interface SeriesRange {
  /** How many series there are; in a snapshot of it, how many places there are to look at. */
  readonly size: number
  /** Writes the series from index `from` up to `to`, so that a scrape can be cut into slices. */
  emit(sink: Sink, from: number, to: number): void
}

/** A metric of any type, as registries and encoders see it. */
export interface Family extends FamilyHeader, SeriesRange {
  /**
   * The series of now, for a scrape that lets others run between its slices: what is removed meanwhile is left out,
   * what is new is not in it, and nothing comes twice. Without it a family is written in one go.
   */
  snapshot?(): SeriesRange
  /** Sets all values back; every series stays. */
  reset(): void
  /** The registry of this slab has let go of it: gives its memory back, and goes on in memory of its own. */
  moveOut?(slab: Slab): void
  /** Takes exemplars from now on, or none any more. */
  sampleExemplars?(sampler: ExemplarSampler | undefined): void
}
