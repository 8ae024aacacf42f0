import type { CellLayout } from './cell-layout.js'
import type { ExemplarStore } from './exemplar-store.js'
import type { Family } from './sample-line.js'
import type { Series } from './series.js'

/** A family all of whose values are in cells, so that another thread can read them. */
export interface CellFamily extends Family {
  /** `undefined` for a family that keeps some of its values elsewhere. */
  readonly layout: CellLayout | undefined
  readonly exemplars: ExemplarStore<Series> | undefined
  /** The series of now. */
  readonly series: readonly Series[]
  /** When a series began, in seconds since 1970-01-01T00:00:00Z, where the registry keeps that. */
  beganAt(series: Series): number | undefined
}

/** Hears what comes into sight of scrapes and what goes, at the very moment. Must not throw. */
export interface SeriesWatcher {
  familyEntered(family: Family): void
  familyLeft(family: Family): void
  seriesEntered(family: CellFamily, series: Series): void
  /** Before its cells are freed. */
  seriesLeft(family: CellFamily, series: Series): void
  /** The series began again at zero. */
  seriesBegan(family: CellFamily, series: Series): void
}
