import type { ParsedExposition, ParsedFamily, ParsedSample } from '../parse/exposition-model.js'
import { parseExposition } from '../parse/parse-exposition.js'
import { labelKey } from '../parse/series-key.js'
import { type MetricsSource, readSource, warningsOf } from './metrics-source.js'
import { sameValue } from './sample-check.js'
import { sampleText } from './sample-text.js'
import type { Verdict } from './verdict.js'

export interface GoldenOptions {
  /** `true`: there must be no other metrics than those in the text. */
  readonly whole?: boolean
}

/**
 * Whether a source exposes the metrics in a text, each with exactly the series and values that the text has for it,
 * in any order. Metrics that the text does not name are left alone. HELP, TYPE and timestamps are compared where the
 * text has them; its lines may be indented.
 */
export async function checkText(
  source: MetricsSource,
  text: string,
  options: GoldenOptions = {},
): Promise<Verdict> {
  const actual = await readSource(source)
  const expected = parseExposition(text)
  const sections = expected.families.map((family) => compare(family, actual))
  if (options.whole === true) sections.push(...others(actual, expected))
  const differing = sections.filter((lines) => lines.some((line) => !line.startsWith(' ')))
  if (differing.length === 0) return { pass: true, message: () => `expected other metrics than\n${text}` }
  const lines = [
    'the metrics are not as expected (- expected, + got)',
    '',
    ...differing.flatMap((section) => [...section, '']),
    ...warningsOf(source),
  ]
  return { pass: false, message: () => lines.join('\n').trimEnd() }
}

/** The lines of one metric, each after a blank when it is as expected, else after `-` or `+`. */
function compare(expected: ParsedFamily, actual: ParsedExposition): readonly string[] {
  const family = actual.families.find(({ name }) => name === expected.name)
  const lines = [
    ...pair('# HELP', expected.name, expected.help, family?.help),
    ...pair('# TYPE', expected.name, written(expected), family === undefined ? undefined : written(family)),
  ]
  const left = new Map(samplesLike(expected, actual).map((sample) => [sampleKey(sample), sample]))
  for (const sample of expected.samples) {
    const got = left.get(sampleKey(sample))
    left.delete(sampleKey(sample))
    if (got !== undefined && sameSample(got, sample)) lines.push(`  ${sampleText(got)}`)
    else
      lines.push(
        `- ${sampleText(sample)}${stamp(sample)}`,
        ...(got ? [`+ ${sampleText(got)}${stamp(got)}`] : []),
      )
  }
  return [...lines, ...Array.from(left.values(), (sample) => `+ ${sampleText(sample)}`)]
}

/** What to compare with a family: without a TYPE line, every sample of the name; start times only where they are asked. */
function samplesLike(expected: ParsedFamily, { families }: ParsedExposition): readonly ParsedSample[] {
  const untyped = expected.type === 'unknown'
  const own = families
    .filter(({ name }) => untyped || name === expected.name)
    .flatMap(({ samples }) => samples)
  if (untyped) return own.filter(({ name }) => name === expected.name)
  const created = expected.samples.some(isCreated)
  return created ? own : own.filter((sample) => !isCreated(sample))
}

function others(actual: ParsedExposition, expected: ParsedExposition): readonly (readonly string[])[] {
  const named = new Set(
    expected.families.flatMap(({ name, samples }) => [name, ...samples.map((s) => s.name)]),
  )
  return actual.families
    .filter(({ name, samples }) => samples.length > 0 && !named.has(name) && !named.has(samples[0]!.name))
    .map((family) => [
      `+ # TYPE ${family.name} ${family.type}`,
      ...family.samples.map((s) => `+ ${sampleText(s)}`),
    ])
}

function pair(
  keyword: string,
  name: string,
  expected: string | undefined,
  got: string | undefined,
): readonly string[] {
  if (expected === undefined) return []
  if (expected === got) return [`  ${keyword} ${name} ${got}`]
  const lines = [`- ${keyword} ${name} ${expected}`]
  return got === undefined ? lines : [...lines, `+ ${keyword} ${name} ${got}`]
}

/** The type as text 0.0.4 has it, since that is what most texts are written in. */
function written({ type }: ParsedFamily): string | undefined {
  if (type === 'info' || type === 'stateset') return 'gauge'
  return type === 'unknown' ? undefined : type
}

function sameSample(got: ParsedSample, expected: ParsedSample): boolean {
  return sameValue(got.value, expected.value) && (expected.timestamp ?? got.timestamp) === got.timestamp
}

function stamp({ timestamp }: ParsedSample): string {
  return timestamp === undefined ? '' : ` at ${timestamp} s`
}

function isCreated({ name }: ParsedSample): boolean {
  return name.endsWith('_created')
}

function sampleKey({ name, labels }: ParsedSample): string {
  return `${name} ${labelKey(labels)}`
}
