import type { Exemplar } from '../metrics/exemplar.js'
import { ProtobufWriter } from './protobuf-writer.js'

const labelFields = { name: 1, value: 2 }
const timestampFields = { seconds: 1, nanos: 2 }
const exemplarFields = { label: 1, value: 2, timestamp: 3 }

/** Writes the messages that several others have within, in room of its own. */
export class ProtobufParts {
  readonly #part = new ProtobufWriter()
  readonly #exemplar = new ProtobufWriter()

  /** A `LabelPair`. */
  label(into: ProtobufWriter, field: number, name: string, value: string): void {
    this.#part.clear()
    this.#part.textField(labelFields.name, name)
    this.#part.textField(labelFields.value, value)
    into.messageField(field, this.#part)
  }

  /** A `Timestamp`, of seconds since 1970-01-01T00:00:00Z. */
  timestamp(into: ProtobufWriter, field: number, seconds: number): void {
    const whole = Math.max(0, Math.floor(seconds))
    this.#part.clear()
    this.#part.wholeField(timestampFields.seconds, whole)
    this.#part.wholeField(timestampFields.nanos, Math.max(0, Math.floor((seconds - whole) * 1e9)))
    into.messageField(field, this.#part)
  }

  /** An `Exemplar`. */
  exemplar(into: ProtobufWriter, field: number, { labels, value, timestamp }: Exemplar): void {
    this.#exemplar.clear()
    for (const [name, text] of Object.entries(labels)) {
      this.label(this.#exemplar, exemplarFields.label, name, text)
    }
    this.#exemplar.doubleField(exemplarFields.value, value)
    this.timestamp(this.#exemplar, exemplarFields.timestamp, timestamp)
    into.messageField(field, this.#exemplar)
  }
}
