import { Cursor, unescaped } from './cursor.js'
import type { ExpositionType, ParsedFamily, ParsedLabels } from './exposition-model.js'
import { FamilyList, type OpenFamily, type Strictness, type TextFormat } from './family-list.js'
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

/** What one version of OpenMetrics has of its own. */
export interface OpenMetricsVersion {
  readonly format: Exclude<TextFormat, 'text'>
  /** Whether a name has to end in its unit. */
  readonly unitInName: boolean
  /** Reads what stands behind the name and the labels of a sample, up to the end of the line. */
  readSample(cursor: Cursor, series: SampleSeries, strictness: Strictness): void
}

/** What a sample line begins with. */
export interface SampleSeries {
  readonly family: OpenFamily
  readonly name: string
  readonly labels: ParsedLabels
  readonly line: number
}

/** Reads OpenMetrics of any version: metadata, samples and the end. */
export function readDocument(
  text: string,
  strictness: Strictness,
  version: OpenMetricsVersion,
): readonly ParsedFamily[] {
  const cursor = new Cursor(text)
  const families = new FamilyList(version.format, strictness, cursor)
  while (!text.startsWith(END, cursor.at)) {
    if (cursor.ended) cursor.fail(`"${END}" as the last line`)
    if (cursor.code === HASH) readMetadata(cursor, families, version)
    else version.readSample(cursor, readSeries(cursor, families), strictness)
    if (!cursor.lineEnded) cursor.fail('the end of the line')
    cursor.nextLine()
  }
  cursor.at += END.length
  if (!cursor.ended && (!cursor.lineEnded || cursor.at + 1 < text.length)) {
    cursor.fail(`nothing after "${END}" but a line feed`, cursor.at + (cursor.lineEnded ? 1 : 0))
  }
  return families.end()
}

/** The labels of an exemplar, after its `#`. */
export function readExemplarLabels(cursor: Cursor): ParsedLabels {
  if (!cursor.skip(HASH)) cursor.fail('"#" and an exemplar, or the end of the line')
  readSpace(cursor)
  if (!cursor.skip(OPEN)) cursor.fail('"{" and the labels of the exemplar')
  return readLabels(cursor, grammar).labels
}

/** The one blank between two parts. */
export function readSpace(cursor: Cursor): void {
  if (!cursor.skip(SPACE)) cursor.fail('one blank')
}

function readSeries(cursor: Cursor, families: FamilyList): SampleSeries {
  const { line, at: start } = cursor
  let name = cursor.name('metric')
  let labels = noLabels
  if (cursor.skip(OPEN)) {
    const set = readLabels(cursor, grammar)
    labels = set.labels
    name ||= set.quotedName ?? ''
  }
  if (name === '') cursor.fail('a metric name or "#"; there are no empty lines in OpenMetrics', start)
  const family = families.ofSample(name)
  readSpace(cursor)
  return { family, name, labels, line }
}

function readMetadata(cursor: Cursor, families: FamilyList, { unitInName }: OpenMetricsVersion): void {
  const start = cursor.at
  cursor.at++
  readSpace(cursor)
  const keyword = cursor.token()
  if (keyword !== 'TYPE' && keyword !== 'HELP' && keyword !== 'UNIT') {
    cursor.fail('"# TYPE", "# HELP", "# UNIT" or "# EOF"; there are no other comments', start)
  }
  readSpace(cursor)
  const name = cursor.code === QUOTE ? cursor.quoted('a name') : cursor.name('metric')
  if (name === '') cursor.fail('a metric name: letters, digits, "_" and ":", not starting with a digit')
  const family = families.named(name)
  if (keyword === 'HELP') readHelp(cursor, families, family)
  else if (keyword === 'UNIT') readUnit(cursor, families, family, unitInName)
  else readType(cursor, families, family)
}

function readHelp(cursor: Cursor, families: FamilyList, family: OpenFamily): void {
  // An empty help may go without its blank.
  if (!cursor.lineEnded) readSpace(cursor)
  families.setHelp(family, cursor.rest().replace(/\\([\\"n])/g, unescaped))
}

function readUnit(cursor: Cursor, families: FamilyList, family: OpenFamily, unitInName: boolean): void {
  if (!cursor.lineEnded) readSpace(cursor)
  const at = cursor.at
  const unit = cursor.rest()
  if (unitInName && unit !== '' && !family.written.endsWith(`_${unit}`)) {
    cursor.fail(`a unit that ${family.written} ends in, after "_"`, at)
  }
  families.setUnit(family, unit)
}

function readType(cursor: Cursor, families: FamilyList, family: OpenFamily): void {
  readSpace(cursor)
  const at = cursor.at
  const type = cursor.rest()
  if (!isType(type)) cursor.fail(types.join(', '), at)
  families.setType(family, type)
}

function isType(text: string): text is ExpositionType {
  return types.includes(text)
}
