import type { AcceptEntry } from './accept.js'
import type { Encoder, EncoderOptions } from './encoder.js'
import { OPENMETRICS_CONTENT_TYPE, OpenMetricsEncoder } from './open-metrics-encoder.js'
import { PROTOBUF_CONTENT_TYPE, ProtobufEncoder } from './protobuf-encoder.js'
import { TEXT_1_CONTENT_TYPE, TEXT_CONTENT_TYPE, TextEncoder004 } from './text-encoder.js'

/** An exposition format that a scrape can ask for. */
export interface ExpositionFormat {
  /** What the answer says, but for `escaping`. */
  readonly contentType: string
  /** Whether an entry of an `Accept` header, whatever its weight and its `escaping`, asks for this format. */
  matches(entry: AcceptEntry): boolean
  create(options: EncoderOptions): Encoder
}

const text: ExpositionFormat = {
  contentType: TEXT_CONTENT_TYPE,
  matches: ({ value, parameters }) =>
    (value === 'text/plain' && isVersion(parameters, '0.0.4')) || value === 'text/*' || value === '*/*',
  create: ({ defaultLabels, escaping }) => new TextEncoder004(defaultLabels, escaping),
}

const text1: ExpositionFormat = {
  contentType: TEXT_1_CONTENT_TYPE,
  matches: ({ value, parameters }) => value === 'text/plain' && parameters.get('version') === '1.0.0',
  create: ({ defaultLabels, escaping }) => new TextEncoder004(defaultLabels, escaping),
}

// An entry without a version takes any; it gets the oldest that is written here, which must stay 1.0.0 when a newer
// one comes. Version 0.0.1, which Prometheus lists after 1.0.0, was a draft and is not written.
const openMetrics: ExpositionFormat = {
  contentType: OPENMETRICS_CONTENT_TYPE,
  matches: ({ value, parameters }) =>
    value === 'application/openmetrics-text' && isVersion(parameters, '1.0.0'),
  create: (options) => new OpenMetricsEncoder(options),
}

const protobuf: ExpositionFormat = {
  contentType: PROTOBUF_CONTENT_TYPE,
  matches: ({ value, parameters }) =>
    value === 'application/vnd.google.protobuf' &&
    parameters.get('proto') === 'io.prometheus.client.MetricFamily' &&
    parameters.get('encoding') === 'delimited',
  create: (options) => new ProtobufEncoder(options),
}

/** What is written when nothing else is asked for. */
export const defaultFormat = text

/** Every format, one row each; the first that an entry of `Accept` matches is written. */
export const formats: readonly ExpositionFormat[] = [openMetrics, text1, text, protobuf]

/** Those that a string can hold. */
export const textFormats: readonly ExpositionFormat[] = [openMetrics, text1, text]

function isVersion(parameters: ReadonlyMap<string, string>, version: string): boolean {
  return (parameters.get('version') ?? version) === version
}
