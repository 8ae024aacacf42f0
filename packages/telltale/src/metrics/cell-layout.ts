import type { Exemplar } from './exemplar.js'
import { noExemplars } from './exemplar-slots.js'
import type { SeriesIdentity, Sink } from './sample-line.js'
import type { Cells } from './slab.js'

/**
 * How the cells of a series become its lines, as plain data, so that a thread which has the cells can write the lines
 * by itself: one cell for each line, or one for each bucket, `+Inf` included, and then the sum.
 */
export type CellLayout =
  | { readonly kind: 'lines'; readonly count: number }
  | { readonly kind: 'buckets'; readonly count: number }

/** How many cells a series of this layout has. */
export function cellCount({ kind, count }: CellLayout): number {
  return kind === 'lines' ? count : count + 1
}

/** Writes the lines of one series. */
export function emitCells(
  { kind, count }: CellLayout,
  sink: Sink,
  series: SeriesIdentity,
  { values, at }: Cells,
  exemplars: readonly (Exemplar | undefined)[] = noExemplars,
): void {
  if (kind === 'buckets') emitBuckets(count, sink, series, values, at, exemplars)
  else for (let i = 0; i < count; i++) sink.sample(i, series, values[at + i]!, exemplars[i])
}

/** Writes cumulative counts, the sum and the count, which is their total, so that they can never disagree. */
export function emitBuckets(
  count: number,
  sink: Sink,
  series: SeriesIdentity,
  values: Float64Array,
  at: number,
  exemplars: readonly (Exemplar | undefined)[],
): void {
  let cumulative = 0
  for (let i = 0; i < count; i++) {
    cumulative += values[at + i]!
    sink.sample(i, series, cumulative, exemplars[i])
  }
  sink.sample(count, series, values[at + count]!)
  sink.sample(count + 1, series, cumulative)
}
