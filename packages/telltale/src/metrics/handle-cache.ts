import { ValueHash } from './value-hash.js'

const FIRST_PLACES = 16
const MOST_PLACES = 256
/** After so many handles that found no room, it starts again: what is asked for has changed. */
const MOST_TURNED_AWAY = 1024
/** An entry is a handle and the values that it was asked for by: three, or one for each label where there are more. */
const ENTRY = 4
/** The lower bits of a place are the number of an entry, plus one; the upper ones are those of its hash. */
const NUMBER_BITS = 8
const NUMBER_MASK = 2 ** NUMBER_BITS - 1
/** In place of the first value of a handle that is forgotten; nobody can ask for it. */
const GONE = Symbol('gone')

/**
 * Handles that were asked for of late, 128 at most, by the very values that they were asked for by: a hash table with
 * open addressing. A hit has compared every value, and what is equal has the same text, so it can be no other's handle.
 */
export class HandleCache<H> {
  #places = new Int32Array(FIRST_PLACES)
  /** How far a hash is shifted to be the number of a place. */
  #shift = 32 - Math.log2(FIRST_PLACES)
  readonly #hash = new ValueHash()
  readonly #entries: unknown[] = []
  /** The row of each handle. */
  readonly #rows: number[] = []
  readonly #entry: number
  #turnedAway = 0

  constructor(labels: number) {
    this.#entry = Math.max(labels + 1, ENTRY)
  }

  /** The handle of up to three values, if it is remembered; the values of labels that there are not are `undefined`. */
  find(value1: unknown, value2: unknown, value3: unknown): H | undefined {
    const places = this.#places
    const hash = this.#hash.of(value1, value2, value3)
    let place = hash >>> this.#shift
    for (let held = places[place]!; held !== 0; held = places[place]!) {
      if ((held ^ hash) >>> NUMBER_BITS === 0) {
        const entries = this.#entries
        const end = (held & NUMBER_MASK) * ENTRY
        if (entries[end - 3] === value1 && entries[end - 2] === value2 && entries[end - 1] === value3) {
          return entries[end - 4] as H
        }
      }
      place = (place + 1) & (places.length - 1)
    }
    return undefined
  }

  /** The same where there are more labels. */
  findMore(values: readonly unknown[]): H | undefined {
    const places = this.#places
    const hash = this.#hash.of(values[0], values[1], values[2])
    let place = hash >>> this.#shift
    for (let held = places[place]!; held !== 0; held = places[place]!) {
      const at = ((held & NUMBER_MASK) - 1) * this.#entry
      if ((held ^ hash) >>> NUMBER_BITS === 0 && this.#isOf(at, values)) return this.#entries[at] as H
      place = (place + 1) & (places.length - 1)
    }
    return undefined
  }

  /** Remembers the handle on a row by values that none is remembered by, if there is room. */
  add(values: readonly unknown[], row: number, handle: H): void {
    if (this.#rows.length * 2 >= this.#places.length && !this.#makeRoom()) return
    this.#entries.push(handle)
    for (let i = 0; i < this.#entry - 1; i++) this.#entries.push(values[i])
    this.#put(this.#rows.push(row))
  }

  /** Forgets the handle on a row. */
  delete(row: number): void {
    for (let at = this.#rows.indexOf(row); at >= 0; at = this.#rows.indexOf(row, at + 1)) {
      this.#entries[at * this.#entry + 1] = GONE
    }
  }

  #makeRoom(): boolean {
    if (this.#places.length < MOST_PLACES) this.#grow()
    else if (++this.#turnedAway < MOST_TURNED_AWAY) return false
    else this.#clear()
    return true
  }

  #clear(): void {
    this.#places.fill(0)
    this.#entries.length = 0
    this.#rows.length = 0
    this.#turnedAway = 0
  }

  #grow(): void {
    this.#places = new Int32Array(this.#places.length * 2)
    this.#shift--
    this.#hash.learn(
      [1, 2, 3].map((label) => this.#rows.map((_, i) => this.#entries[i * this.#entry + label])),
    )
    for (let number = 1; number <= this.#rows.length; number++) this.#put(number)
  }

  #put(number: number): void {
    const places = this.#places
    const entries = this.#entries
    const at = (number - 1) * this.#entry
    const hash = this.#hash.of(entries[at + 1], entries[at + 2], entries[at + 3])
    let place = hash >>> this.#shift
    while (places[place] !== 0) place = (place + 1) & (places.length - 1)
    places[place] = (hash & ~NUMBER_MASK) | number
  }

  #isOf(at: number, values: readonly unknown[]): boolean {
    for (let i = 1; i < this.#entry; i++) if (this.#entries[at + i] !== values[i - 1]) return false
    return true
  }
}
