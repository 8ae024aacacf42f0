import { processSeconds } from '../model/clock.js'
import { type CellMemory, cellsAt, type SeriesCells } from './cell-place.js'
import type { Exemplar } from './exemplar.js'
import { newestExemplars } from './exemplar-slots.js'
import type { SeriesIdentity, Sink } from './sample-line.js'
import { quantilesOf } from './sketch.js'
import type { Cells } from './slab.js'
import { isPast, periodAt, WINDOW_PARTS } from './summary-window.js'

/** Cells for the count and the sum of everything, and words with the places of the sketches of the window. */
export interface SummaryCells {
  readonly kind: 'summary'
  readonly quantiles: readonly number[]
  /** How long a period is. */
  readonly partSeconds: number
  /** How many seconds the clock of the process is ahead of the one that the periods are of. */
  readonly clockAhead: number
}

/** Writes the quantiles of the window, the sum and the count; `now` is of the clock that the periods are of. */
export function emitSummary(
  layout: SummaryCells,
  sink: Sink,
  series: SeriesIdentity & SeriesCells,
  memory: CellMemory,
  exemplars: readonly (Exemplar | undefined)[],
  now = processSeconds() - layout.clockAhead,
): void {
  const { quantiles } = layout
  const newest = newestExemplars(exemplars)
  if (newest.length > 0) sink.exemplars?.(series, newest)
  const period = periodAt(layout.partSeconds, now)
  const sketches: Cells[] = []
  for (let part = 0; part < WINDOW_PARTS; part++) {
    const sketch = cellsAt(memory, series.words[series.wordAt + part]!)
    if (sketch !== undefined && !isPast(sketch, period)) sketches.push(sketch)
  }
  const values = quantilesOf(memory, sketches, quantiles)
  for (let i = 0; i < values.length; i++) sink.sample(i, series, values[i]!)
  const { cells, at } = series
  sink.sample(quantiles.length, series, cells[at + 1]!)
  sink.sample(quantiles.length + 1, series, cells[at]!)
}
