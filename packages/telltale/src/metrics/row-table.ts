import { RowChunk, type RowShape } from './row-chunk.js'
import { INDEX_BITS, INDEX_MASK, rowOfSlot, rowsFrom } from './row-number.js'
import type { Seat } from './series.js'
import type { Slab } from './slab.js'
import { TableHead } from './table-head.js'

const FIRST_PLACES = 8
// Odd, with bits that follow no pattern.
const SPREAD = 0x9e3779b1
const SPREAD_2 = 0x85ebca6b
const SPREAD_3 = 0xc2b2ae35

/**
 * The rows of one family: in chunks that never move, found by the ids of their label values, used again after they
 * were dropped. Each time a row is taken it has another birth, by which a stale reference is known.
 *
 * Ids are given as those of the first three labels, and a list with those of all of them where there are more.
 */
export class RowTable {
  readonly shape: RowShape
  readonly head: TableHead
  readonly #slab: Slab
  readonly #chunks: RowChunk[] = []
  readonly #labels: number
  /** Rows plus one by the hash of their ids, with open addressing; 0 where there is none. */
  #places = new Int32Array(FIRST_PLACES)
  /** How many rows were ever taken. */
  #slots = 0
  /** A row that can be used again, plus one; it has the one after it in place of its first id. */
  #free = 0

  constructor(slab: Slab, shape: RowShape) {
    this.#slab = slab
    this.head = TableHead.open(slab)
    this.shape = shape
    this.#labels = shape.labels
  }

  /** How many rows are taken. */
  get size(): number {
    return this.head.size
  }

  /** The memory of the rows, in their order. */
  get chunks(): readonly RowChunk[] {
    return this.#chunks
  }

  /** How many places there are to look at for rows. */
  get slots(): number {
    return this.#slots
  }

  chunkOf(row: number): RowChunk {
    return this.#chunks[row >> INDEX_BITS]!
  }

  indexOf(row: number): number {
    return row & INDEX_MASK
  }

  /** When a row was taken; 0 while it is not. */
  birthOf(row: number): number {
    const chunk = this.#chunks[row >> INDEX_BITS]!
    return chunk.words[chunk.birthAt(row & INDEX_MASK)]!
  }

  /** Where the cells and the words of a row are. */
  seatOf(row: number): Seat {
    const chunk = this.#chunks[row >> INDEX_BITS]!
    const index = row & INDEX_MASK
    return {
      row,
      birth: chunk.words[chunk.birthAt(index)]!,
      cells: chunk.values,
      at: chunk.cellAt(index),
      words: chunk.words,
      wordAt: chunk.wordAt(index),
    }
  }

  /** The rows that are taken. They may be dropped on the way. */
  *rows(): Generator<number> {
    for (let slot = 0; slot < this.#slots; slot++) {
      const row = rowOfSlot(slot)
      if (this.birthOf(row) !== 0) yield row
    }
  }

  /** The row with these ids; -1 when there is none. */
  find(first: number, second: number, third: number, all: readonly number[]): number {
    const places = this.#places
    const mask = places.length - 1
    let hash = hashIds(first, second, third)
    for (let i = 3; i < this.#labels; i++) hash = mixed(hash, all[i]!)
    let place = hash & mask
    for (let held = places[place]!; held !== 0; held = places[place]!) {
      const row = held - 1
      const chunk = this.#chunks[row >> INDEX_BITS]!
      const { words } = chunk
      const at = chunk.birthAt(row & INDEX_MASK)
      if (
        words[at + 1] === first &&
        (this.#labels < 2 || words[at + 2] === second) &&
        (this.#labels < 3 || words[at + 3] === third) &&
        (this.#labels < 4 || hasRest(words, at + 1, all))
      ) {
        return row
      }
      place = (place + 1) & mask
    }
    return -1
  }

  /** Takes a row for ids that none has. Its cells and words are zero. */
  take(ids: readonly number[]): number {
    const row = this.#nextRow()
    const chunk = this.#chunks[row >> INDEX_BITS]!
    const at = chunk.birthAt(row & INDEX_MASK)
    chunk.words[at + 1] = 0
    for (let i = 0; i < ids.length; i++) chunk.words[at + 1 + i] = ids[i]!
    const birth = (this.head.births + 1) | 0 || 1
    this.head.births = birth
    this.head.size++
    // Last, and seen by other threads after all that is above.
    Atomics.store(chunk.words, at, birth)
    if (this.#labels > 0) this.#enter(row)
    return row
  }

  /** Gives a row up. It is used again, zeroed, once nobody reads it. */
  drop(row: number): void {
    if (this.#labels > 0) this.#takeOut(row)
    this.head.size--
    const chunk = this.#chunks[row >> INDEX_BITS]!
    const index = row & INDEX_MASK
    Atomics.store(chunk.words, chunk.birthAt(index), 0)
    this.#slab.whenUnread(() => this.#makeFree(row))
  }

  /** The same rows in another slab, with the ids that `idsOf` gives instead of their own. */
  copy(slab: Slab, renamed: (id: number) => number): RowTable {
    const copy = new RowTable(slab, this.shape)
    copy.head.births = this.head.births
    copy.head.size = this.head.size
    copy.#slots = this.#slots
    for (const chunk of this.#chunks) copy.#chunks.push(chunk.copy(slab))
    for (let slot = this.#slots; slot-- > 0; ) {
      const row = rowOfSlot(slot)
      const { words } = copy.chunkOf(row)
      const at = copy.chunkOf(row).birthAt(row & INDEX_MASK)
      if (words[at] === 0) copy.#makeFree(row)
      else for (let i = 1; i <= this.#labels; i++) words[at + i] = renamed(words[at + i]!)
    }
    copy.#places = new Int32Array(this.#places.length / 2)
    copy.#widen()
    return copy
  }

  /** Gives all memory back; nothing may be called afterwards. */
  release(): void {
    for (const chunk of this.#chunks) chunk.free(this.#slab)
    this.head.free(this.#slab)
  }

  #makeFree(row: number): void {
    const chunk = this.#chunks[row >> INDEX_BITS]!
    const index = row & INDEX_MASK
    chunk.clear(index)
    chunk.words[chunk.birthAt(index) + 1] = this.#free
    this.#free = row + 1
  }

  /** Makes sure that there is memory for one row more; returns the memory that it took. */
  prepare(): RowChunk | undefined {
    const row = rowOfSlot(this.#slots)
    if (this.#free !== 0 || row >> INDEX_BITS < this.#chunks.length) return undefined
    const chunk = RowChunk.make(this.#slab, this.shape, row & INDEX_MASK, rowsFrom(row))
    this.#chunks.push(chunk)
    return chunk
  }

  #nextRow(): number {
    this.prepare()
    if (this.#free === 0) return rowOfSlot(this.#slots++)
    const row = this.#free - 1
    const chunk = this.#chunks[row >> INDEX_BITS]!
    this.#free = chunk.words[chunk.birthAt(row & INDEX_MASK) + 1]!
    return row
  }

  #enter(row: number): void {
    if (this.head.size * 5 > this.#places.length * 4) this.#widen()
    else this.#put(row)
  }

  #put(row: number): void {
    const places = this.#places
    let place = this.#placeOf(row)
    while (places[place] !== 0) place = (place + 1) & (places.length - 1)
    places[place] = row + 1
  }

  /** Goes through the rows in their order and not in that of the table: memory is read as it lies. */
  #widen(): void {
    this.#places = new Int32Array(this.#places.length * 2)
    for (let slot = 0; slot < this.#slots; slot++) {
      const row = rowOfSlot(slot)
      if (this.birthOf(row) !== 0) this.#put(row)
    }
  }

  /** Takes a row out of the table, and closes the gap. */
  #takeOut(row: number): void {
    const places = this.#places
    const mask = places.length - 1
    let gap = this.#placeOf(row)
    while (places[gap] !== row + 1) gap = (gap + 1) & mask
    for (let next = (gap + 1) & mask; places[next] !== 0; next = (next + 1) & mask) {
      const wanted = this.#placeOf(places[next]! - 1)
      if (((next - wanted) & mask) < ((next - gap) & mask)) continue
      places[gap] = places[next]!
      gap = next
    }
    places[gap] = 0
  }

  /** Where the search for a row begins. */
  #placeOf(row: number): number {
    const chunk = this.#chunks[row >> INDEX_BITS]!
    const { words } = chunk
    const at = chunk.birthAt(row & INDEX_MASK) + 1
    const count = this.#labels
    let hash = hashIds(words[at]!, count > 1 ? words[at + 1]! : 0, count > 2 ? words[at + 2]! : 0)
    for (let i = 3; i < count; i++) hash = mixed(hash, words[at + i]!)
    return hash & (this.#places.length - 1)
  }
}

/** A hash of three ids; those of labels that there are not are 0. */
function hashIds(first: number, second: number, third: number): number {
  // The products do not wait for each other.
  const sum = (Math.imul(first, SPREAD) + Math.imul(second, SPREAD_2) + Math.imul(third, SPREAD_3)) | 0
  return sum ^ (sum >>> 16)
}

function mixed(hash: number, id: number): number {
  const sum = Math.imul(hash ^ id, SPREAD)
  return sum ^ (sum >>> 15)
}

function hasRest(words: Int32Array, at: number, all: readonly number[]): boolean {
  for (let i = 3; i < all.length; i++) if (words[at + i] !== all[i]) return false
  return true
}
