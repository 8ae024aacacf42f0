const FIRST_BITS = 4
const MOST_BITS = 8
/** 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1
/** In place of the key of a handle that is forgotten; it stays in the way of those that it pushed on. */
const GONE = -1

/**
 * Handles that were asked for of late, 128 at most, by a key that is at least 0: a hash table with open addressing.
 * With more, it starts again.
 */
export class HandleCache<H> {
  #bits = FIRST_BITS
  /** Keys plus one; 0 where there is none. */
  #keys = new Int32Array(2 ** FIRST_BITS)
  readonly #handles: H[] = []
  /** The row of each handle. */
  #rows = new Int32Array(2 ** FIRST_BITS)
  #filled = 0

  /** The handle of a key, if it is remembered. */
  find(key: number): H | undefined {
    const keys = this.#keys
    let place = Math.imul(key, SPREAD) >>> (32 - this.#bits)
    for (let held = keys[place]!; held !== 0; held = keys[place]!) {
      if (held === key + 1) return this.#handles[place]
      place = (place + 1) & (keys.length - 1)
    }
    return undefined
  }

  /** Remembers the handle on a row by a key that none is remembered by. */
  add(key: number, row: number, handle: H): void {
    if (this.#filled * 2 >= this.#keys.length) this.#startAgain()
    let place = Math.imul(key, SPREAD) >>> (32 - this.#bits)
    while (this.#keys[place] !== 0) place = (place + 1) & (this.#keys.length - 1)
    // Never a hole: an array with holes is read more slowly.
    while (this.#handles.length <= place) this.#handles.push(handle)
    this.#keys[place] = key + 1
    this.#rows[place] = row
    this.#handles[place] = handle
    this.#filled++
  }

  /** Forgets the handle on a row. */
  delete(row: number): void {
    for (let at = this.#rows.indexOf(row); at >= 0; at = this.#rows.indexOf(row, at + 1)) {
      if (this.#keys[at] !== 0) this.#keys[at] = GONE
    }
  }

  clear(): void {
    this.#keys.fill(0)
    this.#filled = 0
    this.#handles.length = 0
  }

  /** With twice the places, as long as there may be more. */
  #startAgain(): void {
    if (this.#bits < MOST_BITS) {
      this.#bits++
      this.#keys = new Int32Array(2 ** this.#bits)
      this.#rows = new Int32Array(2 ** this.#bits)
    }
    this.clear()
  }
}
