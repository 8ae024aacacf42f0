import { ProtobufWriter } from '../../exposition/protobuf-writer.js'
import type { Exemplar } from '../../metrics/exemplar.js'
import { writeHistogram } from './histogram-message.js'
import { STALE, STALE_BYTES } from './stale-marker.js'
import type { WrittenFamily, WrittenSeries } from './written-series.js'

/** A version of the protocol. */
export type WriteVersion = '1.0' | '2.0'

/** One series at one moment, in milliseconds since 1970-01-01T00:00:00Z. */
export interface WrittenSample extends Omit<WrittenSeries, 'value'> {
  readonly value: WrittenSeries['value'] | typeof STALE
  readonly timestamp: number
}

/** The headers that name a version and how its body is packed. */
export function writeHeaders(version: WriteVersion): Readonly<Record<string, string>> {
  return {
    'content-encoding': 'snappy',
    'content-type':
      version === '1.0'
        ? 'application/x-protobuf'
        : 'application/x-protobuf;proto=io.prometheus.write.v2.Request',
    'x-prometheus-remote-write-version': version === '1.0' ? '0.1.0' : '2.0.0',
  }
}

/** The body of a request, before it is compressed. Version 1.0 says what the families are where `metadata` is given. */
export function writeRequest(
  version: WriteVersion,
  samples: readonly WrittenSample[],
  metadata: readonly WrittenFamily[] = [],
): Uint8Array {
  return version === '1.0' ? new Request1().write(samples, metadata) : new Request2().write(samples)
}

const metadataTypes: Readonly<Record<WrittenFamily['type'], number>> = {
  counter: 1,
  gauge: 2,
  histogram: 3,
  summary: 5,
  info: 6,
  stateset: 7,
}

/** `prometheus.WriteRequest`: series 1, metadata 3. */
class Request1 {
  readonly #request = new ProtobufWriter()
  readonly #series = new ProtobufWriter()
  readonly #part = new ProtobufWriter()
  readonly #label = new ProtobufWriter()

  write(samples: readonly WrittenSample[], metadata: readonly WrittenFamily[]): Uint8Array {
    for (const sample of samples) {
      this.#series.clear()
      this.#labels(this.#series, sample.labels)
      writeValue(this.#series, this.#part, sample, { sample: 2, histogram: 4 })
      for (const exemplar of sample.exemplars) this.#exemplar(exemplar)
      this.#request.messageField(1, this.#series)
    }
    for (const family of metadata) this.#metadata(family)
    return this.#request.written
  }

  #labels(into: ProtobufWriter, labels: readonly string[]): void {
    for (let i = 0; i < labels.length; i += 2) {
      this.#label.clear()
      this.#label.textField(1, labels[i]!)
      this.#label.textField(2, labels[i + 1]!)
      into.messageField(1, this.#label)
    }
  }

  #exemplar({ labels, value, timestamp }: Exemplar): void {
    this.#part.clear()
    this.#labels(this.#part, Object.entries(labels).sort(byName).flat())
    this.#part.doubleField(2, value)
    this.#part.wholeField(3, Math.round(timestamp * 1000))
    this.#series.messageField(3, this.#part)
  }

  #metadata({ name, type, help, unit }: WrittenFamily): void {
    this.#part.clear()
    this.#part.wholeField(1, metadataTypes[type])
    this.#part.textField(2, name)
    this.#part.textField(4, help)
    this.#part.textField(5, unit)
    this.#request.messageField(3, this.#part)
  }
}

/** `io.prometheus.write.v2.Request`: symbols 4, series 5. Texts are numbers in it. */
class Request2 {
  readonly #series = new ProtobufWriter()
  readonly #part = new ProtobufWriter()
  readonly #all = new ProtobufWriter()
  readonly #symbols = new Map<string, number>([['', 0]])

  write(samples: readonly WrittenSample[]): Uint8Array {
    for (const sample of samples) {
      this.#series.clear()
      this.#labels(this.#series, sample.labels)
      writeValue(this.#series, this.#part, sample, { sample: 2, histogram: 3 })
      for (const exemplar of sample.exemplars) this.#exemplar(exemplar)
      this.#metadata(sample.family)
      this.#all.messageField(5, this.#series)
    }
    const request = new ProtobufWriter()
    for (const symbol of this.#symbols.keys()) request.textField(4, symbol)
    request.bytes(this.#all.written)
    return request.written
  }

  #labels(into: ProtobufWriter, texts: readonly string[]): void {
    for (const text of texts) into.wholeField(1, this.#numberOf(text))
  }

  #exemplar({ labels, value, timestamp }: Exemplar): void {
    this.#part.clear()
    this.#labels(this.#part, Object.entries(labels).sort(byName).flat())
    this.#part.doubleField(2, value)
    this.#part.wholeField(3, Math.round(timestamp * 1000))
    this.#series.messageField(4, this.#part)
  }

  #metadata({ type, help, unit }: WrittenFamily): void {
    this.#part.clear()
    this.#part.wholeField(1, metadataTypes[type])
    this.#part.wholeField(3, this.#numberOf(help))
    this.#part.wholeField(4, this.#numberOf(unit))
    this.#series.messageField(5, this.#part)
  }

  #numberOf(text: string): number {
    const known = this.#symbols.get(text)
    if (known !== undefined) return known
    const number = this.#symbols.size
    this.#symbols.set(text, number)
    return number
  }
}

/** The sample or the histogram of a series, which both versions write alike. */
function writeValue(
  series: ProtobufWriter,
  part: ProtobufWriter,
  { value, timestamp }: WrittenSample,
  fields: { readonly sample: number; readonly histogram: number },
): void {
  part.clear()
  if (typeof value === 'object') {
    writeHistogram(part, value, timestamp)
    series.messageField(fields.histogram, part)
    return
  }
  if (value === STALE) {
    // Tag of field 1, a double; a NaN that is written as a number loses these bits.
    part.bytes(Uint8Array.of(9))
    part.bytes(STALE_BYTES)
  } else part.doubleField(1, value)
  part.wholeField(2, timestamp)
  series.messageField(fields.sample, part)
}

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1
}
