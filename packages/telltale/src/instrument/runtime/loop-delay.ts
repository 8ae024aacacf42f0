import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Clock } from '../../model/clock.js'

/** A reading describes at least this many seconds, once the monitor has run for as long. */
export const WINDOW_SECONDS = 60

/** The recent mean describes at least this many seconds. */
export const RECENT_SECONDS = 10

const NANOSECONDS = 1e9

/** By how many seconds the event loop was late, with the time between two looks at it taken off. */
export interface DelayReading {
  /** The mean since the reading before this one, and over 10 s or more. */
  readonly recent: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly stddev: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
}

interface Mark {
  readonly at: number
  readonly count: number
  readonly sum: number
}

/**
 * Watches by how much the event loop is late, so that any number of readers get the whole truth.
 *
 * A reading must cover a limited time, and the histogram of Node forgets on reset a delay that is going on. So two
 * histograms run, and never both forget: readings come from the older one, and once the younger one is 60 s old
 * the older starts anew and they change places. A reading covers the last 60 to 120 s; every delay is in the readings of at
 * least 60 s, or in the next one where readings are rarer. A third histogram is never reset: its count and sum
 * give the recent mean. All three share their wake-ups, which are what a monitor costs.
 */
export class LoopDelay {
  readonly #clock: Clock
  readonly #resolution: number
  readonly #lifetime: IntervalHistogram
  #older: IntervalHistogram
  #younger: IntervalHistogram
  #youngerSince: number
  #previousMark: Mark
  #mark: Mark

  /** Starts to look at the loop every `precision` milliseconds. */
  constructor(precision: number, clock: Clock) {
    this.#clock = clock
    this.#resolution = precision / 1000
    this.#lifetime = startHistogram(precision)
    this.#older = startHistogram(precision)
    this.#younger = startHistogram(precision)
    this.#youngerSince = clock.monotonic()
    this.#mark = { at: this.#youngerSince, count: 0, sum: 0 }
    this.#previousMark = this.#mark
  }

  /** The delays so far; `undefined` before the first look at the loop. */
  read(): DelayReading | undefined {
    const recent = this.#readRecent()
    const histogram = this.#older
    const reading = histogram.count === 0 ? undefined : { recent, ...this.#describe(histogram) }
    this.#rotate()
    return reading
  }

  /** Stops to look; the monitor is of no use afterwards. */
  stop(): void {
    for (const histogram of [this.#lifetime, this.#older, this.#younger]) histogram.disable()
  }

  #describe(histogram: IntervalHistogram): Omit<DelayReading, 'recent'> {
    return {
      min: this.#late(histogram.min),
      max: this.#late(histogram.max),
      mean: this.#late(histogram.mean),
      stddev: histogram.stddev / NANOSECONDS,
      p50: this.#late(histogram.percentile(50)),
      p90: this.#late(histogram.percentile(90)),
      p99: this.#late(histogram.percentile(99)),
    }
  }

  #late(nanoseconds: number): number {
    return Math.max(0, nanoseconds / NANOSECONDS - this.#resolution)
  }

  #rotate(): void {
    const now = this.#clock.monotonic()
    if (now - this.#youngerSince < WINDOW_SECONDS) return
    const retired = this.#older
    retired.reset()
    this.#older = this.#younger
    this.#younger = retired
    this.#youngerSince = now
  }

  #readRecent(): number {
    const { count, mean } = this.#lifetime
    const now: Mark = { at: this.#clock.monotonic(), count, sum: count === 0 ? 0 : count * mean }
    const due = now.at - this.#mark.at >= RECENT_SECONDS
    const base = due ? this.#mark : this.#previousMark
    if (due) {
      this.#previousMark = this.#mark
      this.#mark = now
    }
    const looks = now.count - base.count
    return looks === 0 ? 0 : this.#late((now.sum - base.sum) / looks)
  }
}

function startHistogram(precision: number): IntervalHistogram {
  const histogram = monitorEventLoopDelay({ resolution: precision })
  histogram.enable()
  return histogram
}
