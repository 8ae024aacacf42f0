import type { Matcher } from '../query/query.js'

/** Share of events that went wrong: all events, and those of them that are errors. */
export interface RatioIndicator {
  readonly kind: 'ratio'
  /** A counter, or the `_count` of a histogram. */
  readonly metric: string
  /** Which of its series count at all. */
  readonly match: readonly Matcher[]
  /** Which of those are errors. */
  readonly errors: readonly Matcher[]
}

/** Share of events that took too long. */
export interface LatencyIndicator {
  readonly kind: 'latency'
  /** A histogram with classic buckets, by its name without `_bucket`. */
  readonly metric: string
  readonly match: readonly Matcher[]
  /** Seconds; one of the histogram's bucket bounds. */
  readonly threshold: number
}

/** A promise about a service, and how it is measured. */
export interface Objective {
  readonly service: string
  readonly name: string
  /** The share of events that are to be good, such as 0.999. */
  readonly target: number
  /** Over how many seconds it is to be kept. */
  readonly window: number
  readonly indicator: RatioIndicator | LatencyIndicator
  /** With fewer events in an hour than this, shares prove nothing. */
  readonly minimumEvents: number
  readonly description?: string
}

/** The share of events that may be bad. */
export function errorBudget({ target }: Objective): number {
  return round(1 - target)
}

/** Without the noise that decimal fractions have as doubles: 1 - 0.999 is 0.001. */
export function round(value: number): number {
  return Number(value.toPrecision(12))
}
