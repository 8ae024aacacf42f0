import type { NativeHistogram } from '../metrics/native-histogram.js'

/** What a family measures; `unknown` is what the text format 0.0.4 calls untyped. */
export type ExpositionType =
  | 'counter'
  | 'gauge'
  | 'histogram'
  | 'summary'
  | 'unknown'
  | 'info'
  | 'stateset'
  | 'gaugehistogram'

/** Where a model was read from. */
export type ParsedFormat = 'text' | 'openmetrics' | 'openmetrics2' | 'protobuf' | 'registry'

/** Label values by name, unescaped. A label that is missing and one that is `''` are the same to Prometheus. */
export type ParsedLabels = Readonly<Record<string, string>>

export interface ParsedExemplar {
  readonly labels: ParsedLabels
  readonly value: number
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly timestamp: number | undefined
}

export interface ParsedSample {
  /** The sample's own name, as in `http_request_duration_seconds_bucket`. */
  readonly name: string
  readonly labels: ParsedLabels
  readonly value: number
  /** Seconds since 1970-01-01T00:00:00Z, in every format. */
  readonly timestamp: number | undefined
  /** The newest, where the format has several on one line. */
  readonly exemplar: ParsedExemplar | undefined
  /** The line it stands in, from 1; 0 where there are no lines. */
  readonly line: number
}

/** One series with native buckets, which only protobuf and OpenMetrics 2.0 carry. */
export interface ParsedNative extends NativeHistogram {
  readonly labels: ParsedLabels
}

export interface ParsedFamily {
  /**
   * The name that the metric was defined with, the same in every format: a counter's ends in `_total` and an
   * info's in `_info` where OpenMetrics leaves these out.
   */
  readonly name: string
  readonly type: ExpositionType
  readonly help: string | undefined
  /** Only OpenMetrics and protobuf state it. */
  readonly unit: string | undefined
  /** In the order of the exposition, `_bucket`, `_sum`, `_count` and `_created` included. */
  readonly samples: readonly ParsedSample[]
  readonly natives: readonly ParsedNative[]
  /** The line it begins in, from 1; 0 where there are no lines. */
  readonly line: number
}

/** An exposition that was read, whatever its format: plain data. */
export interface ParsedExposition {
  readonly format: ParsedFormat
  readonly families: readonly ParsedFamily[]
}

/** The names that samples of a family may have, as suffixes of the name in its TYPE line. */
export const sampleSuffixes: Readonly<
  Record<'text' | 'openmetrics' | 'openmetrics2', Readonly<Record<string, readonly string[]>>>
> = {
  text: { histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] },
  openmetrics: {
    counter: ['_total', '_created'],
    histogram: ['_bucket', '_count', '_sum', '_created'],
    gaugehistogram: ['_bucket', '_gcount', '_gsum'],
    summary: ['', '_count', '_sum', '_created'],
    info: ['_info'],
  },
  // The name of a metric is that of its samples.
  openmetrics2: {},
}

/** For the types that {@link sampleSuffixes} does not name. */
export const noSuffix: readonly string[] = ['']
