import {
  countsOfLayout,
  type NativeCounts,
  type NativeHistogram,
  type NativeSpan,
} from '../metrics/native-histogram.js'
import type { Cursor } from './cursor.js'
import type { ExpositionType } from './exposition-model.js'
import type { Strictness } from './family-list.js'
import { parseNumber } from './sample-number.js'

/** The value of a histogram or a summary in OpenMetrics 2.0, all of it on one line. */
export interface CompositeValue {
  readonly count: number
  readonly sum: number
  /** Buckets with their upper bounds, or quantiles with their ratios. */
  readonly pairs: readonly CompositePair[] | undefined
  readonly native: NativeHistogram | undefined
}

export type CompositePair = readonly [bound: number, value: number]

/** The types whose values are composite ones. */
export type CompositeType = 'histogram' | 'gaugehistogram' | 'summary'

const COLON = 58
const COMMA = 44
const OPEN = 91
const CLOSE = 93
const END = 125

const native = [
  'schema',
  'zero_threshold',
  'zero_count',
  'negative_spans',
  'negative_buckets',
  'positive_spans',
  'positive_buckets',
]

/** The fields of each type, in their order. */
const fieldsOf: Readonly<Record<CompositeType, readonly string[]>> = {
  histogram: ['count', 'sum', ...native, 'bucket'],
  gaugehistogram: ['gcount', 'gsum', ...native, 'bucket'],
  summary: ['count', 'sum', 'quantile'],
}

export function isComposite(type: ExpositionType): type is CompositeType {
  return type === 'histogram' || type === 'gaugehistogram' || type === 'summary'
}

/** Reads a composite value after its opening brace, up to and with the closing one. */
export function readComposite(cursor: Cursor, type: CompositeType, strictness: Strictness): CompositeValue {
  const start = cursor.at - 1
  const fields = readFields(cursor, type, strictness)
  const missing = missingField(fields, type)
  if (missing !== undefined) cursor.reject(`a ${type} without "${missing}"`, `the field "${missing}"`, start)
  const [count, sum] = fieldsOf[type].map((name) => fields.number(name)) as [number, number]
  return {
    count,
    sum,
    pairs: fields.pairs(type === 'summary' ? 'quantile' : 'bucket'),
    native: fields.has('schema') ? readNative(cursor, fields, { count, sum }, start) : undefined,
  }
}

/** The fields of one value, each a number, a list of numbers or a list of pairs. */
class Fields {
  readonly #fields = new Map<string, readonly CompositePair[]>()

  has(name: string): boolean {
    return this.#fields.has(name)
  }

  set(name: string, pairs: readonly CompositePair[]): void {
    this.#fields.set(name, pairs)
  }

  number(name: string): number {
    return this.#fields.get(name)?.[0]?.[0] ?? 0
  }

  numbers(name: string): readonly number[] {
    return (this.#fields.get(name) ?? []).map(([value]) => value)
  }

  pairs(name: string): readonly CompositePair[] | undefined {
    return this.#fields.get(name)
  }
}

function readFields(cursor: Cursor, type: CompositeType, strictness: Strictness): Fields {
  const order = fieldsOf[type]
  const fields = new Fields()
  let last = -1
  for (;;) {
    const at = cursor.at
    const name = cursor.name('label')
    const place = order.indexOf(name)
    if (place < 0 || fields.has(name)) cursor.fail(`one of ${order.join(', ')}, each once`, at)
    if (strictness === 'strict' && place < last)
      cursor.fail(`the fields in the order ${order.join(', ')}`, at)
    last = place
    if (!cursor.skip(COLON)) cursor.fail(`":" after "${name}"`)
    fields.set(name, readField(cursor, name))
    if (cursor.skip(END)) return fields
    if (!cursor.skip(COMMA)) cursor.fail('"," or "}" after a field')
  }
}

function readField(cursor: Cursor, name: string): readonly CompositePair[] {
  const paired = name.endsWith('_spans') || name === 'bucket' || name === 'quantile'
  if (!paired && !name.endsWith('_buckets')) return [[readNumber(cursor, name), 0]]
  if (!cursor.skip(OPEN)) cursor.fail(`"[" and the values of "${name}"`)
  const pairs: CompositePair[] = []
  if (cursor.skip(CLOSE)) return pairs
  for (;;) {
    const first = readNumber(cursor, name)
    if (paired && !cursor.skip(COLON)) cursor.fail('":" and the second number of the pair')
    pairs.push([first, paired ? readNumber(cursor, name) : 0])
    if (cursor.skip(CLOSE)) return pairs
    if (!cursor.skip(COMMA)) cursor.fail(`"," or "]" after a value of "${name}"`)
  }
}

function readNumber(cursor: Cursor, name: string): number {
  const at = cursor.at
  for (let { code } = cursor; isOfNumber(code); code = cursor.code) cursor.at++
  const text = cursor.text.slice(at, cursor.at)
  return parseNumber(text) ?? cursor.fail(`a number in "${name}"`, at)
}

/** Whether it can stand in a number: what ends one is a bracket or a sign between two. */
function isOfNumber(code: number): boolean {
  return code > 32 && code !== COLON && code !== COMMA && code !== CLOSE && code !== OPEN && code !== END
}

function missingField(fields: Fields, type: CompositeType): string | undefined {
  const [count, sum] = fieldsOf[type]
  const last = type === 'summary' ? 'quantile' : 'bucket'
  const needed = fields.has('schema') ? ['zero_threshold', 'zero_count'] : [last]
  return [count!, sum!, ...needed].find((name) => !fields.has(name))
}

function readNative(
  cursor: Cursor,
  fields: Fields,
  observed: { readonly count: number; readonly sum: number },
  start: number,
): NativeHistogram {
  const schema = fields.number('schema')
  if (!Number.isInteger(schema) || schema < -4 || schema > 8) {
    cursor.reject(`the schema ${schema}`, 'a whole number from -4 to 8', start)
  }
  const zeroThreshold = fields.number('zero_threshold')
  if (!(zeroThreshold >= 0 && zeroThreshold < Infinity)) {
    cursor.reject(`the zero_threshold ${zeroThreshold}`, 'a finite number from 0 up', start)
  }
  const side = (name: 'negative' | 'positive') => readSide(cursor, fields, name, start)
  const zeroCount = fields.number('zero_count')
  return {
    schema,
    zeroThreshold,
    zeroCount,
    ...observed,
    positive: side('positive'),
    negative: side('negative'),
  }
}

function readSide(
  cursor: Cursor,
  fields: Fields,
  side: 'negative' | 'positive',
  start: number,
): NativeCounts {
  const spans: readonly NativeSpan[] = (fields.pairs(`${side}_spans`) ?? []).map(([offset, length]) => ({
    offset,
    length,
  }))
  const counts = fields.numbers(`${side}_buckets`)
  const isSpan = ({ offset, length }: NativeSpan, i: number) =>
    Number.isInteger(offset) && Number.isInteger(length) && length > 0 && (i === 0 || offset >= 0)
  const covered = spans.reduce((sum, { length }) => sum + length, 0)
  if (!spans.every(isSpan) || covered !== counts.length) {
    const got = `${side}_spans of ${covered} buckets and ${counts.length} ${side}_buckets`
    cursor.reject(
      got,
      'whole numbers, only the first offset below 0, and as many buckets as the spans say',
      start,
    )
  }
  return countsOfLayout({ spans, counts })
}
