import type { Slab } from './slab.js'

/**
 * Buckets that got too large for words. The word behind those of a series says where in the slab its buckets are then:
 * the number of a chunk and, in the lower bits, that of a cell.
 */
const CHUNK_SHIFT = 16
const CELL_MASK = 2 ** CHUNK_SHIFT - 1

/** The wide buckets of a series, as one of the chunks has them; `undefined` while they are in its words. */
export function wideBuckets(
  { chunks }: { readonly chunks: readonly Float64Array[] },
  words: Int32Array,
  wordAt: number,
  count: number,
): Float64Array | undefined {
  const place = words[wordAt + count]!
  if (place === 0) return undefined
  const at = place & CELL_MASK
  return chunks[place >>> CHUNK_SHIFT]?.subarray(at, at + count)
}

/** Moves the buckets out of the words of a series. Its other handles see that when they look at it again. */
export function widenBuckets(slab: Slab, words: Int32Array, wordAt: number, count: number): void {
  const cells = slab.allocate(count)
  for (let i = 0; i < count; i++) cells.values[cells.at + i] = words[wordAt + i]! >>> 0
  // Last, and seen by other threads after all that is above.
  Atomics.store(words, wordAt + count, (slab.chunkOf(cells) << CHUNK_SHIFT) | cells.at)
}

/** Gives wide buckets back, if there are any. */
export function freeWide(slab: Slab, words: Int32Array, wordAt: number, count: number): void {
  const place = words[wordAt + count]!
  if (place === 0) return
  words[wordAt + count] = 0
  const chunk = place >>> CHUNK_SHIFT
  slab.free({ values: slab.chunks[chunk]!, words: slab.words[chunk]!, at: place & CELL_MASK }, count)
}

/** Moves wide buckets from another slab, whose place is in the words still. */
export function moveWide(from: Slab, to: Slab, words: Int32Array, wordAt: number, count: number): void {
  const wide = wideBuckets(from, words, wordAt, count)
  if (wide === undefined) return
  const cells = to.allocate(count)
  cells.values.set(wide, cells.at)
  freeWide(from, words, wordAt, count)
  words[wordAt + count] = (to.chunkOf(cells) << CHUNK_SHIFT) | cells.at
}
