import type { LintOptions } from '../lint/lint.js'
import { checkText, type GoldenOptions } from './golden-text.js'
import { checkLint } from './lint-check.js'
import type { MetricsSource } from './metrics-source.js'
import { checkSample, type SampleValue } from './sample-check.js'
import type { SampleLabels } from './sample-text.js'
import type { Verdict } from './verdict.js'

/**
 * What the matchers add to `expect(source)` in Vitest and Jest. All are asynchronous, because a registry is scraped
 * for them: write `await expect(registry).toHaveSample(…)`.
 */
export interface TelltaleMatchers {
  /**
   * There is a sample of this name and these labels, and of this value if one is given. Labels may be left out as
   * long as only one sample is meant.
   */
  toHaveSample(name: string, labels?: SampleLabels, value?: SampleValue): Promise<void>
  /** The metrics in the text are exposed, each with exactly its series and values, in any order. */
  toExpose(text: string, options?: GoldenOptions): Promise<void>
  /** Lint has no error and no warning. */
  toPassLint(options?: LintOptions): Promise<void>
}

/** Matchers for `expect.extend`, the same for Vitest and Jest. */
export const telltaleMatchers = {
  toHaveSample(
    received: MetricsSource,
    name: string,
    labels?: SampleLabels,
    value?: SampleValue,
  ): Promise<Verdict> {
    return checkSample(received, name, labels, value)
  },
  toExpose(received: MetricsSource, text: string, options?: GoldenOptions): Promise<Verdict> {
    return checkText(received, text, options)
  },
  toPassLint(received: MetricsSource, options?: LintOptions): Promise<Verdict> {
    return checkLint(received, options)
  },
}
