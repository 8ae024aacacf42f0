import { emitBuckets, finiteBuckets } from './bucket-cells.js'
import { type CellMemory, cellsAt, type SeriesCells } from './cell-place.js'
import type { Exemplar } from './exemplar.js'
import { newestExemplars } from './exemplar-slots.js'
import { type NativeForm, nativeHistogram } from './native-table.js'
import type { SeriesIdentity, Sink } from './sample-line.js'

/**
 * Cells and words as for buckets, and a word more, which is the place of the native ones; without a place there are
 * none yet, and they would be counted by what the layout says.
 */
export interface NativeCells extends NativeForm {
  readonly kind: 'native'
  readonly count: number
}

/**
 * Writes what was counted in native buckets, and then the classic ones and a count, which is the total of the native
 * ones: one value may be recorded while this reads, and both forms share their count in the formats. A thread that
 * cannot know of the chunk with the native buckets leaves them out.
 */
export function emitNative(
  layout: NativeCells,
  sink: Sink,
  series: SeriesIdentity & SeriesCells,
  memory: CellMemory,
  exemplars: readonly (Exemplar | undefined)[],
): void {
  const { count } = layout
  const newest = newestExemplars(exemplars)
  if (newest.length > 0) sink.exemplars?.(series, newest)
  const ofLines = count === 1 ? newest.slice(-1) : exemplars
  // Before the native ones: an observation is counted there first.
  const cumulative = finiteBuckets(count, series, memory)
  const place = series.words[series.wordAt + count + 1]!
  const table = cellsAt(memory, place)
  if (table === undefined && place !== 0) {
    emitBuckets(count, sink, series, memory, ofLines)
    return
  }
  const sum = series.cells[series.at]!
  const native = nativeHistogram(table, layout, sum)
  sink.native?.(series, native)
  for (let i = 0; i < count - 1; i++) {
    sink.sample(i, series, Math.min(cumulative[i]!, native.count), ofLines[i])
  }
  sink.sample(count - 1, series, native.count, ofLines[count - 1])
  sink.sample(count, series, sum)
  sink.sample(count + 1, series, native.count)
}
