import type { FamilyDefinition, SeriesSnapshot } from '../family-snapshot.js'

/** A family of one process, as it goes to its group. */
export interface GroupDefinition extends FamilyDefinition {
  /** Whether each process is shown by itself, by the label `worker`. */
  readonly perProcess: boolean
}

/** A series that is new, or whose values changed. */
export interface SeriesChange extends Omit<SeriesSnapshot, 'values' | 'rests' | 'processes'> {
  /** A number of the process's own, which it keeps for as long as it is connected. */
  readonly id: number
  /** The label values, the first time. */
  readonly values?: readonly string[]
  /** Where a ledger tells another one of it: it is not shown. */
  readonly state?: 'removed' | 'absent'
}

/** What changed in one family. */
export interface FamilyChange {
  readonly id: number
  /** What it is, the first time. */
  readonly definition?: GroupDefinition
  readonly series: readonly SeriesChange[]
  /** Series that are gone. */
  readonly removed?: readonly number[]
  /** The family is not shown at present, or is gone. */
  readonly absent?: true
}

/** What changed in one process since the update before. */
export interface ProcessUpdate {
  /** All that there is follows, in this and further updates, under new numbers. */
  readonly begins?: true
  readonly families: readonly FamilyChange[]
  /** All that there is has been said. */
  readonly ends?: true
}
