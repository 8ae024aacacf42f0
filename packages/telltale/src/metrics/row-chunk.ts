import type { Cells, Slab } from './slab.js'

/** What each row of a family has: labels, whole numbers of 32 bits, and doubles. */
export interface RowShape {
  readonly labels: number
  readonly words: number
  readonly cells: number
}

/** Its birth, an id for each label or the room for a link, and its own words. */
export function wordsPerRow({ labels, words }: RowShape): number {
  return 1 + Math.max(labels, 1) + words
}

/**
 * Consecutive rows of one family, in one piece of a slab: first the cells of all rows, then their words. The first
 * word of a row is its birth, 0 while nobody has the row.
 */
export class RowChunk {
  readonly values: Float64Array
  readonly words: Int32Array
  /** The index of the first row, and of the one behind the last. */
  readonly first: number
  readonly end: number
  /** Where it begins. */
  readonly place: Cells
  readonly #shape: RowShape
  readonly #cellsAt: number
  readonly #wordsAt: number
  readonly #stride: number
  readonly #cells: number

  /** The rows that are at this place. */
  constructor(place: Cells, shape: RowShape, first: number, count: number) {
    this.place = place
    this.values = place.values
    this.words = place.words
    this.first = first
    this.end = first + count
    this.#shape = shape
    this.#stride = wordsPerRow(shape)
    this.#cells = shape.cells
    this.#cellsAt = place.at - first * shape.cells
    this.#wordsAt = (place.at + count * shape.cells) * 2 - first * this.#stride
  }

  static make(slab: Slab, shape: RowShape, first: number, count: number): RowChunk {
    return new RowChunk(slab.allocate(slotsOf(shape, count)), shape, first, count)
  }

  /** Where the cells of a row begin in `values`. */
  cellAt(index: number): number {
    return this.#cellsAt + index * this.#cells
  }

  /** Where a row begins in `words`, with its birth. */
  birthAt(index: number): number {
    return this.#wordsAt + index * this.#stride
  }

  /** Where the words of a row's own begin. */
  wordAt(index: number): number {
    return this.#wordsAt + (index + 1) * this.#stride - this.#shape.words
  }

  /** Makes a row what it was before it was taken. */
  clear(index: number): void {
    this.values.fill(0, this.cellAt(index), this.cellAt(index + 1))
    this.words.fill(0, this.birthAt(index), this.birthAt(index + 1))
  }

  /** The same rows in another slab. */
  copy(slab: Slab): RowChunk {
    const copy = RowChunk.make(slab, this.#shape, this.first, this.end - this.first)
    copy.values.set(
      this.values.subarray(this.cellAt(this.first), this.cellAt(this.end)),
      copy.cellAt(copy.first),
    )
    copy.words.set(
      this.words.subarray(this.birthAt(this.first), this.birthAt(this.end)),
      copy.birthAt(copy.first),
    )
    return copy
  }

  free(slab: Slab): void {
    slab.free(this.place, slotsOf(this.#shape, this.end - this.first))
  }
}

function slotsOf(shape: RowShape, count: number): number {
  return count * shape.cells + Math.ceil((count * wordsPerRow(shape)) / 2)
}
