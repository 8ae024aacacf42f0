import type { Cells, Slab } from './slab.js'

const FIRST_BINS = 64

/** How many bins a range may have; a range that gets wider folds its lowest bins into one. */
export const MAX_BINS = 2048

/**
 * Counts by integer index, kept in a window of cells that grows towards the indexes in use. Never more than 2,048
 * bins (16 KiB): beyond that the lowest ones collapse into one, so the upper quantiles keep their precision.
 */
export class BinRange {
  readonly #slab: Slab
  #cells: Cells | undefined
  #capacity = 0
  #origin = 0
  #low = 0
  #high = -1

  constructor(slab: Slab) {
    this.#slab = slab
  }

  /** Adds `count` at an index. Constant cost, but for the growth of the window. */
  add(index: number, count: number): void {
    const empty = this.#high < this.#low
    const bin = empty ? index : Math.max(index, this.#high - MAX_BINS + 1)
    const at = bin - this.#origin
    if (this.#cells === undefined || at < 0 || at >= this.#capacity) this.#cover(bin)
    this.#cells!.values[this.#cells!.at + bin - this.#origin]! += count
    this.#low = empty ? bin : Math.min(this.#low, bin)
    this.#high = empty ? bin : Math.max(this.#high, bin)
  }

  /** Visits every bin in use, from the lowest index to the highest. */
  visit(each: (index: number, count: number) => void): void {
    for (let index = this.#low; index <= this.#high; index++) {
      const count = this.#cells!.values[this.#cells!.at + index - this.#origin]!
      if (count > 0) each(index, count)
    }
  }

  /** Forgets all counts and gives the cells back. */
  clear(): void {
    if (this.#cells !== undefined) this.#slab.free(this.#cells, this.#capacity)
    this.#cells = undefined
    this.#capacity = 0
    this.#low = 0
    this.#high = -1
  }

  #cover(index: number): void {
    const empty = this.#high < this.#low
    const high = empty ? index : Math.max(this.#high, index)
    const low = Math.max(empty ? index : Math.min(this.#low, index), high - MAX_BINS + 1)
    let capacity = FIRST_BINS
    while (capacity < high - low + 1) capacity *= 2
    const origin = Math.max(low - ((capacity - (high - low + 1)) >> 1), high - capacity + 1)
    const cells = this.#slab.allocate(capacity)
    this.visit((bin, count) => {
      cells.values[cells.at + Math.max(bin, origin) - origin]! += count
    })
    if (this.#cells !== undefined) this.#slab.free(this.#cells, this.#capacity)
    this.#cells = cells
    this.#capacity = capacity
    this.#origin = origin
    if (!empty) {
      this.#low = Math.max(this.#low, origin)
      this.#high = Math.max(this.#high, this.#low)
    }
  }
}
