import type { CellLayout } from './cell-layout.js'
import type { SeriesCells } from './cell-place.js'
import type { ExemplarStore } from './exemplar-store.js'
import type { Family } from './sample-line.js'
import type { Slab } from './slab.js'

/** A family all of whose values are in cells, so that another thread can read them. Its series are named by row. */
export interface CellFamily extends Family {
  /** `undefined` for a family that keeps some of its values elsewhere. */
  readonly layout: CellLayout | undefined
  readonly exemplars: ExemplarStore | undefined
  /** The memory that it is in. */
  readonly slab: Slab
  /** The series of now. */
  readonly rows: Iterable<number>
  /** Another number for each series of a row; 0 when there is none. */
  birthOf(row: number): number
  cellsOf(row: number): SeriesCells
  valuesOf(row: number): readonly string[]
  /** When a series began, in seconds since 1970-01-01T00:00:00Z, where the registry keeps that. */
  beganAt(row: number): number | undefined
}

/** Hears what comes into sight of scrapes and what goes, at the very moment. Must not throw. */
export interface SeriesWatcher {
  familyEntered(family: Family): void
  familyLeft(family: Family): void
  seriesEntered(family: CellFamily, row: number): void
  /** Before its cells are freed. */
  seriesLeft(family: CellFamily, row: number): void
  /** The series began again at zero. */
  seriesBegan(family: CellFamily, row: number): void
}
