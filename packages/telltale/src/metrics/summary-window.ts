import { cellsAt, publish } from './cell-place.js'
import { copySketch, freeSketch, subjectOf } from './sketch.js'
import type { Cells, Slab } from './slab.js'

/*
 * The window of a summary. Time is cut into periods, and the sketch of a period is named by the word of its number
 * modulo the number of parts. A sketch says which period it is of, so that a reader leaves out what the window has left
 * behind, however long nobody has recorded.
 */

/** How many sketches there are in a window, each for a part of it. */
export const WINDOW_PARTS = 5

/** The number of the period at a time. */
export function periodAt(partSeconds: number, seconds: number): number {
  return Math.floor(seconds / partSeconds)
}

/** Which of the words of a series is for a period. */
export function partOf(period: number): number {
  // Also where the clock has numbers below zero.
  return ((period % WINDOW_PARTS) + WINDOW_PARTS) % WINDOW_PARTS
}

/** Whether the window, in this period, has left a sketch behind. */
export function isPast(sketch: Cells, period: number): boolean {
  return subjectOf(sketch) <= period - WINDOW_PARTS
}

/** Gives back the sketches of a series that are past in this period. */
export function forgetPast(slab: Slab, words: Int32Array, wordAt: number, period: number): void {
  for (let word = wordAt; word < wordAt + WINDOW_PARTS; word++) {
    const sketch = cellsAt(slab, words[word]!)
    if (sketch === undefined || !isPast(sketch, period)) continue
    Atomics.store(words, word, 0)
    freeSketch(slab, sketch)
  }
}

/** Moves the sketches of a series from another slab, whose places are in its words still. */
export function moveWindow(from: Slab, to: Slab, words: Int32Array, wordAt: number): void {
  for (let word = wordAt; word < wordAt + WINDOW_PARTS; word++) {
    const sketch = cellsAt(from, words[word]!)
    if (sketch === undefined) continue
    publish(to, words, word, copySketch(from, to, sketch))
    freeSketch(from, sketch)
  }
}
