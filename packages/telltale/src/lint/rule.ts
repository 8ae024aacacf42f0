import type { ParsedFormat } from '../parse/exposition-model.js'
import type { LintedFamily } from './linted-family.js'

/**
 * `error`: Prometheus refuses it, or stores what is wrong. `warning`: it goes against a convention that queries,
 * dashboards or the server's memory depend on. `info`: worth a look.
 */
export type LintSeverity = 'error' | 'warning' | 'info'

/** What a rule has found in a family. */
export interface LintFault {
  readonly got: string
  readonly expected: string
  /** What to do, as a sentence. */
  readonly remedy: string
  /** The line in the exposition; that of the family when left out. */
  readonly line?: number
}

/** How much is too much. */
export interface LintLimits {
  /** How many values one label of a metric may have; 100 when left out. */
  readonly labelValues: number
  /** How many series a metric may have; 1,000 when left out. */
  readonly series: number
}

/** What a rule knows besides the family. */
export interface LintContext {
  readonly format: ParsedFormat
  readonly limits: LintLimits
  /** The names of other families that differ from this one only in upper and lower case. */
  sameButCase(name: string): readonly string[]
}

/** One thing that lint looks for. Rules of one's own have the same form as those that are built in. */
export interface LintRule {
  /** Stable, in kebab case: what switches the rule off, and what a finding names. */
  readonly id: string
  readonly severity: LintSeverity
  /** Where the rule is explained. */
  readonly reference: string
  check(family: LintedFamily, context: LintContext): Iterable<LintFault>
}

export const naming = 'https://prometheus.io/docs/practices/naming/'
export const instrumentation = 'https://prometheus.io/docs/practices/instrumentation/'
export const exporters = 'https://prometheus.io/docs/instrumenting/writing_exporters/'
export const textFormat = 'https://prometheus.io/docs/instrumenting/exposition_formats/'
export const openMetrics = 'https://prometheus.io/docs/specs/om/open_metrics_spec/'
export const dataModel = 'https://prometheus.io/docs/concepts/data_model/'
export const histograms = 'https://prometheus.io/docs/practices/histograms/'
