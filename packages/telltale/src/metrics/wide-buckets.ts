import { type CellMemory, cellsAt, publish } from './cell-place.js'
import type { Slab } from './slab.js'

/*
 * Buckets that got too large for words. The word behind those of a series is the place of its buckets then.
 */

/** The wide buckets of a series, as one of the chunks has them; `undefined` while they are in its words. */
export function wideBuckets(
  memory: CellMemory,
  words: Int32Array,
  wordAt: number,
  count: number,
): Float64Array | undefined {
  const place = words[wordAt + count]!
  if (place === 0) return undefined
  const cells = cellsAt(memory, place)
  return cells?.values.subarray(cells.at, cells.at + count)
}

/** Moves the buckets out of the words of a series. Its other handles see that when they look at it again. */
export function widenBuckets(slab: Slab, words: Int32Array, wordAt: number, count: number): void {
  const cells = slab.allocate(count)
  for (let i = 0; i < count; i++) cells.values[cells.at + i] = words[wordAt + i]! >>> 0
  publish(slab, words, wordAt + count, cells)
}

/** Gives wide buckets back, if there are any. */
export function freeWide(slab: Slab, words: Int32Array, wordAt: number, count: number): void {
  const cells = cellsAt(slab, words[wordAt + count]!)
  words[wordAt + count] = 0
  if (cells !== undefined) slab.free(cells, count)
}

/** Moves wide buckets from another slab, whose place is in the words still. */
export function moveWide(from: Slab, to: Slab, words: Int32Array, wordAt: number, count: number): void {
  const wide = wideBuckets(from, words, wordAt, count)
  if (wide === undefined) return
  const cells = to.allocate(count)
  cells.values.set(wide, cells.at)
  freeWide(from, words, wordAt, count)
  publish(to, words, wordAt + count, cells)
}
