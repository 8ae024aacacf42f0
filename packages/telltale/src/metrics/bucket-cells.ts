import type { CellMemory, SeriesCells } from './cell-place.js'
import type { Exemplar } from './exemplar.js'
import type { SeriesIdentity, Sink } from './sample-line.js'
import { wideBuckets } from './wide-buckets.js'

/** Writes cumulative counts, the sum and the count, which is their total, so that they can never disagree. */
export function emitBuckets(
  count: number,
  sink: Sink,
  series: SeriesIdentity & SeriesCells,
  memory: CellMemory,
  exemplars: readonly (Exemplar | undefined)[],
): void {
  const { words, wordAt } = series
  // A thread that cannot know of their chunk shows the counts of just before.
  const wide = wideBuckets(memory, words, wordAt, count)
  let cumulative = 0
  for (let i = 0; i < count; i++) {
    cumulative += wide === undefined ? words[wordAt + i]! >>> 0 : wide[i]!
    sink.sample(i, series, cumulative, exemplars[i])
  }
  sink.sample(count, series, series.cells[series.at]!)
  sink.sample(count + 1, series, cumulative)
}

/** Cumulative counts of all buckets but the last one. */
export function finiteBuckets(
  count: number,
  { words, wordAt }: SeriesCells,
  memory: CellMemory,
): readonly number[] {
  const wide = wideBuckets(memory, words, wordAt, count)
  const cumulative: number[] = []
  let total = 0
  for (let i = 0; i < count - 1; i++) {
    total += wide === undefined ? words[wordAt + i]! >>> 0 : wide[i]!
    cumulative.push(total)
  }
  return cumulative
}
