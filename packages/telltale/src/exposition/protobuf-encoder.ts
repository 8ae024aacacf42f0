import type { Exemplar } from '../metrics/exemplar.js'
import type { NativeHistogram } from '../metrics/native-histogram.js'
import type { FamilyHeader, LineShape, SeriesIdentity } from '../metrics/sample-line.js'
import type { MetricType } from '../model/metric-name.js'
import { escapeName } from '../model/name-escaping.js'
import type { Encoder, EncoderOptions } from './encoder.js'
import { writeNative } from './protobuf-native.js'
import { ProtobufParts } from './protobuf-parts.js'
import { ProtobufWriter } from './protobuf-writer.js'

/** The content type of delimited protobuf. */
export const PROTOBUF_CONTENT_TYPE =
  'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited'

/** How a metric type is written: its number, the field of `Metric` that holds it, and fields that it may have. */
interface TypeFields {
  readonly type: number
  readonly payload: number
  readonly created?: number
  /** Of the whole series. */
  readonly exemplars?: number
}

const typeFields: Readonly<Record<MetricType, TypeFields>> = {
  counter: { type: 0, payload: 3, created: 3 },
  gauge: { type: 1, payload: 2 },
  summary: { type: 2, payload: 4, created: 4 },
  histogram: { type: 4, payload: 7, created: 15, exemplars: 16 },
}

const familyFields = { name: 1, help: 2, type: 3, metric: 4, unit: 5 }
const metricFields = { label: 1 }
const counterFields = { value: 1, exemplar: 2 }
const gaugeFields = { value: 1 }
/** Of histograms and summaries; `part` is a bucket or a quantile. */
const distributionFields = { count: 1, sum: 2, part: 3 }
const bucketFields = { cumulativeCount: 1, bound: 2, exemplar: 3 }
const quantileFields = { quantile: 1, value: 2 }

/** Bytes from which on what was written is put aside, so that growing copies little. */
const CHUNK = 65_536

/**
 * Writes delimited protobuf, as Prometheus asks for it where it takes native histograms. Counters keep their
 * `_total`; info and state sets are gauges, for want of types of their own; the `+Inf` bucket is left out unless it
 * has an exemplar, as the count says the same.
 */
export class ProtobufEncoder implements Encoder {
  readonly #options: EncoderOptions
  readonly #done: Uint8Array[] = []
  readonly #small = new ProtobufWriter()
  readonly #family = new ProtobufWriter()
  readonly #metric = new ProtobufWriter()
  readonly #payload = new ProtobufWriter()
  readonly #inner = new ProtobufWriter()
  readonly #within = new ProtobufParts()
  #parts: Uint8Array[] = []
  #header: FamilyHeader | undefined
  #fields = typeFields.gauge
  #labelNames: readonly string[] = []
  #defaults: readonly (readonly [name: string, value: string])[] = []
  /** Whether there are classic buckets; else exemplars are those of the whole series. */
  #hasBuckets = false
  #series: SeriesIdentity | undefined

  constructor(options: EncoderOptions) {
    this.#options = options
  }

  family(header: FamilyHeader): void {
    this.#endFamily()
    const { escaping } = this.#options
    this.#header = header
    this.#fields = typeFields[header.type]
    this.#hasBuckets = header.lines[0]?.label?.value !== Infinity
    this.#labelNames = header.labelNames.map((name) => escapeName(name, 'label', escaping))
    this.#defaults = this.#defaultLabels(header)
    this.#family.textField(familyFields.name, escapeName(header.name, 'metric', escaping))
    this.#family.textField(familyFields.help, header.help)
    this.#family.wholeField(familyFields.type, this.#fields.type)
    if (header.unit !== undefined) this.#family.textField(familyFields.unit, header.unit)
  }

  exemplars(series: SeriesIdentity, exemplars: readonly Exemplar[]): void {
    const field = this.#fields.exemplars
    if (field === undefined) return
    this.#begin(series)
    for (const exemplar of exemplars) this.#within.exemplar(this.#payload, field, exemplar)
  }

  native(series: SeriesIdentity, histogram: NativeHistogram): void {
    this.#begin(series)
    writeNative(histogram, this.#payload, this.#inner)
  }

  sample(line: number, series: SeriesIdentity, value: number, exemplar?: Exemplar): void {
    const { type, lines } = this.#header!
    const shape = lines[line]!
    switch (type) {
      case 'gauge':
        // Every line of a state set is a metric of its own.
        this.#endMetric()
        this.#begin(series)
        if (shape.label !== undefined) this.#label(this.#ownName(shape), String(shape.label.value))
        this.#payload.doubleField(gaugeFields.value, value)
        break
      case 'counter':
        this.#begin(series)
        this.#payload.doubleField(counterFields.value, value)
        if (exemplar !== undefined) this.#within.exemplar(this.#payload, counterFields.exemplar, exemplar)
        break
      default:
        this.#begin(series)
        this.#distribution(shape, value, exemplar)
    }
  }

  created(_series: SeriesIdentity, seconds: number): void {
    const field = this.#fields.created
    if (field !== undefined) this.#within.timestamp(this.#payload, field, seconds)
  }

  end(): void {
    this.#endFamily()
  }

  get chunks(): readonly Uint8Array[] {
    return [...this.#done, this.#small.written]
  }

  /** Goes on with the metric of this series, or begins it. */
  #begin(series: SeriesIdentity): void {
    if (series === this.#series) return
    this.#endMetric()
    this.#series = series
    for (const [name, value] of this.#defaults) this.#label(name, value)
    for (let i = 0; i < this.#labelNames.length; i++) {
      if (series.values[i] !== '') this.#label(this.#labelNames[i]!, series.values[i]!)
    }
  }

  #endMetric(): void {
    if (this.#series === undefined) return
    this.#series = undefined
    this.#metric.messageField(this.#fields.payload, this.#payload)
    this.#family.messageField(familyFields.metric, this.#metric)
    this.#metric.clear()
    this.#payload.clear()
    if (this.#family.length >= CHUNK) this.#parts.push(this.#family.take())
  }

  #endFamily(): void {
    if (this.#header === undefined) return
    this.#endMetric()
    this.#header = undefined
    const parts = this.#parts
    this.#small.messageLength(parts.reduce((sum, part) => sum + part.length, this.#family.length))
    if (parts.length === 0) this.#small.bytes(this.#family.written)
    else this.#done.push(this.#small.take(), ...parts, this.#family.take())
    this.#family.clear()
    this.#parts = []
    if (this.#small.length >= CHUNK) this.#done.push(this.#small.take())
  }

  #label(name: string, value: string): void {
    this.#within.label(this.#metric, metricFields.label, name, value)
  }

  /** A line of a histogram or of a summary. */
  #distribution(line: LineShape, value: number, exemplar: Exemplar | undefined): void {
    if (line.suffix === '_sum') this.#payload.doubleField(distributionFields.sum, value)
    else if (line.suffix === '_count') this.#payload.wholeField(distributionFields.count, value)
    else if (line.suffix === '_bucket') this.#bucket(Number(line.label!.value), value, exemplar)
    else this.#quantile(Number(line.label!.value), value)
  }

  #bucket(bound: number, cumulativeCount: number, exemplar: Exemplar | undefined): void {
    if (bound === Infinity && (exemplar === undefined || !this.#hasBuckets)) return
    this.#inner.clear()
    this.#inner.wholeField(bucketFields.cumulativeCount, cumulativeCount)
    this.#inner.doubleField(bucketFields.bound, bound)
    if (exemplar !== undefined) this.#within.exemplar(this.#inner, bucketFields.exemplar, exemplar)
    this.#payload.messageField(distributionFields.part, this.#inner)
  }

  #quantile(quantile: number, value: number): void {
    this.#inner.clear()
    this.#inner.doubleField(quantileFields.quantile, quantile)
    this.#inner.doubleField(quantileFields.value, value)
    this.#payload.messageField(distributionFields.part, this.#inner)
  }

  /** Default labels, but for those that the family has itself. */
  #defaultLabels(header: FamilyHeader): readonly (readonly [string, string])[] {
    const taken = new Set([
      ...this.#labelNames,
      ...header.lines.map((line) => line.label && this.#ownName(line)),
    ])
    return Object.entries(this.#options.defaultLabels)
      .map(([name, value]) => [escapeName(name, 'label', this.#options.escaping), value] as const)
      .filter(([name]) => !taken.has(name))
  }

  #ownName({ label }: LineShape): string {
    return escapeName(label!.name, 'label', this.#options.escaping)
  }
}
