import type { Clock } from '../model/clock.js'
import { NativeBuckets } from './native-buckets.js'
import { type NativeHistogram, nativeCounts } from './native-histogram.js'
import { COARSEST_SCHEMA, coarserIndex, FINEST_SCHEMA, finestIndex, nativeBound } from './native-index.js'
import type { NativePlan } from './native-options.js'
import type { Slab } from './slab.js'

/**
 * The native buckets of one series. When there are more than its limit it starts again, widens the zero bucket or
 * halves the resolution, the first of these that is possible. At schema -4, where there is nothing left to do, a
 * double can be in 264 buckets at most.
 */
export class NativeRecorder {
  readonly #plan: NativePlan
  readonly #clock: Clock
  #buckets: NativeBuckets
  #schema: number
  #shift: number
  #round: number
  #zeroThreshold: number
  #startedAt: number
  #restarts = false

  constructor(plan: NativePlan, clock: Clock, slab: Slab) {
    this.#plan = plan
    this.#clock = clock
    this.#buckets = new NativeBuckets(slab)
    this.#schema = plan.schema
    this.#shift = FINEST_SCHEMA - plan.schema
    this.#round = (1 << this.#shift) - 1
    this.#zeroThreshold = plan.zeroThreshold
    this.#startedAt = clock.monotonic()
  }

  /**
   * Records a finite number, or returns false when it is time to start again: then the series has to be reset, all
   * of it, and the number recorded anew.
   */
  record(value: number): boolean {
    if (this.#restarts && this.#canRestart()) return false
    const negative = value < 0
    const magnitude = negative ? -value : value
    if (magnitude <= this.#zeroThreshold) {
      this.#buckets.addZero(1)
      return true
    }
    const index = (finestIndex(magnitude) + this.#round) >> this.#shift
    return !this.#buckets.add(index, negative, 1) || this.#limit()
  }

  /** What was counted so far; the sum is kept by the series. */
  histogram(sum: number): NativeHistogram {
    const positive = new Map<number, number>()
    const negative = new Map<number, number>()
    const { zeroCount } = this.#buckets
    let count = zeroCount
    this.#buckets.visit((index, isNegative, inBucket) => {
      count += inBucket
      const side = isNegative ? negative : positive
      side.set(index, inBucket)
    })
    return {
      schema: this.#schema,
      zeroThreshold: this.#zeroThreshold,
      zeroCount,
      count,
      sum,
      positive: nativeCounts(positive),
      negative: nativeCounts(negative),
    }
  }

  /** Starts again, at full resolution. */
  reset(): void {
    this.#buckets.clear()
    this.#use(this.#plan.schema)
    this.#zeroThreshold = this.#plan.zeroThreshold
    this.#startedAt = this.#clock.monotonic()
    this.#restarts = false
  }

  /** Gives the cells back; from now on, what is recorded goes into others. */
  release(slab: Slab): void {
    this.#buckets.release()
    this.#buckets = new NativeBuckets(slab)
    this.reset()
  }

  /** Moves what was counted into cells of another slab. */
  move(slab: Slab): void {
    const before = this.#buckets
    this.#buckets = before.copy(slab)
    before.release()
  }

  /** Brings the number of buckets down where it is over the limit; false when the way to do it is to start again. */
  #limit(): boolean {
    if (this.#buckets.size <= this.#plan.maxBuckets) return true
    if (this.#canRestart()) return false
    // Asked for here and not only when it is due: the resolution that is lost now is to come back.
    this.#restarts = this.#plan.minResetSeconds > 0
    while (this.#buckets.size > this.#plan.maxBuckets) {
      if (this.#widenZero()) continue
      if (this.#schema === COARSEST_SCHEMA) break
      this.#coarsen()
    }
    return true
  }

  #canRestart(): boolean {
    const { minResetSeconds } = this.#plan
    return minResetSeconds > 0 && this.#clock.monotonic() - this.#startedAt >= minResetSeconds
  }

  /** Takes the bucket of the smallest magnitudes into the zero bucket, unless that would make it too wide. */
  #widenZero(): boolean {
    let smallest = Infinity
    this.#buckets.visit((index) => {
      smallest = Math.min(smallest, index)
    })
    const threshold = nativeBound(smallest, this.#schema)
    if (threshold > this.#plan.maxZeroThreshold) return false
    this.#zeroThreshold = threshold
    this.#buckets.refill((index, negative, count) => {
      if (index === smallest) this.#buckets.addZero(count)
      else this.#buckets.add(index, negative, count)
    })
    return true
  }

  #coarsen(): void {
    this.#use(this.#schema - 1)
    this.#buckets.refill((index, negative, count) => {
      this.#buckets.add(coarserIndex(index, 1), negative, count)
    })
  }

  #use(schema: number): void {
    this.#schema = schema
    this.#shift = FINEST_SCHEMA - schema
    this.#round = (1 << this.#shift) - 1
  }
}
