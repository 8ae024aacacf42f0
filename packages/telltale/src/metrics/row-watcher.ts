import type { CellLayout } from './cell-layout.js'
import type { ExemplarStore } from './exemplar-store.js'
import type { RowChunk } from './row-chunk.js'
import type { RowTable } from './row-table.js'
import type { Family } from './sample-line.js'
import type { Slab } from './slab.js'

/** A family whose series are rows of shared memory. */
export interface CellFamily extends Family {
  /** How the cells of a row become its lines; `undefined` for a family that keeps some of its values elsewhere. */
  readonly layout: CellLayout | undefined
  readonly exemplars: ExemplarStore | undefined
  /** The memory that it is in. */
  readonly slab: Slab
  readonly table: RowTable
  /** Which cell of a row says when it began, where its registry keeps that. */
  readonly createdAt: number | undefined
}

/** Hears what there is to look at for readers of shared memory, at the very moment. Must not throw. */
export interface RowWatcher {
  familyEntered(family: Family): void
  /** Before its memory is freed. */
  familyLeft(family: Family): void
  /** Before the first of these rows is taken. */
  rowsAdded(family: CellFamily, rows: RowChunk): void
}
