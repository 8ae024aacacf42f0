import { binsWith, copyBins, countInBin, countOf, freeBins, highestOf, lowestOf, totalOf } from './bins.js'
import { type CellMemory, cellsAt, publish } from './cell-place.js'
import type { Cells, Slab } from './slab.js'

/** A quantile that sketches return is off by at most this ratio of the true value. */
export const RELATIVE_ERROR = 0.01

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
const BINS_PER_E = 1 / Math.log(GAMMA)
const LOG_MIDDLE = Math.log((GAMMA + 1) / 2)

/*
 * A mergeable sketch of a distribution: DDSketch (Masson, Rim, Lee: "DDSketch: A fast and fully-mergeable quantile
 * sketch with relative-error guarantees", VLDB 2019). Any quantile is within 1 % of a value that was observed, as
 * long as the values of one sign span less than a factor of e^40; beyond that the smallest lose precision first.
 *
 * It is in three cells: a number that says what the sketch is of, which never changes; the count of zeros; the places
 * of the bins of positive and of negative values, by their logarithm.
 */
const SKETCH_CELLS = 3
const ZEROS = 2
const POSITIVE = 3
const NEGATIVE = 4

/** Makes an empty sketch, of what a number says. */
export function newSketch(slab: Slab, subject: number): Cells {
  const sketch = slab.allocate(SKETCH_CELLS)
  sketch.values[sketch.at] = subject
  return sketch
}

/** What a sketch is of. */
export function subjectOf({ values, at }: Cells): number {
  return values[at]!
}

/** The word of a sketch that is the place of the bins for a value; that of the zeros for 0. */
export function wordFor({ at }: Cells, value: number): number {
  if (value > 0) return 2 * at + POSITIVE
  return 2 * at + (value < 0 ? NEGATIVE : ZEROS)
}

/** The bin for a magnitude above 0. */
export function binOf(magnitude: number): number {
  return Math.ceil(Math.log(magnitude) * BINS_PER_E)
}

/** Counts a zero. */
export function countZero({ words, at }: Cells): void {
  if (words[2 * at + ZEROS] !== -1) words[2 * at + ZEROS]! += 1
}

/** Has a word of a sketch name bins that have one for this index too, which counts 1 more; returns them. */
export function widen(slab: Slab, words: Int32Array, word: number, index: number): Cells {
  const before = cellsAt(slab, words[word]!)
  const bins = binsWith(slab, before, index)
  countInBin(bins, index)
  publish(slab, words, word, bins)
  if (before !== undefined) freeBins(slab, before)
  return bins
}

/** Gives a sketch back that no word names any longer, with its bins. */
export function freeSketch(slab: Slab, sketch: Cells): void {
  for (const word of [POSITIVE, NEGATIVE]) {
    const bins = cellsAt(slab, sketch.words[2 * sketch.at + word]!)
    if (bins !== undefined) freeBins(slab, bins)
  }
  slab.free(sketch, SKETCH_CELLS)
}

/** The same in another slab. */
export function copySketch(from: Slab, to: Slab, sketch: Cells): Cells {
  const copy = newSketch(to, subjectOf(sketch))
  copy.words[2 * copy.at + ZEROS] = sketch.words[2 * sketch.at + ZEROS]!
  for (const word of [POSITIVE, NEGATIVE]) {
    const bins = cellsAt(from, sketch.words[2 * sketch.at + word]!)
    if (bins !== undefined) publish(to, copy.words, 2 * copy.at + word, copyBins(to, bins))
  }
  return copy
}

/**
 * The values at these quantiles (0 to 1, ascending) of everything that the sketches have seen, NaN each when that is
 * nothing. Bins in chunks that a thread has not been told of are left out.
 */
export function quantilesOf(
  memory: CellMemory,
  sketches: readonly Cells[],
  quantiles: readonly number[],
): readonly number[] {
  const side = (word: number) =>
    sketches
      .map(({ words, at }) => cellsAt(memory, words[2 * at + word]!))
      .filter((bins) => bins !== undefined)
  const negative = side(NEGATIVE)
  const positive = side(POSITIVE)
  let zeros = 0
  for (const { words, at } of sketches) zeros += words[2 * at + ZEROS]! >>> 0
  const last = [...negative, ...positive].reduce((total, bins) => total + totalOf(bins), zeros) - 1
  const found: number[] = []
  let below = 0
  const pass = (count: number, value: () => number) => {
    below += count
    while (found.length < quantiles.length && quantiles[found.length]! * last < below) found.push(value())
  }
  walk(negative, -1, (index, count) => pass(count, () => -middle(index)))
  if (zeros > 0) pass(zeros, () => 0)
  walk(positive, 1, (index, count) => pass(count, () => middle(index)))
  return quantiles.map((_, i) => found[i] ?? NaN)
}

/** Visits the bins of all that have a count, upwards or downwards. */
function walk(all: readonly Cells[], step: 1 | -1, each: (index: number, count: number) => void): void {
  const lows = all.map(lowestOf)
  const highs = all.map(highestOf)
  const low = Math.min(...lows)
  const high = Math.max(...highs)
  for (let index = step > 0 ? low : high; index >= low && index <= high; index += step) {
    let count = 0
    let isBetween = true
    for (let i = 0; i < all.length; i++) {
      if (index < lows[i]! || index > highs[i]!) continue
      isBetween = false
      count += countOf(all[i]!, index)
    }
    if (count > 0) each(index, count)
    // What lies between ranges may be much longer than they are.
    else if (isBetween) index = beyondGap(index, step, lows, highs) - step
  }
}

function beyondGap(index: number, step: 1 | -1, lows: readonly number[], highs: readonly number[]): number {
  if (step > 0) return Math.min(...lows.filter((low) => low > index))
  return Math.max(...highs.filter((high) => high < index))
}

/** The value that is within the relative error of everything in a bin. */
function middle(index: number): number {
  return Math.min(Math.exp(index / BINS_PER_E - LOG_MIDDLE), Number.MAX_VALUE)
}
