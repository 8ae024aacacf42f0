import { Cursor, unescaped } from './cursor.js'
import type { ExpositionType, ParsedExemplar, ParsedFamily, ParsedLabels } from './exposition-model.js'
import { FamilyList, type OpenFamily, type Strictness } from './family-list.js'
import { type LabelGrammar, noLabels, readLabels } from './label-reader.js'

const SPACE = 32
const QUOTE = 34
const HASH = 35
const OPEN = 123
const END = '# EOF'

const types: readonly string[] = [
  'unknown',
  'gauge',
  'counter',
  'stateset',
  'info',
  'histogram',
  'gaugehistogram',
  'summary',
] satisfies readonly ExpositionType[]

const grammar: LabelGrammar = { gap: () => undefined, trailingComma: false }

/** Reads OpenMetrics 1.0. */
export function readOpenMetrics(text: string, strictness: Strictness): readonly ParsedFamily[] {
  const cursor = new Cursor(text)
  const families = new FamilyList('openmetrics', strictness, cursor)
  while (!text.startsWith(END, cursor.at)) {
    if (cursor.ended) cursor.fail(`"${END}" as the last line`)
    if (cursor.code === HASH) readMetadata(cursor, families)
    else readSample(cursor, families)
    if (!cursor.lineEnded) cursor.fail('the end of the line')
    cursor.nextLine()
  }
  cursor.at += END.length
  if (!cursor.ended && (!cursor.lineEnded || cursor.at + 1 < text.length)) {
    cursor.fail(`nothing after "${END}" but a line feed`, cursor.at + (cursor.lineEnded ? 1 : 0))
  }
  return families.end()
}

function readMetadata(cursor: Cursor, families: FamilyList): void {
  const start = cursor.at
  cursor.at++
  space(cursor)
  const keyword = cursor.token()
  if (keyword !== 'TYPE' && keyword !== 'HELP' && keyword !== 'UNIT') {
    cursor.fail('"# TYPE", "# HELP", "# UNIT" or "# EOF"; there are no other comments', start)
  }
  space(cursor)
  const name = cursor.code === QUOTE ? cursor.quoted('a name') : cursor.name('metric')
  if (name === '') cursor.fail('a metric name: letters, digits, "_" and ":", not starting with a digit')
  const family = families.named(name)
  if (keyword === 'HELP') readHelp(cursor, families, family)
  else if (keyword === 'UNIT') readUnit(cursor, families, family)
  else readType(cursor, families, family)
}

function readHelp(cursor: Cursor, families: FamilyList, family: OpenFamily): void {
  // An empty help may go without its blank.
  if (!cursor.lineEnded) space(cursor)
  families.setHelp(family, cursor.rest().replace(/\\([\\"n])/g, unescaped))
}

function readUnit(cursor: Cursor, families: FamilyList, family: OpenFamily): void {
  if (!cursor.lineEnded) space(cursor)
  const at = cursor.at
  const unit = cursor.rest()
  if (unit !== '' && !family.written.endsWith(`_${unit}`)) {
    cursor.fail(`a unit that ${family.written} ends in, after "_"`, at)
  }
  families.setUnit(family, unit)
}

function readType(cursor: Cursor, families: FamilyList, family: OpenFamily): void {
  space(cursor)
  const at = cursor.at
  const type = cursor.rest()
  if (!isType(type)) cursor.fail(types.join(', '), at)
  families.setType(family, type)
}

function isType(text: string): text is ExpositionType {
  return types.includes(text)
}

function readSample(cursor: Cursor, families: FamilyList): void {
  const { line, at: start } = cursor
  const { name, labels } = readSeries(cursor)
  if (name === '') cursor.fail('a metric name or "#"; there are no empty lines in OpenMetrics', start)
  const family = families.ofSample(name)
  space(cursor)
  const value = cursor.number('a value')
  let timestamp: number | undefined
  let exemplar: ParsedExemplar | undefined
  if (!cursor.lineEnded) {
    space(cursor)
    if (cursor.code !== HASH) {
      timestamp = cursor.number('a timestamp in seconds')
      if (!cursor.lineEnded) space(cursor)
    }
    if (!cursor.lineEnded) exemplar = readExemplar(cursor)
  }
  family.samples.push({ name, labels, value, timestamp, exemplar, line })
}

function readSeries(cursor: Cursor): { readonly name: string; readonly labels: ParsedLabels } {
  const name = cursor.name('metric')
  if (!cursor.skip(OPEN)) return { name, labels: noLabels }
  const { quotedName, labels } = readLabels(cursor, grammar)
  return { name: name || (quotedName ?? ''), labels }
}

function readExemplar(cursor: Cursor): ParsedExemplar {
  if (!cursor.skip(HASH)) cursor.fail('"#" and an exemplar, or the end of the line')
  space(cursor)
  if (!cursor.skip(OPEN)) cursor.fail('"{" and the labels of the exemplar')
  const { labels } = readLabels(cursor, grammar)
  space(cursor)
  const value = cursor.number('the value of the exemplar')
  if (cursor.lineEnded) return { labels, value, timestamp: undefined }
  space(cursor)
  return { labels, value, timestamp: cursor.number('the timestamp of the exemplar in seconds') }
}

function space(cursor: Cursor): void {
  if (!cursor.skip(SPACE)) cursor.fail('one blank')
}
