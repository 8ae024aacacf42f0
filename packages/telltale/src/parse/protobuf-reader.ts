import { boundText } from '../model/number-text.js'
import { ExpositionError } from './exposition-error.js'
import type { ExpositionType, ParsedExemplar, ParsedFamily, ParsedLabels } from './exposition-model.js'
import { setLabel } from './label-reader.js'
import { NativeFields } from './native-fields.js'
import { type MutableFamily, SampleList } from './sample-list.js'
import { WireError, WireReader } from './wire-reader.js'

/** By the number of the enum MetricType. */
const types: readonly ExpositionType[] = [
  'counter',
  'gauge',
  'summary',
  'unknown',
  'histogram',
  'gaugehistogram',
]

/** Reads messages of io.prometheus.client.MetricFamily, each with its length in front. */
export function readProtobuf(bytes: Uint8Array): readonly ParsedFamily[] {
  const reader = new WireReader(bytes)
  const families: ParsedFamily[] = []
  let start = 0
  try {
    while (!reader.ended) {
      start = reader.position
      families.push(readFamily(reader.delimited()))
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    const { byte, message, expected } = error
    const place = { line: families.length + 1, column: byte - start + 1, got: message, expected }
    throw new ExpositionError(place, 'message')
  }
  return families
}

function readFamily(reader: WireReader): ParsedFamily {
  const family: MutableFamily = { name: '', type: 'counter', help: undefined, unit: undefined }
  const metrics: WireReader[] = []
  while (reader.next()) {
    if (reader.field === 1) family.name = reader.string()
    else if (reader.field === 2) family.help = reader.string()
    else if (reader.field === 3) family.type = types[reader.int()] ?? 'unknown'
    else if (reader.field === 4) metrics.push(reader.message())
    else if (reader.field === 5) family.unit = reader.string()
  }
  const list = new SampleList(family)
  for (const metric of metrics) readMetric(metric, list)
  return list.family
}

function readMetric(reader: WireReader, list: SampleList): void {
  const labels: Record<string, string> = {}
  let timestamp: number | undefined
  let payload: ((into: SampleList) => void) | undefined
  while (reader.next()) {
    if (reader.field === 1) readLabel(reader.message(), labels)
    else if (reader.field === 6) timestamp = reader.int() / 1000
    else if (reader.field === 4) payload = readSummary(reader.message())
    else if (reader.field === 7) payload = readHistogram(reader.message())
    else if (reader.field === 2 || reader.field === 3 || reader.field === 5)
      payload = readValue(reader.message())
  }
  list.begin(labels, timestamp)
  payload?.(list)
}

/** Counter, gauge and untyped: only a counter has an exemplar and the time of its creation. */
function readValue(reader: WireReader): (into: SampleList) => void {
  let value = 0
  let exemplar: ParsedExemplar | undefined
  let created: number | undefined
  while (reader.next()) {
    if (reader.field === 1) value = reader.double()
    else if (reader.field === 2) exemplar = readExemplar(reader.message())
    else if (reader.field === 3) created = readTimestamp(reader.message())
  }
  return (into) => {
    into.add('', value, exemplar)
    into.created(created)
  }
}

function readSummary(reader: WireReader): (into: SampleList) => void {
  let count = 0
  let sum = 0
  let created: number | undefined
  const quantiles: [ratio: number, value: number][] = []
  while (reader.next()) {
    if (reader.field === 1) count = reader.uint()
    else if (reader.field === 2) sum = reader.double()
    else if (reader.field === 3) quantiles.push(readPair(reader.message()))
    else if (reader.field === 4) created = readTimestamp(reader.message())
  }
  return (into) => {
    for (const [ratio, value] of quantiles) into.addOwn('', 'quantile', boundText(ratio), value)
    into.add('_sum', sum)
    into.add('_count', count)
    into.created(created)
  }
}

function readPair(reader: WireReader): [ratio: number, value: number] {
  let ratio = 0
  let value = 0
  while (reader.next()) {
    if (reader.field === 1) ratio = reader.double()
    else if (reader.field === 2) value = reader.double()
  }
  return [ratio, value]
}

interface Bucket {
  bound: number
  count: number
  exemplar: ParsedExemplar | undefined
}

function readHistogram(reader: WireReader): (into: SampleList) => void {
  let count = 0
  let sum = 0
  let created: number | undefined
  const buckets: Bucket[] = []
  const native = new NativeFields()
  while (reader.next()) {
    if (reader.field === 1) count = reader.uint()
    else if (reader.field === 2) sum = reader.double()
    else if (reader.field === 3) buckets.push(readBucket(reader.message()))
    else if (reader.field === 4) count = reader.double()
    else if (reader.field === 15) created = readTimestamp(reader.message())
    else native.take(reader)
  }
  // The last bucket may be left out, since it is the count: the only one there would be, where all are native.
  if (buckets.at(-1)?.bound !== Infinity) {
    buckets.push({ bound: Infinity, count, exemplar: undefined })
  }
  return (into) => {
    const prefix = into.type === 'gaugehistogram' ? '_g' : '_'
    for (const bucket of buckets) {
      into.addOwn('_bucket', 'le', boundText(bucket.bound), bucket.count, bucket.exemplar)
    }
    into.add(`${prefix}sum`, sum)
    into.add(`${prefix}count`, count)
    into.created(created)
    if (native.present) into.native({ ...native.values(), count, sum })
  }
}

function readBucket(reader: WireReader): Bucket {
  const bucket: Bucket = { bound: 0, count: 0, exemplar: undefined }
  while (reader.next()) {
    if (reader.field === 1) bucket.count = reader.uint()
    else if (reader.field === 2) bucket.bound = reader.double()
    else if (reader.field === 3) bucket.exemplar = readExemplar(reader.message())
    else if (reader.field === 4) bucket.count = reader.double()
  }
  return bucket
}

function readExemplar(reader: WireReader): ParsedExemplar {
  const labels: Record<string, string> = {}
  let value = 0
  let timestamp: number | undefined
  while (reader.next()) {
    if (reader.field === 1) readLabel(reader.message(), labels)
    else if (reader.field === 2) value = reader.double()
    else if (reader.field === 3) timestamp = readTimestamp(reader.message())
  }
  return { labels: labels satisfies ParsedLabels, value, timestamp }
}

function readLabel(reader: WireReader, into: Record<string, string>): void {
  let name = ''
  let value = ''
  while (reader.next()) {
    if (reader.field === 1) name = reader.string()
    else if (reader.field === 2) value = reader.string()
  }
  setLabel(into, name, value)
}

function readTimestamp(reader: WireReader): number {
  let seconds = 0
  let nanos = 0
  while (reader.next()) {
    if (reader.field === 1) seconds = reader.int()
    else if (reader.field === 2) nanos = reader.int()
  }
  return seconds + nanos / 1e9
}
