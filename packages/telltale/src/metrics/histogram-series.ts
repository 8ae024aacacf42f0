import type { Clock } from '../model/clock.js'
import { shown } from '../model/metric-name.js'
import type { BucketIndex } from './bucket-index.js'
import { labelsFirst } from './label-faults.js'
import type { NativeHistogram } from './native-histogram.js'
import type { NativePlan } from './native-options.js'
import { LOOK_ALWAYS, privateSeat, type Seat, Series, type SeriesOwner } from './series.js'
import type { Slab } from './slab.js'
import { startTimer, type Timer } from './timer.js'
import { wideBuckets, widenBuckets } from './wide-buckets.js'

/** What all series of a histogram have in common. */
export interface HistogramPlan {
  readonly bounds: Float64Array
  readonly buckets: BucketIndex
  readonly native: NativePlan | undefined
  readonly clock: Clock
}

/** What a series of a histogram needs of it besides. */
export interface HistogramOwner extends SeriesOwner {
  readonly slab: Slab
}

/**
 * One series of a histogram. It has a word for each bucket, `+Inf` included, and a cell for the sum; the count of all
 * observations is the buckets' total, so that the two can never disagree. When a bucket gets too large for a word, all
 * of them become doubles elsewhere in the slab.
 */
export class HistogramSeries extends Series {
  protected readonly histogram: HistogramOwner
  readonly #clock: Clock
  readonly #bucketCount: number
  readonly #buckets: BucketIndex
  protected words: Int32Array
  protected wordAt: number

  /** @internal */
  constructor(owner: HistogramOwner, plan: HistogramPlan, seat: Seat) {
    super(owner, seat)
    this.histogram = owner
    this.#clock = plan.clock
    this.#bucketCount = plan.bounds.length + 1
    this.#buckets = plan.buckets
    this.words = seat.words
    this.wordAt = seat.wordAt
    if (this.#wide !== undefined) this.seen = LOOK_ALWAYS
  }

  /** How many observations there were. */
  get count(): number {
    this.look()
    const wide = this.#wide
    let count = 0
    for (let i = 0; i < this.#bucketCount; i++) {
      count += wide === undefined ? this.words[this.wordAt + i]! >>> 0 : wide[i]!
    }
    return count
  }

  /** The sum of all observations. */
  get sum(): number {
    this.look()
    return this.cells[this.at]!
  }

  /** The native buckets at this moment; `undefined` when the histogram has none. */
  get native(): NativeHistogram | undefined {
    return undefined
  }

  /** Records a finite number, which falls into the first bucket whose bound is at least as large. */
  observe(value: number): void {
    // The difference is NaN for infinities as well as for NaN and undefined, so one test covers them all.
    if (typeof value !== 'number' || value - value !== 0) this.refuse(value)
    else this.countClassic(value)
  }

  /** Starts a timer that observes its seconds when it ends. */
  startTimer(): Timer {
    return startTimer(this.#clock, (seconds) => this.observe(seconds))
  }

  /** Counts a finite number in the classic buckets. */
  protected countClassic(value: number): void {
    if (this.seen === this.owner.stamp) this.#count(this.#buckets.of(value), value)
    else this.#lookAndCount(this.#buckets.of(value), value)
  }

  /** Sets all of it back to zero, because it has to begin again. */
  protected startAgain(): void {
    this.look()
    if (this.row >= 0) this.owner.restarted(this.row)
    else this.leave()
  }

  protected override sit(seat: Seat): void {
    super.sit(seat)
    this.words = seat.words
    this.wordAt = seat.wordAt
  }

  protected override lookAgain(): void {
    super.lookAgain()
    if (this.#wide !== undefined) this.seen = LOOK_ALWAYS
  }

  protected override privateSeat(): Seat {
    return privateSeat(1, this.#bucketCount + 1)
  }

  protected refuse(value: unknown): void {
    const infinite = value === Infinity || value === -Infinity
    const detail = `observe got ${shown(value)}, expected a finite number${labelsFirst(value, 'observe')}`
    this.owner.dropped(infinite ? 'not_finite' : 'not_a_number', 'TELLTALE_OBSERVATION', detail)
  }

  #count(bucket: number, value: number): void {
    const at = this.wordAt + bucket
    const count = (this.words[at]! + 1) | 0
    this.words[at] = count
    this.cells[this.at]! += value
    if (count < 0) this.#widen()
  }

  #lookAndCount(bucket: number, value: number): void {
    this.lookAgain()
    const wide = this.#wide
    if (wide === undefined) this.#count(bucket, value)
    else {
      wide[bucket]! += 1
      this.cells[this.at]! += value
    }
    if (this.row >= 0) this.owner.exemplars?.offer(this.row, bucket, value)
  }

  get #wide(): Float64Array | undefined {
    return this.row < 0
      ? undefined
      : wideBuckets(this.histogram.slab, this.words, this.wordAt, this.#bucketCount)
  }

  #widen(): void {
    // What nobody sees may start again.
    if (this.row < 0) this.words.fill(0, this.wordAt, this.wordAt + this.#bucketCount)
    else {
      widenBuckets(this.histogram.slab, this.words, this.wordAt, this.#bucketCount)
      this.owner.changed()
    }
  }
}
