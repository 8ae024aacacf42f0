import { processSeconds } from '../model/clock.js'
import type { SeriesCells } from './cell-place.js'
import type { SeriesIdentity, Sink } from './sample-line.js'

/** A cell for the value, and one for when it was set. */
export interface ExpiringCells {
  readonly kind: 'expiring'
  readonly expireAfterSeconds: number
  /** How many seconds the clock of the process is ahead of the one that says when it was set. */
  readonly clockAhead: number
}

/** Writes the value unless it was not set for too long; `now` is of the clock that says when it was set. */
export function emitExpiring(
  { expireAfterSeconds, clockAhead }: ExpiringCells,
  sink: Sink,
  series: SeriesIdentity & SeriesCells,
  now = processSeconds() - clockAhead,
): void {
  const { cells, at } = series
  if (cells[at + 1]! >= now - expireAfterSeconds) sink.sample(0, series, cells[at]!)
}
