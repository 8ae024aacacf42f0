import type { Cursor } from './cursor.js'
import type { ParsedExemplar, ParsedFamily } from './exposition-model.js'
import type { Strictness } from './family-list.js'
import {
  type OpenMetricsVersion,
  readDocument,
  readExemplarLabels,
  readSpace,
  type SampleSeries,
} from './openmetrics-document.js'

const HASH = 35

const version1: OpenMetricsVersion = { format: 'openmetrics', unitInName: true, readSample }

/** Reads OpenMetrics 1.0. */
export function readOpenMetrics(text: string, strictness: Strictness): readonly ParsedFamily[] {
  return readDocument(text, strictness, version1)
}

function readSample(cursor: Cursor, { family, name, labels, line }: SampleSeries): void {
  const value = cursor.number('a value')
  let timestamp: number | undefined
  let exemplar: ParsedExemplar | undefined
  if (!cursor.lineEnded) {
    readSpace(cursor)
    if (cursor.code !== HASH) {
      timestamp = cursor.number('a timestamp in seconds')
      if (!cursor.lineEnded) readSpace(cursor)
    }
    if (!cursor.lineEnded) exemplar = readExemplar(cursor)
  }
  family.samples.push({ name, labels, value, timestamp, exemplar, line })
}

function readExemplar(cursor: Cursor): ParsedExemplar {
  const labels = readExemplarLabels(cursor)
  readSpace(cursor)
  const value = cursor.number('the value of the exemplar')
  if (cursor.lineEnded) return { labels, value, timestamp: undefined }
  readSpace(cursor)
  return { labels, value, timestamp: cursor.number('the timestamp of the exemplar in seconds') }
}
