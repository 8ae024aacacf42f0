import { type NativeCounts, type NativeHistogram, nativeLayout } from '../metrics/native-histogram.js'
import type { ProtobufWriter } from './protobuf-writer.js'

const schemaField = 5
const zeroThresholdField = 6
const zeroCountField = 7
const negativeFields = { span: 9, delta: 10 }
const positiveFields = { span: 12, delta: 13 }
const spanOffsetField = 1
const spanLengthField = 2

/** Writes the native part of a `Histogram` message into `histogram`; `span` is room for messages within. */
export function writeNative(native: NativeHistogram, histogram: ProtobufWriter, span: ProtobufWriter): void {
  const { schema, zeroThreshold, zeroCount, negative, positive } = native
  histogram.signedField(schemaField, schema)
  histogram.doubleField(zeroThresholdField, zeroThreshold)
  histogram.wholeField(zeroCountField, zeroCount)
  writeCounts(negative, negativeFields, histogram, span)
  writeCounts(positive, positiveFields, histogram, span)
  const looksClassic =
    zeroThreshold === 0 && zeroCount === 0 && negative.indexes.length + positive.indexes.length === 0
  if (looksClassic) writeSpan(0, 0, positiveFields.span, histogram, span)
}

function writeCounts(
  side: NativeCounts,
  fields: { readonly span: number; readonly delta: number },
  histogram: ProtobufWriter,
  span: ProtobufWriter,
): void {
  const { spans, counts } = nativeLayout(side)
  for (const { offset, length } of spans) writeSpan(offset, length, fields.span, histogram, span)
  let before = 0
  for (const count of counts) {
    histogram.signedField(fields.delta, count - before)
    before = count
  }
}

function writeSpan(
  offset: number,
  length: number,
  field: number,
  histogram: ProtobufWriter,
  span: ProtobufWriter,
): void {
  span.clear()
  span.signedField(spanOffsetField, offset)
  span.wholeField(spanLengthField, length)
  histogram.messageField(field, span)
}
