import { emitBuckets } from './bucket-cells.js'
import type { CellMemory, SeriesCells } from './cell-place.js'
import type { Exemplar } from './exemplar.js'
import { noExemplars } from './exemplar-slots.js'
import { type ExpiringCells, emitExpiring } from './expiring-cells.js'
import { emitNative, type NativeCells } from './native-cells.js'
import type { SeriesIdentity, Sink } from './sample-line.js'
import { emitSummary, type SummaryCells } from './summary-cells.js'
import { WINDOW_PARTS } from './summary-window.js'

/**
 * How the cells of a series become its lines, as plain data, so that a thread which has the cells can write the lines
 * by itself. What stands in other cells than those of the row is found by places in its words.
 */
export type CellLayout =
  /** One cell for each line. */
  | { readonly kind: 'lines'; readonly count: number }
  /** No cell, and one line that is always 1. */
  | { readonly kind: 'one' }
  /**
   * A word for each bucket, `+Inf` included, and a cell for the sum. A word more is the place of the buckets instead,
   * once one of them is too large for a word.
   */
  | { readonly kind: 'buckets'; readonly count: number }
  | NativeCells
  | SummaryCells
  | ExpiringCells

/** How many cells a series of this layout has. */
export function cellsOf(layout: CellLayout): number {
  switch (layout.kind) {
    case 'lines':
      return layout.count
    case 'one':
      return 0
    case 'summary':
    case 'expiring':
      return 2
    default:
      return 1
  }
}

/** How many words a series of this layout has. */
export function wordsOf(layout: CellLayout): number {
  switch (layout.kind) {
    case 'buckets':
      return layout.count + 1
    case 'native':
      return layout.count + 2
    case 'summary':
      return WINDOW_PARTS
    default:
      return 0
  }
}

/** Writes the lines of one series as they are now; `memory` is what it is in. */
export function emitCells(
  layout: CellLayout,
  sink: Sink,
  series: SeriesIdentity & SeriesCells,
  memory: CellMemory,
  exemplars: readonly (Exemplar | undefined)[] = noExemplars,
): void {
  switch (layout.kind) {
    case 'lines':
      for (let i = 0; i < layout.count; i++) {
        sink.sample(i, series, series.cells[series.at + i]!, exemplars[i])
      }
      return
    case 'one':
      sink.sample(0, series, 1)
      return
    case 'buckets':
      emitBuckets(layout.count, sink, series, memory, exemplars)
      return
    case 'native':
      emitNative(layout, sink, series, memory, exemplars)
      return
    case 'summary':
      emitSummary(layout, sink, series, memory, exemplars)
      return
    case 'expiring':
      emitExpiring(layout, sink, series)
  }
}
