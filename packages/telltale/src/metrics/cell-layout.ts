import type { Exemplar } from './exemplar.js'
import { noExemplars } from './exemplar-slots.js'
import type { SeriesIdentity, Sink } from './sample-line.js'
import { wideBuckets } from './wide-buckets.js'

/**
 * How the cells of a series become its lines, as plain data, so that a thread which has the cells can write the lines
 * by itself: one cell for each line, or a word for each bucket, `+Inf` included, and a cell for the sum. A word more
 * says where the buckets are instead, once one of them is too large for a word.
 */
export type CellLayout =
  | { readonly kind: 'lines'; readonly count: number }
  | { readonly kind: 'buckets'; readonly count: number }

/** Where the cells and the words of a series begin. */
export interface SeriesCells {
  readonly cells: Float64Array
  readonly at: number
  readonly words: Int32Array
  readonly wordAt: number
}

/** How many cells a series of this layout has. */
export function cellsOf({ kind, count }: CellLayout): number {
  return kind === 'lines' ? count : 1
}

/** How many words a series of this layout has. */
export function wordsOf({ kind, count }: CellLayout): number {
  return kind === 'lines' ? 0 : count + 1
}

/** Writes the lines of one series; `memory` is what it is in. */
export function emitCells(
  { kind, count }: CellLayout,
  sink: Sink,
  series: SeriesIdentity & SeriesCells,
  memory: { readonly chunks: readonly Float64Array[] },
  exemplars: readonly (Exemplar | undefined)[] = noExemplars,
): void {
  if (kind === 'buckets') emitBuckets(count, sink, series, memory, exemplars)
  else for (let i = 0; i < count; i++) sink.sample(i, series, series.cells[series.at + i]!, exemplars[i])
}

/** Writes cumulative counts, the sum and the count, which is their total, so that they can never disagree. */
export function emitBuckets(
  count: number,
  sink: Sink,
  series: SeriesIdentity & SeriesCells,
  memory: { readonly chunks: readonly Float64Array[] },
  exemplars: readonly (Exemplar | undefined)[],
): void {
  const { words, wordAt } = series
  // A thread that has not been told of their chunk yet shows the counts of just before.
  const wide = wideBuckets(memory, words, wordAt, count)
  let cumulative = 0
  for (let i = 0; i < count; i++) {
    cumulative += wide === undefined ? words[wordAt + i]! >>> 0 : wide[i]!
    sink.sample(i, series, cumulative, exemplars[i])
  }
  sink.sample(count, series, series.cells[series.at]!)
  sink.sample(count + 1, series, cumulative)
}
