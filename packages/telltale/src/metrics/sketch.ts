import { BinRange } from './bin-range.js'
import type { Slab } from './slab.js'

/** A quantile that a sketch returns is off by at most this ratio of the true value. */
export const RELATIVE_ERROR = 0.01

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
const BINS_PER_E = 1 / Math.log(GAMMA)
const LOG_MIDDLE = Math.log((GAMMA + 1) / 2)

/**
 * A mergeable sketch of a distribution: DDSketch (Masson, Rim, Lee: "DDSketch: A fast and fully-mergeable quantile
 * sketch with relative-error guarantees", VLDB 2019). Any quantile is within 1 % of a value that was observed, as
 * long as the values of one sign span less than a factor of e^40; beyond that the smallest lose precision first.
 */
export class Sketch {
  readonly #positive: BinRange
  readonly #negative: BinRange
  #zeros = 0
  #count = 0

  constructor(slab: Slab) {
    this.#positive = new BinRange(slab)
    this.#negative = new BinRange(slab)
  }

  get count(): number {
    return this.#count
  }

  /** Takes a finite number in. */
  add(value: number): void {
    this.#count++
    if (value > 0) this.#positive.add(Math.ceil(Math.log(value) * BINS_PER_E), 1)
    else if (value < 0) this.#negative.add(Math.ceil(Math.log(-value) * BINS_PER_E), 1)
    else this.#zeros++
  }

  /** Takes all that another sketch has seen in; the result is the same in any order of merging. */
  merge(other: Sketch): void {
    other.#positive.visit((index, count) => this.#positive.add(index, count))
    other.#negative.visit((index, count) => this.#negative.add(index, count))
    this.#zeros += other.#zeros
    this.#count += other.#count
  }

  clear(): void {
    this.#positive.clear()
    this.#negative.clear()
    this.#zeros = 0
    this.#count = 0
  }

  /** The values at these quantiles (0 to 1, ascending), NaN each when nothing was observed. One pass over the bins. */
  quantiles(quantiles: readonly number[]): number[] {
    const found: number[] = []
    let below = 0
    const pass = (value: number, count: number) => {
      below += count
      while (found.length < quantiles.length && quantiles[found.length]! * (this.#count - 1) < below) {
        found.push(value)
      }
    }
    const negative: [number, number][] = []
    this.#negative.visit((index, count) => negative.push([index, count]))
    for (const [index, count] of negative.reverse()) pass(-middle(index), count)
    if (this.#zeros > 0) pass(0, this.#zeros)
    this.#positive.visit((index, count) => pass(middle(index), count))
    return quantiles.map((_, i) => found[i] ?? NaN)
  }
}

/** The value that is within the relative error of everything in a bin. */
function middle(index: number): number {
  return Math.min(Math.exp(index / BINS_PER_E - LOG_MIDDLE), Number.MAX_VALUE)
}
