import type { Cells, Slab } from './slab.js'

const FIRST_CAPACITY = 16
/** Above all indexes, so that no key is 0, which marks a free place. */
const KEY_BIAS = 2 ** 20
/** 2^32 divided by the golden ratio: spreads indexes that follow a pattern as well as those that do not. */
const SPREAD = 0x9e3779b1

/**
 * The populated buckets of a native histogram: a zero bucket, and counts by index and sign in a hash table of cells.
 * A dense window would be as large as the distance between the smallest and the largest value; this is as large as
 * the number of buckets, 32 bytes each at most once it has grown, and finds one in constant time.
 */
export class NativeBuckets {
  readonly #slab: Slab
  #cells!: Cells
  #values!: Float64Array
  #at!: number
  #capacity!: number
  #shift!: number
  #size!: number

  constructor(slab: Slab) {
    this.#slab = slab
    this.#hold(FIRST_CAPACITY)
  }

  /** How many buckets are populated, the zero bucket not counted. */
  get size(): number {
    return this.#size
  }

  get zeroCount(): number {
    return this.#values[this.#at]!
  }

  addZero(count: number): void {
    this.#values[this.#at]! += count
  }

  /** Adds to the bucket of an index, of positive or negative values; true when it was not populated before. */
  add(index: number, negative: boolean, count: number): boolean {
    const values = this.#values
    const key = index * 2 + (negative ? KEY_BIAS + 1 : KEY_BIAS)
    let place = Math.imul(key, SPREAD) >>> this.#shift
    for (;;) {
      const at = this.#at + 1 + 2 * place
      const held = values[at]!
      if (held === key) {
        values[at + 1]! += count
        return false
      }
      if (held === 0) return this.#populate(at, key, count)
      place = (place + 1) & (this.#capacity - 1)
    }
  }

  /** Visits every populated bucket, in no order. */
  visit(each: (index: number, negative: boolean, count: number) => void): void {
    const end = this.#at + 2 * this.#capacity
    for (let at = this.#at + 1; at < end; at += 2) {
      const key = this.#values[at]!
      if (key !== 0) each(indexOf(key), isNegative(key), this.#values[at + 1]!)
    }
  }

  /** Takes every bucket but the zero bucket out and gives each to `each`, which may add it again elsewhere. */
  refill(each: (index: number, negative: boolean, count: number) => void): void {
    const taken: [number, boolean, number][] = []
    this.visit((index, negative, count) => taken.push([index, negative, count]))
    this.#values.fill(0, this.#at + 1, this.#at + 1 + 2 * this.#capacity)
    this.#size = 0
    for (const [index, negative, count] of taken) each(index, negative, count)
  }

  /** The same counts in another slab. */
  copy(slab: Slab): NativeBuckets {
    const copy = new NativeBuckets(slab)
    copy.addZero(this.zeroCount)
    this.visit((index, negative, count) => copy.add(index, negative, count))
    return copy
  }

  /** Forgets all counts and gives the cells back for fewer. */
  clear(): void {
    this.release()
    this.#hold(FIRST_CAPACITY)
  }

  /** Gives all cells back; nothing may be called afterwards. */
  release(): void {
    this.#slab.free(this.#cells, length(this.#capacity))
  }

  #populate(at: number, key: number, count: number): boolean {
    if ((this.#size + 1) * 4 > this.#capacity * 3) {
      this.#grow()
      return this.add(indexOf(key), isNegative(key), count)
    }
    this.#values[at] = key
    this.#values[at + 1] = count
    this.#size++
    return true
  }

  #grow(): void {
    const before = this.#cells
    const capacity = this.#capacity
    const zeroCount = this.zeroCount
    this.#hold(capacity * 2)
    this.addZero(zeroCount)
    for (let at = before.at + 1; at <= before.at + 2 * capacity; at += 2) {
      const key = before.values[at]!
      if (key !== 0) this.add(indexOf(key), isNegative(key), before.values[at + 1]!)
    }
    this.#slab.free(before, length(capacity))
  }

  #hold(capacity: number): void {
    this.#cells = this.#slab.allocate(length(capacity))
    this.#values = this.#cells.values
    this.#at = this.#cells.at
    this.#capacity = capacity
    this.#shift = Math.clz32(capacity) + 1
    this.#size = 0
  }
}

function indexOf(key: number): number {
  return (key - KEY_BIAS) >> 1
}

function isNegative(key: number): boolean {
  return (key & 1) === 1
}

/** A cell for the zero bucket, then index and count of each place. */
function length(capacity: number): number {
  return 1 + 2 * capacity
}
