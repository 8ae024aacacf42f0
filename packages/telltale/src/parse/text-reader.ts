import { Cursor, unescaped } from './cursor.js'
import type { ExpositionType, ParsedFamily } from './exposition-model.js'
import { FamilyList, type Strictness } from './family-list.js'
import { type LabelGrammar, noLabels, readLabels } from './label-reader.js'

const QUOTE = 34
const HASH = 35
const OPEN = 123

const types: ReadonlyMap<string, ExpositionType> = new Map([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['summary', 'summary'],
  ['untyped', 'unknown'],
  ['unknown', 'unknown'],
])

const grammar: LabelGrammar = {
  gap: (cursor) => {
    cursor.skipBlanks()
  },
  trailingComma: true,
}

/** Reads the text format 0.0.4, and 1.0.0, which adds quoted names to it. */
export function readText(text: string, strictness: Strictness): readonly ParsedFamily[] {
  const cursor = new Cursor(text)
  const families = new FamilyList('text', strictness, cursor)
  while (!cursor.ended) {
    cursor.skipBlanks()
    if (cursor.code === HASH) readComment(cursor, families)
    else if (!cursor.lineEnded) readSample(cursor, families)
    if (cursor.ended && strictness === 'strict') cursor.fail('a line feed after the last line')
    cursor.nextLine()
  }
  return families.end()
}

function readComment(cursor: Cursor, families: FamilyList): void {
  cursor.at++
  cursor.skipBlanks()
  const keyword = cursor.token()
  if (keyword !== 'HELP' && keyword !== 'TYPE') {
    cursor.rest()
    return
  }
  cursor.skipBlanks()
  const start = cursor.at
  const family = families.named(metricName(cursor))
  if (!cursor.skipBlanks() && !cursor.lineEnded) {
    cursor.fail('a metric name: letters, digits, "_" and ":", not starting with a digit', start)
  }
  if (keyword === 'HELP') {
    const help = cursor.rest()
    if (help !== '') families.setHelp(family, help.replace(/\\([\\n])/g, unescaped))
  } else {
    const at = cursor.at
    const type = types.get(cursor.rest().trimEnd())
    families.setType(family, type ?? cursor.fail('counter, gauge, histogram, summary or untyped', at))
  }
}

function readSample(cursor: Cursor, families: FamilyList): void {
  const { line, at: start } = cursor
  let name = cursor.name('metric')
  const spaced = cursor.skipBlanks()
  let labels = noLabels
  if (cursor.skip(OPEN)) {
    const set = readLabels(cursor, grammar)
    labels = set.labels
    if (set.quotedName !== undefined && name === '') name = set.quotedName
    cursor.skipBlanks()
  } else if (!spaced && name !== '') cursor.fail('a blank or "{" after the metric name')
  if (name === '') cursor.fail('a metric name, "#" or an empty line', start)
  const family = families.ofSample(name)
  const value = cursor.number('a value')
  const timestamp = readTimestamp(cursor)
  family.samples.push({ name, labels, value, timestamp, exemplar: undefined, line })
}

/** Milliseconds, if any; in seconds. */
function readTimestamp(cursor: Cursor): number | undefined {
  cursor.skipBlanks()
  if (cursor.lineEnded) return undefined
  const at = cursor.at
  const text = cursor.token()
  if (!/^[+-]?\d+$/.test(text)) cursor.fail('a whole number of milliseconds, or the end of the line', at)
  cursor.skipBlanks()
  if (!cursor.lineEnded) cursor.fail('the end of the line')
  return Number(text) / 1000
}

function metricName(cursor: Cursor): string {
  const name = cursor.code === QUOTE ? cursor.quoted('a name') : cursor.name('metric')
  return name || cursor.fail('a metric name: letters, digits, "_" and ":", not starting with a digit')
}
