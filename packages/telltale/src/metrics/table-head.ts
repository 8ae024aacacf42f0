import type { Cells, Slab } from './slab.js'

const SLOTS = 2
const POOL = 'table heads'
const SERIAL = 0
const BIRTHS = 1
const SIZE = 2

/**
 * What readers in other threads have to know of a table beside its rows. Its memory becomes the head of another table
 * and never anything else, so that a reader which has not been told yet that a table is gone sees another serial.
 */
export class TableHead {
  /** Where it is; words begin at twice `at`. */
  readonly place: Cells
  /** Names the table among all of its slab. */
  readonly serial: number
  readonly #words: Int32Array
  readonly #at: number

  /** The head of the table with this serial, as it is there. */
  constructor(place: Cells, serial: number) {
    this.place = place
    this.serial = serial
    this.#words = place.words
    this.#at = place.at * 2
  }

  static open(slab: Slab): TableHead {
    const head = new TableHead(slab.allocate(SLOTS, POOL), slab.nextSerial())
    Atomics.store(head.#words, head.#at + SERIAL, head.serial)
    return head
  }

  /** Whether the table is still there. */
  get isOpen(): boolean {
    return Atomics.load(this.#words, this.#at + SERIAL) === this.serial
  }

  /** The birth of the youngest row. */
  get births(): number {
    return this.#words[this.#at + BIRTHS]!
  }

  set births(births: number) {
    this.#words[this.#at + BIRTHS] = births
  }

  /** How many rows are taken. */
  get size(): number {
    return this.#words[this.#at + SIZE]!
  }

  set size(size: number) {
    this.#words[this.#at + SIZE] = size
  }

  /** Readers that look from now on find no table. */
  close(): void {
    Atomics.store(this.#words, this.#at + SERIAL, 0)
  }

  free(slab: Slab): void {
    slab.free(this.place, SLOTS, POOL)
  }
}
