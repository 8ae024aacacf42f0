import { durationText } from '../query/duration-text.js'
import {
  type DurationUse,
  guidePrefixes,
  type PrometheusTarget,
  type PromqlOptions,
} from '../query/promql-options.js'
import type { Matcher } from '../query/query.js'
import type { Language } from '../signals/signal.js'

/** For whom rules are written. */
export interface RuleOptions {
  /** Of the texts of alerts. Default `en`. */
  readonly language?: Language
  /** Default `2.42`. */
  readonly target?: PrometheusTarget
  /**
   * The scrape jobs of the application. Without any, rules are for all jobs; then an address that two jobs scrape
   * is counted twice.
   */
  readonly jobs?: readonly string[]
  /** What may stand before the names of runtime metrics. Default: none, and those that the environments give. */
  readonly prefixes?: readonly string[]
  /**
   * The page with the runbooks; each alert links to its heading. Default `docs/alerts.md`, and
   * `docs/alerts.ko.md` for Korean.
   */
  readonly runbookUrl?: string
  /** Where Grafana is. Default `http://localhost:3001`. */
  readonly grafanaUrl?: string
  /** Writes a duration; the default writes it as it is. For tests that cannot wait for minutes. */
  readonly duration?: (seconds: number, use: DurationUse | 'for') => string
}

/** How the rules of one file are written. */
export class RuleStyle {
  readonly language: Language
  readonly jobs: readonly string[]
  readonly #promql: PromqlOptions
  readonly #runbookUrl: string
  readonly #grafanaUrl: string
  readonly #duration: (seconds: number, use: DurationUse | 'for') => string

  constructor(options: RuleOptions) {
    this.language = options.language ?? 'en'
    this.jobs = options.jobs ?? []
    this.#duration = options.duration ?? durationText
    this.#runbookUrl = options.runbookUrl ?? (this.language === 'ko' ? 'docs/alerts.ko.md' : 'docs/alerts.md')
    this.#grafanaUrl = (options.grafanaUrl ?? 'http://localhost:3001').replace(/\/+$/, '')
    this.#promql = {
      prefixes: options.prefixes ?? guidePrefixes,
      target: options.target ?? '2.42',
      duration: this.#duration,
      lines: 'broken',
    }
  }

  /** How queries about these jobs are written; about all jobs when there are none. */
  promql(jobs: readonly string[]): PromqlOptions {
    return { ...this.#promql, match: jobMatchers(jobs) }
  }

  /** A `for`; `undefined` for none. */
  wait(seconds: number | undefined): string | undefined {
    return seconds === undefined || seconds === 0 ? undefined : this.#duration(seconds, 'for')
  }

  runbook(alert: string): string {
    return `${this.#runbookUrl}#${alert.toLowerCase()}`
  }

  dashboard(uid: string, variables: string): string {
    return `${this.#grafanaUrl}/d/${uid}${variables}`
  }
}

function jobMatchers(jobs: readonly string[]): readonly Matcher[] {
  const [only] = jobs
  if (only === undefined) return []
  if (jobs.length === 1) return [{ label: 'job', op: '=', value: only }]
  return [{ label: 'job', op: '=~', value: jobs.map(literal).join('|') }]
}

const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
