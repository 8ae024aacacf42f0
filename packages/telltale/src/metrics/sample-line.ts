import type { MetricType } from '../model/metric-name.js'

/** One kind of line that every series of a family has, such as `_sum` or `_bucket` with `le="0.5"`. */
export interface LineShape {
  readonly suffix: '' | '_bucket' | '_sum' | '_count'
  /** The label that the family itself adds. */
  readonly label?: { readonly name: 'le' | 'quantile'; readonly value: number }
}

/** What every sample of a series has in common. */
export interface SeriesIdentity {
  /** `a="x",b="y"`: the labels, escaped, serialised when the series was made. */
  readonly pairs: string
  /** The label values in the order of the family's label names. */
  readonly values: readonly string[]
}

/** What a sink is told of a family before its samples. */
export interface FamilyHeader {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly labelNames: readonly string[]
  /** The lines of one series, in order; `sample` names them by index. */
  readonly lines: readonly LineShape[]
}

/**
 * Where a scrape goes: text, JSON or a snapshot. A family is announced once, then come all lines of its series,
 * series by series.
 */
export interface Sink {
  family(header: FamilyHeader): void
  sample(line: number, series: SeriesIdentity, value: number): void
}

/** A metric of any type, as registries and encoders see it. */
export interface Family extends FamilyHeader {
  /** How many series there are. */
  readonly size: number
  /** Writes the series from index `from` up to `to`, so that a scrape can be cut into slices. */
  emit(sink: Sink, from: number, to: number): void
  /** Sets all values back; every series stays. */
  reset(): void
}
