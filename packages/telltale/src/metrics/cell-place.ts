import type { Cells, Slab } from './slab.js'

/** The chunks of a slab, as the thread that owns it or one that reads it has them. */
export interface CellMemory {
  readonly chunks: readonly Float64Array[]
  /** The same as whole numbers. */
  readonly words: readonly Int32Array[]
  /** In a thread that reads: takes in which chunks it has been told of meanwhile. */
  hear?(): void
}

/** Where the cells and the words of a series begin. */
export interface SeriesCells {
  readonly cells: Float64Array
  readonly at: number
  readonly words: Int32Array
  readonly wordAt: number
}

/**
 * A place in a slab as one word, so that another thread sees all of it change or nothing: the number of a chunk, and in
 * the lower bits that of a cell plus one. 0 is no place. Enough for 65,536 chunks, which are a GiB at least.
 */
const CHUNK_SHIFT = 16
const CELL_MASK = 2 ** CHUNK_SHIFT - 1

export function placeOf(slab: Slab, cells: Cells): number {
  return (slab.chunkOf(cells) << CHUNK_SHIFT) | (cells.at + 1)
}

/** What begins at a place; `undefined` when there is nothing, or a thread cannot know of the chunk yet. */
export function cellsAt(memory: CellMemory, place: number): Cells | undefined {
  const chunk = place >>> CHUNK_SHIFT
  if (place === 0) return undefined
  const { chunks, words } = memory
  if (chunk >= chunks.length) {
    memory.hear?.()
    if (chunk >= chunks.length) return undefined
  }
  return { values: chunks[chunk]!, words: words[chunk]!, at: (place & CELL_MASK) - 1 }
}

/** Has a word name these cells: seen by other threads after all that was written into them. */
export function publish(slab: Slab, words: Int32Array, at: number, cells: Cells): number {
  const place = placeOf(slab, cells)
  Atomics.store(words, at, place)
  return place
}
