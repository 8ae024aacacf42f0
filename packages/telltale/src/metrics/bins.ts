import type { Cells, Slab } from './slab.js'

/*
 * Counts by integer index, in consecutive cells: two words for how many bins there are and for the index of the first,
 * then a word for each bin. Where they are and how many they are never changes: what has no bin needs other bins. So a
 * thread that reads sees counts that only rise.
 */
const CAPACITY = 0
const ORIGIN = 1
const HEAD = 2

const FIRST_BINS = 64
/** How many bins below the highest are kept apart; what is further down may be folded into one. */
export const MAX_BINS = 2048
/** Above them, so that indexes that rise do not need other bins each time. */
const HEADROOM = 256
const LARGEST = MAX_BINS + HEADROOM
/** A bin that counts no further: 2^32 - 1. */
const FULL = -1

/** Adds 1 at an index; false, and nothing is added, when there is no bin for it. */
export function countInBin({ words, at }: Cells, index: number): boolean {
  const capacity = words[2 * at + CAPACITY]!
  let bin = index - words[2 * at + ORIGIN]!
  if (bin < 0 && capacity === LARGEST) bin = 0
  if (bin < 0 || bin >= capacity) return false
  const word = 2 * at + HEAD + bin
  if (words[word] !== FULL) words[word]! += 1
  return true
}

/** Other bins with the same counts and one for this index; those before are still there. */
export function binsWith(slab: Slab, before: Cells | undefined, index: number): Cells {
  let low = index
  let high = index
  visit(before, (bin) => {
    low = Math.min(low, bin)
    high = Math.max(high, bin)
  })
  const { capacity, origin } = rangeFor(low, high)
  const bins = slab.allocate(lengthOf(capacity))
  const { words, at } = bins
  words[2 * at + CAPACITY] = capacity
  words[2 * at + ORIGIN] = origin
  visit(before, (bin, count) => {
    const word = 2 * at + HEAD + Math.max(bin - origin, 0)
    words[word] = Math.min((words[word]! >>> 0) + count, 2 ** 32 - 1)
  })
  return bins
}

/** Gives the bins back. */
export function freeBins(slab: Slab, bins: Cells): void {
  slab.free(bins, lengthOf(capacityOf(bins)))
}

/** The same in another slab. */
export function copyBins(slab: Slab, bins: Cells): Cells {
  const length = lengthOf(capacityOf(bins))
  const copy = slab.allocate(length)
  copy.values.set(bins.values.subarray(bins.at, bins.at + length), copy.at)
  return copy
}

/** The index of the first bin. */
export function lowestOf({ words, at }: Cells): number {
  return words[2 * at + ORIGIN]!
}

/** The index of the last bin. */
export function highestOf(bins: Cells): number {
  return lowestOf(bins) + capacityOf(bins) - 1
}

/** The count of the bin of an index, which has to be there. */
export function countOf({ words, at }: Cells, index: number): number {
  return words[2 * at + HEAD + index - words[2 * at + ORIGIN]!]! >>> 0
}

/** All counts added up. */
export function totalOf({ words, at }: Cells): number {
  const end = 2 * at + HEAD + words[2 * at + CAPACITY]!
  let total = 0
  for (let word = 2 * at + HEAD; word < end; word++) total += words[word]! >>> 0
  return total
}

function visit(bins: Cells | undefined, each: (index: number, count: number) => void): void {
  if (bins === undefined) return
  const highest = highestOf(bins)
  for (let index = lowestOf(bins); index <= highest; index++) {
    const count = countOf(bins, index)
    if (count > 0) each(index, count)
  }
}

function rangeFor(low: number, high: number): { readonly capacity: number; readonly origin: number } {
  const span = high - low + 1
  if (span > MAX_BINS) return { capacity: LARGEST, origin: high - MAX_BINS + 1 }
  let capacity = FIRST_BINS
  while (capacity < span) capacity *= 2
  return { capacity, origin: low - ((capacity - span) >> 1) }
}

function capacityOf({ words, at }: Cells): number {
  return words[2 * at + CAPACITY]!
}

function lengthOf(capacity: number): number {
  return (HEAD + capacity) / 2
}
