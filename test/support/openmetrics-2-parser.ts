import { OpenMetricsError, type OpenMetricsType, openMetricsTypes } from './openmetrics-sample.js'

const REAL = '[+-]?(?:\\d+(?:\\.\\d*)?|\\d*\\.\\d+)(?:[eE][+-]?\\d+)?'
const NUMBER = `(?:${REAL}|[+-]?[iI]nf|[nN]a[nN])`
const TEXT = '"(?:[^"\\\\\\n]|\\\\[n"\\\\])*"'
const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = `(?:[a-zA-Z_][a-zA-Z0-9_]*|${TEXT})=${TEXT}`
const LABELS = `\\{(?:${LABEL}(?:,${LABEL})*)?\\}`
const SERIES = `(?:${NAME}(?:${LABELS})?|\\{${TEXT}(?:,${LABEL})*\\})`
const EXEMPLAR = ` # ${LABELS} ${NUMBER} ${REAL}`
const list = (item: string) => `\\[(?:${item}(?:,${item})*)?\\]`
const CLASSIC = `bucket:\\[(?:(?:-Inf|${REAL}):${NUMBER},)*\\+Inf:${NUMBER}\\]`
const side = (name: string) => `(?:,${name}_spans:${list('[+-]?\\d+:\\d+')},${name}_buckets:${list(NUMBER)})?`
const NATIVE = `schema:[+-]?\\d+,zero_threshold:${REAL},zero_count:${NUMBER}${side('negative')}${side('positive')}`
const BUCKETS = `(?:${NATIVE}(?:,${CLASSIC})?|${CLASSIC})`

/** What may stand between the braces of a value, and what begins a number, by type. */
const values: Readonly<Record<string, string>> = {
  histogram: `\\{count:${NUMBER},sum:${NUMBER},${BUCKETS}\\}`,
  gaugehistogram: `\\{gcount:${NUMBER},gsum:${NUMBER},${BUCKETS}\\}`,
  summary: `\\{count:${NUMBER},sum:${NUMBER},quantile:${list(`${REAL}:${NUMBER}`)}\\}`,
}

/** One sample line, cut into its parts and no further. */
export interface OpenMetrics2Line {
  /** Name and labels as they stand. */
  readonly series: string
  readonly value: string
  readonly start: number | undefined
  readonly exemplars: readonly string[]
}

export interface OpenMetrics2Family {
  readonly type: OpenMetricsType
  readonly unit: string
  readonly help: string
  readonly lines: readonly OpenMetrics2Line[]
}

interface OpenFamily {
  readonly metadata: Map<string, string>
  readonly lines: OpenMetrics2Line[]
}

const metadataLine = new RegExp(`^# (TYPE|UNIT|HELP) (${NAME}|${TEXT}) (.*)$`, 's')
const sampleName = new RegExp(`^(?:(${NAME})|\\{(${TEXT}))`)
const order = ['TYPE', 'UNIT', 'HELP']

/**
 * Holds a text against the grammar of OpenMetrics 2.0.0-rc0, rule by rule, and against what the specification says
 * of each type; throws an {@link OpenMetricsError} for the first fault. Families go by their name as it is written.
 */
export function parseOpenMetrics2(text: string): ReadonlyMap<string, OpenMetrics2Family> {
  const lines = text.split('\n')
  if (lines.pop() !== '' || lines.pop() !== '# EOF') {
    throw new OpenMetricsError(lines.length, 'the text does not end in "# EOF" and a line feed')
  }
  const families = new Map<string, OpenFamily>()
  let current = ''
  for (const [i, line] of lines.entries()) {
    const fail = (message: string): never => {
      throw new OpenMetricsError(i + 1, `${message}: ${line}`)
    }
    const metadata = metadataLine.exec(line)
    const [, bare, quoted] = sampleName.exec(line) ?? []
    const name = metadata?.[2] ?? bare ?? quoted ?? fail('neither metadata nor a sample')
    if (name !== current && families.has(name)) fail('the lines of a family do not stand together')
    current = name
    const family: OpenFamily = families.get(name) ?? { metadata: new Map(), lines: [] }
    families.set(name, family)
    if (metadata === null) family.lines.push(sampleLine(line, family, fail))
    else takeMetadata(metadata, family, fail)
  }
  return new Map(Array.from(families, ([name, family]) => [name, closed(family)]))
}

function takeMetadata(
  [, keyword = '', name = '', text = '']: RegExpExecArray,
  { metadata, lines }: OpenFamily,
  fail: (message: string) => never,
): void {
  if (lines.length > 0) fail('metadata after a sample')
  if (order.slice(order.indexOf(keyword)).some((later) => metadata.has(later))) fail('metadata out of order')
  if (keyword === 'TYPE') {
    if (!openMetricsTypes.some((type) => type === text)) fail('an unknown type')
    if (text === 'info' && !/_info"?$/.test(name)) fail('an info whose name does not end in _info')
  } else if (keyword === 'HELP' && !new RegExp(`^${TEXT}$`).test(`"${text}"`))
    fail('a help that is not escaped')
  else if (keyword === 'UNIT' && ['info', 'stateset'].includes(metadata.get('TYPE')!)) fail('a unit')
  metadata.set(keyword, text)
}

function sampleLine(
  line: string,
  { metadata }: OpenFamily,
  fail: (message: string) => never,
): OpenMetrics2Line {
  const type = metadata.get('TYPE') ?? 'unknown'
  const start = ['counter', 'histogram', 'summary'].includes(type) ? `(?: st@(?<start>${REAL}))?` : ''
  const exemplars = start === '' ? '' : `(?<exemplars>(?:${EXEMPLAR})*)`
  const value = values[type] ?? NUMBER
  const own = type === 'summary' ? 'quantile' : 'le'
  if (values[type] !== undefined && new RegExp(`^[^ "]*[{,]${own}=`).test(line)) fail(`a label ${own}`)
  const found = new RegExp(`^(?<series>${SERIES}) (?<value>${value})${start}${exemplars}$`, 's').exec(line)
  if (found === null) return fail(`no sample of a ${type}`)
  const groups = found.groups!
  return {
    series: groups.series!,
    value: groups.value!,
    start: groups.start === undefined ? undefined : Number(groups.start),
    exemplars: groups.exemplars?.match(new RegExp(EXEMPLAR, 'g')) ?? [],
  }
}

function closed({ metadata, lines }: OpenFamily): OpenMetrics2Family {
  // Checked when the line was read.
  const type = (metadata.get('TYPE') ?? 'unknown') as OpenMetricsType
  const series = lines.map((line) => line.series)
  if (new Set(series).size < series.length)
    throw new OpenMetricsError(0, `a series twice among ${series.join(' ')}`)
  for (const { value } of lines) checkValue(type, value)
  return { type, unit: metadata.get('UNIT') ?? '', help: metadata.get('HELP') ?? '', lines }
}

/** What a value says that contradicts itself or its type. */
function checkValue(type: OpenMetricsType, value: string): void {
  const fail = (message: string): never => {
    throw new OpenMetricsError(0, `${message}: ${value}`)
  }
  const field = (name: string) => new RegExp(`[{,]${name}:(\\[[^\\]]*\\]|[^,}]*)`).exec(value)?.[1]
  const pairs = (name: string) =>
    (field(name) ?? '[]')
      .slice(1, -1)
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split(':').map(numberOf))
  const ascend = (numbers: readonly number[]) => numbers.every((n, i) => i === 0 || n > numbers[i - 1]!)
  if (type === 'counter' && !(Number(value) >= 0)) fail('a counter below 0')
  if (type === 'info' && value !== '1') fail('an info that is not 1')
  if (type === 'stateset' && value !== '0' && value !== '1') fail('a state')
  if (!ascend(pairs('bucket').map(([bound]) => bound!))) fail('bounds that do not ascend')
  if (!ascend(pairs('quantile').map(([ratio]) => ratio!))) fail('quantiles that do not ascend')
  if (pairs('quantile').some(([ratio, number]) => ratio! < 0 || ratio! > 1 || number! < 0)) fail('a quantile')
  const last = pairs('bucket').at(-1)?.[1]
  if (type === 'histogram' && last !== undefined && last !== numberOf(field('count')!)) fail('not the count')
  if (field('schema') !== undefined) checkNative(field, pairs, fail)
}

function checkNative(
  field: (name: string) => string | undefined,
  pairs: (name: string) => readonly (readonly number[])[],
  fail: (message: string) => never,
): void {
  const schema = Number(field('schema'))
  if (schema < -4 || schema > 8) fail('a schema that is reserved')
  let total = Number(field('zero_count'))
  for (const side of ['negative', 'positive']) {
    const spans = pairs(`${side}_spans`)
    const counts = pairs(`${side}_buckets`).map(([count]) => count!)
    if (field(`${side}_spans`) === '[]') fail('spans of nothing')
    if (spans.some(([offset, length], i) => (i > 0 && offset! < 0) || length! < 1)) fail('a span')
    if (spans.reduce((sum, [, length]) => sum + length!, 0) !== counts.length) fail('spans and buckets')
    total = counts.reduce((sum, count) => sum + count, total)
  }
  if (total !== Number(field('count'))) fail('buckets that are not the count')
}

function numberOf(text: string): number {
  return /^[+-]?inf$/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text)
}
