import type { AcceptEntry } from './accept.js'
import type { Encoder, EncoderOptions } from './encoder.js'
import { OPENMETRICS_2_CONTENT_TYPE, OpenMetrics2Encoder } from './open-metrics-2-encoder.js'
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
  create: ({ defaultLabels, escaping, prepared }) => new TextEncoder004(defaultLabels, escaping, prepared),
}

const text1: ExpositionFormat = {
  contentType: TEXT_1_CONTENT_TYPE,
  matches: ({ value, parameters }) => value === 'text/plain' && parameters.get('version') === '1.0.0',
  create: ({ defaultLabels, escaping, prepared }) => new TextEncoder004(defaultLabels, escaping, prepared),
}

// An entry without a version takes any; it gets the oldest that is written here, which must stay 1.0.0 when a newer
// one comes. Version 0.0.1, which Prometheus lists after 1.0.0, was a draft and is not written.
const openMetrics: ExpositionFormat = {
  contentType: OPENMETRICS_CONTENT_TYPE,
  matches: ({ value, parameters }) =>
    value === 'application/openmetrics-text' && isVersion(parameters, '1.0.0'),
  create: (options) => new OpenMetricsEncoder(options),
}

// A release candidate: only who names this very version gets it.
const openMetrics2: ExpositionFormat = {
  contentType: OPENMETRICS_2_CONTENT_TYPE,
  matches: ({ value, parameters }) =>
    value === 'application/openmetrics-text' && parameters.get('version') === '2.0.0',
  create: (options) => new OpenMetrics2Encoder(options),
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

/** Every format that needs no option, one row each; the first that an entry of `Accept` matches is written. */
export const formats: readonly ExpositionFormat[] = [openMetrics, text1, text, protobuf]

/** What a registry says of the formats it may be written in. */
export interface FormatChoice {
  readonly openMetrics2: boolean
}

/** The formats that a registry may be written in. */
export function formatsOf({ openMetrics2: allowed }: FormatChoice): readonly ExpositionFormat[] {
  return allowed ? [openMetrics2, ...formats] : formats
}

/** Those of them that a string can hold. */
export function textFormatsOf(choice: FormatChoice): readonly ExpositionFormat[] {
  return formatsOf(choice).filter((format) => format !== protobuf)
}

function isVersion(parameters: ReadonlyMap<string, string>, version: string): boolean {
  return (parameters.get('version') ?? version) === version
}
