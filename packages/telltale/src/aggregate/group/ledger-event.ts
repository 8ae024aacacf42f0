import type { SeriesSnapshot } from '../family-snapshot.js'
import type { GroupDefinition, ProcessUpdate } from './process-update.js'

/** A process is there, under the lowest number that was free. */
export interface ProcessEntered {
  readonly kind: 'entered'
  readonly process: string
  readonly worker: number
}

/** What a process has counted changed. */
export interface ProcessUpdated {
  readonly kind: 'updated'
  readonly process: string
  readonly update: ProcessUpdate
}

/** A process is not connected; it may come back. */
export interface ProcessDeparted {
  readonly kind: 'departed'
  readonly process: string
}

/** A process will not be heard of again. */
export interface ProcessEnded {
  readonly kind: 'ended'
  readonly process: string
}

/** What is left of ended processes of one family. */
export interface RemnantKnown {
  readonly kind: 'remnant'
  readonly definition: GroupDefinition
  readonly series: readonly SeriesSnapshot[]
}

/** How many clashes of definitions there were, by metric. */
export interface ClashesKnown {
  readonly kind: 'clashes'
  readonly counts: readonly (readonly [metric: string, count: number])[]
}

/** Another process leads, and knows what those before it knew; how many there were with it. */
export interface ReignBegan {
  readonly kind: 'reign'
  readonly reign: number
}

/**
 * What happens to a ledger. Two ledgers that take the same events in the same order are the same, which is how
 * another process knows what the one that serves a group knows.
 */
export type LedgerEvent =
  | ProcessEntered
  | ProcessUpdated
  | ProcessDeparted
  | ProcessEnded
  | RemnantKnown
  | ClashesKnown
  | ReignBegan
