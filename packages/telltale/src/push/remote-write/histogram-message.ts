import { ProtobufWriter } from '../../exposition/protobuf-writer.js'
import { type NativeCounts, type NativeHistogram, nativeLayout } from '../../metrics/native-histogram.js'

// The same fields in both versions of the protocol (types.proto of prometheus/prometheus).
const fields = {
  count: 1,
  sum: 3,
  schema: 4,
  zeroThreshold: 5,
  zeroCount: 6,
  timestamp: 15,
}
const negativeFields = { span: 8, delta: 9 }
const positiveFields = { span: 11, delta: 12 }
const spanFields = { offset: 1, length: 2 }

/** Writes a native histogram as a `Histogram` message; times in milliseconds. */
export function writeHistogram(into: ProtobufWriter, native: NativeHistogram, timestamp: number): void {
  into.wholeField(fields.count, native.count)
  into.doubleField(fields.sum, native.sum)
  into.signedField(fields.schema, native.schema)
  into.doubleField(fields.zeroThreshold, native.zeroThreshold)
  into.wholeField(fields.zeroCount, native.zeroCount)
  writeSide(into, native.negative, negativeFields)
  writeSide(into, native.positive, positiveFields)
  into.wholeField(fields.timestamp, timestamp)
}

function writeSide(
  into: ProtobufWriter,
  side: NativeCounts,
  { span, delta }: { readonly span: number; readonly delta: number },
): void {
  const { spans, counts } = nativeLayout(side)
  const part = new ProtobufWriter()
  for (const { offset, length } of spans) {
    part.clear()
    part.signedField(spanFields.offset, offset)
    part.wholeField(spanFields.length, length)
    into.messageField(span, part)
  }
  let before = 0
  for (const count of counts) {
    into.signedField(delta, count - before)
    before = count
  }
}
