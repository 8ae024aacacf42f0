import type { Matcher } from './query.js'

/** The versions of Prometheus that are written for: 2.42 and later of 2, or any 3. */
export type PrometheusTarget = '2.42' | '3.x'

/** What a duration in a query is for. */
export type DurationUse = 'range' | 'offset' | 'step'

/** How a query is written as text. */
export interface PromqlOptions {
  /**
   * Put into every selector of the application's and its targets' series that has the label, also into those of
   * recording rules: `job="shop"`, or the variables of a dashboard.
   */
  readonly match?: readonly Matcher[]
  /**
   * What may stand before the names of the runtime metrics. With several, each is tried, in this order.
   * Default `['']`: no prefix.
   */
  readonly prefixes?: readonly string[]
  /** Whether recording rules are read by their names, or written out. Default `name`. */
  readonly recorded?: 'name' | 'inline'
  /** Default `2.42`, which 3 understands too, except for the bounds of buckets. */
  readonly target?: PrometheusTarget
  /** Writes a duration; the default writes it as it is. */
  readonly duration?: (seconds: number, use: DurationUse) => string
  /** `broken` starts a new line at each outermost `and`, `or` and `unless`. Default `one`. */
  readonly lines?: 'one' | 'broken'
}

/** The prefixes that the environments of the guide give to runtime metrics, and none. */
export const guidePrefixes: readonly string[] = ['', 'nodejs_', 'dev_', 'staging_', 'prod_', 'app_']
