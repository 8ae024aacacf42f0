import { withoutSuffix } from '../model/unit.js'
import { addComposite, type SampleTail } from './composite-samples.js'
import { isComposite, readComposite } from './composite-value.js'
import type { Cursor } from './cursor.js'
import type { ExpositionType, ParsedExemplar, ParsedFamily } from './exposition-model.js'
import type { Strictness } from './family-list.js'
import {
  type OpenMetricsVersion,
  readDocument,
  readExemplarLabels,
  readSpace,
  type SampleSeries,
} from './openmetrics-document.js'

const HASH = 35
const OPEN = 123
const START = 'st@'

const version2: OpenMetricsVersion = { format: 'openmetrics2', unitInName: false, readSample }

/**
 * Reads OpenMetrics 2.0, as of its release candidate 2.0.0-rc0, into the samples that the other formats have for it:
 * a composite value becomes buckets or quantiles, a sum and a count, and a start time becomes `_created`.
 */
export function readOpenMetrics2(text: string, strictness: Strictness): readonly ParsedFamily[] {
  return readDocument(text, strictness, version2)
}

function readSample(cursor: Cursor, series: SampleSeries, strictness: Strictness): void {
  const { family, name, labels, line } = series
  const type = family.type ?? 'unknown'
  if (isComposite(type)) {
    const start = cursor.at
    if (!cursor.skip(OPEN)) cursor.fail(`a value between braces, which every ${type} has`)
    const value = readComposite(cursor, type, strictness)
    const tail = readTail(cursor, type, strictness)
    addComposite(series, type, value, tail, (got, expected) => cursor.reject(got, expected, start))
    return
  }
  if (cursor.code === OPEN) cursor.fail('a number; only histograms and summaries have values between braces')
  const value = cursor.number('a value')
  const { timestamp, start, exemplars } = readTail(cursor, type, strictness)
  family.samples.push({ name, labels, value, timestamp, exemplar: exemplars.at(-1), line })
  if (type !== 'counter' || start === undefined) return
  const created = `${withoutSuffix(name, '_total')}_created`
  family.samples.push({ name: created, labels, value: start, timestamp, exemplar: undefined, line })
}

function readTail(cursor: Cursor, type: ExpositionType, strictness: Strictness): SampleTail {
  let timestamp: number | undefined
  let start: number | undefined
  const exemplars: ParsedExemplar[] = []
  let more = hasMore(cursor)
  if (more && cursor.code !== HASH && !startsHere(cursor)) {
    timestamp = readTime(
      cursor,
      `a timestamp in seconds, "${START}" and a start time, or "#" and an exemplar`,
    )
    more = hasMore(cursor)
  }
  if (more && startsHere(cursor)) {
    if (strictness === 'strict' && !hasStart(type)) cursor.fail(`no start time: a ${type} has none`)
    cursor.at += START.length
    start = readTime(cursor, 'a start time in seconds')
    more = hasMore(cursor)
  }
  for (; more; more = hasMore(cursor)) exemplars.push(readExemplar(cursor))
  return { timestamp, start, exemplars }
}

function readExemplar(cursor: Cursor): ParsedExemplar {
  const labels = readExemplarLabels(cursor)
  readSpace(cursor)
  const value = cursor.number('the value of the exemplar')
  readSpace(cursor)
  return { labels, value, timestamp: readTime(cursor, 'the timestamp of the exemplar in seconds') }
}

function readTime(cursor: Cursor, what: string): number {
  const at = cursor.at
  const seconds = cursor.number(what)
  return Number.isFinite(seconds) ? seconds : cursor.fail(what, at)
}

function hasMore(cursor: Cursor): boolean {
  if (cursor.lineEnded) return false
  readSpace(cursor)
  return true
}

function startsHere(cursor: Cursor): boolean {
  return cursor.text.startsWith(START, cursor.at)
}

function hasStart(type: ExpositionType): boolean {
  return type === 'counter' || type === 'histogram' || type === 'summary'
}
