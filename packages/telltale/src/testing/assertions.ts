import { AssertionError } from 'node:assert'
import type { LintOptions } from '../lint/lint.js'
import { checkText, type GoldenOptions } from './golden-text.js'
import { checkLint } from './lint-check.js'
import type { MetricsSource } from './metrics-source.js'
import { checkSample, type SampleValue } from './sample-check.js'
import type { SampleLabels } from './sample-text.js'
import type { Verdict } from './verdict.js'

/**
 * Rejects with an `AssertionError` unless there is a sample of this name and these labels, and of this value if one
 * is given. Labels may be left out as long as only one sample is meant.
 */
export async function assertSample(
  source: MetricsSource,
  name: string,
  labels: SampleLabels = {},
  value?: SampleValue,
): Promise<void> {
  hold(await checkSample(source, name, labels, value), true, 'assertSample')
}

/** Rejects with an `AssertionError` when there is a sample of this name that has these labels, whatever others it has. */
export async function assertNoSample(
  source: MetricsSource,
  name: string,
  labels: SampleLabels = {},
): Promise<void> {
  hold(await checkSample(source, name, labels), false, 'assertNoSample')
}

/**
 * Rejects with an `AssertionError` and a difference unless the source exposes the metrics in the text, each with
 * exactly its series and values, in any order.
 */
export async function assertExposition(
  source: MetricsSource,
  text: string,
  options: GoldenOptions = {},
): Promise<void> {
  hold(await checkText(source, text, options), true, 'assertExposition')
}

/** Rejects with an `AssertionError` when lint has an error or a warning. */
export async function assertLint(source: MetricsSource, options: LintOptions = {}): Promise<void> {
  hold(await checkLint(source, options), true, 'assertLint')
}

function hold(verdict: Verdict, wanted: boolean, operator: string): void {
  if (verdict.pass === wanted) return
  const { actual, expected } = verdict
  throw new AssertionError({ message: verdict.message(), actual, expected, operator })
}
