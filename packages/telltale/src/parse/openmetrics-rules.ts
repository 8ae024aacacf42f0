import type { ParsedExemplar, ParsedFamily, ParsedSample } from './exposition-model.js'
import { parseBound } from './sample-number.js'

/** One thing that is forbidden. */
export interface Breach {
  readonly line: number
  readonly got: string
  readonly expected: string
}

/** An exemplar may hold this many code points in the names and values of its labels. */
const EXEMPLAR_LENGTH = 128

/** What OpenMetrics 1.0 forbids and Prometheus accepts silently, sample by sample. */
export function* openMetricsBreaches(family: ParsedFamily): Iterable<Breach> {
  yield* valueBreaches(family)
  for (const sample of family.samples) {
    if (sample.exemplar !== undefined) yield* exemplarBreaches(family, sample, sample.exemplar)
  }
}

/** What every version of OpenMetrics forbids: units and values that a type cannot have. */
export function* valueBreaches(family: ParsedFamily): Iterable<Breach> {
  const { type, unit, line } = family
  if (unit && (type === 'info' || type === 'stateset')) {
    yield { line, got: `the unit ${unit} of a metric of type ${type}`, expected: 'no unit' }
  }
  for (const sample of family.samples) {
    const expected = expectedValue(family, sample)
    if (expected !== undefined) {
      yield { line: sample.line, got: `the value ${sample.value} of ${sample.name}`, expected }
    }
  }
}

/** What the value has to be, when it is not. */
function expectedValue(
  { type, name }: ParsedFamily,
  { name: sample, value, labels }: ParsedSample,
): string | undefined {
  if (type === 'counter' || sample.endsWith('_count') || sample.endsWith('_bucket')) {
    const counts = type === 'counter' || type === 'histogram' || type === 'summary'
    return counts && !(value >= 0) ? 'a number from 0 up' : undefined
  }
  if (type === 'info') return value === 1 ? undefined : '1'
  if (type === 'stateset') {
    if (labels[name] === undefined) return `a sample with the label ${name}, which names the state`
    return value === 0 || value === 1 ? undefined : '0 or 1'
  }
  if (type === 'summary' && sample === name) return value < 0 ? 'a quantile from 0 up, or NaN' : undefined
  return undefined
}

function* exemplarBreaches(
  { type, name }: ParsedFamily,
  { name: sample, labels, line }: ParsedSample,
  exemplar: ParsedExemplar,
): Iterable<Breach> {
  const bucket = (type === 'histogram' || type === 'gaugehistogram') && sample === `${name}_bucket`
  if (!bucket && !(type === 'counter' && sample === name)) {
    yield { line, got: `an exemplar on ${sample}`, expected: 'exemplars on counters and buckets only' }
  }
  const length = Object.entries(exemplar.labels)
    .flat()
    .reduce((sum, text) => sum + [...text].length, 0)
  if (length > EXEMPLAR_LENGTH) {
    yield {
      line,
      got: `an exemplar with ${length} characters in its labels`,
      expected: `at most ${EXEMPLAR_LENGTH}`,
    }
  }
  const bound = bucket ? parseBound(labels.le) : undefined
  if (bound !== undefined && exemplar.value > bound) {
    yield {
      line,
      got: `an exemplar of ${exemplar.value}`,
      expected: `one that is in the bucket le="${labels.le}"`,
    }
  }
}
