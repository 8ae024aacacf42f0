import { AssertionError } from 'node:assert'
import { valueText } from '../model/number-text.js'
import type { ParsedSample } from '../parse/exposition-model.js'
import { type MetricsSource, readSource, warningsOf } from './metrics-source.js'
import { listed, nearMisses } from './near-miss.js'
import { findSample } from './sample-search.js'
import { labelTexts, type SampleLabels, sampleText, seriesText } from './sample-text.js'
import type { Verdict } from './verdict.js'

/** A value to compare with, or what Vitest and Jest make with `expect.closeTo(…)` and the like. */
export type SampleValue = number | { asymmetricMatch(value: unknown): boolean }

/**
 * The sample of this name and these labels, or `undefined`. Labels may be left out as long as only one sample is
 * meant; throws an `AssertionError` when several are. `name` is the sample's own: `took_seconds_count`.
 */
export async function sampleOf(
  source: MetricsSource,
  name: string,
  labels: SampleLabels = {},
): Promise<ParsedSample | undefined> {
  const texts = labelTexts(labels)
  const { sample, matching } = findSample(await readSource(source), name, texts)
  if (sample !== undefined || matching.length === 0) return sample
  throw new AssertionError({
    message: `${seriesText(name, texts)}: ${ambiguous(matching)}`,
    operator: 'sampleOf',
  })
}

/** Whether there is a sample of this name and these labels, and of this value if one is given. */
export async function checkSample(
  source: MetricsSource,
  name: string,
  labels: SampleLabels = {},
  value?: SampleValue,
): Promise<Verdict> {
  const exposition = await readSource(source)
  const texts = labelTexts(labels)
  const { sample, matching } = findSample(exposition, name, texts)
  const series = seriesText(name, texts)
  if (matching.length === 0) {
    const lines = [`expected a sample ${series}`, nearMisses(exposition, name, texts), ...warningsOf(source)]
    return { pass: false, message: () => lines.join('\n') }
  }
  if (value === undefined)
    return { pass: true, message: () => `expected no sample ${series}\n${listed(matching, () => '')}` }
  if (sample === undefined)
    return { pass: false, message: () => `expected one sample ${series}: ${ambiguous(matching)}` }
  const pass =
    typeof value === 'number' ? sameValue(sample.value, value) : value.asymmetricMatch(sample.value)
  return {
    pass,
    message: () =>
      `expected ${series} ${pass ? 'not ' : ''}to be ${valueShown(value)}\n  ${sampleText(sample)}`,
    actual: sample.value,
    expected: value,
  }
}

/** NaN is NaN here, and -0 is 0. */
export function sameValue(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}

function ambiguous(matching: readonly ParsedSample[]): string {
  return `${matching.length} samples have these labels, give more of them\n${listed(matching, () => '')}`
}

function valueShown(value: SampleValue): string {
  return typeof value === 'number' ? valueText(value) : String(value)
}
