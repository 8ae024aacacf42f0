import type { CellLayout } from '../../metrics/cell-layout.js'
import type { Exemplar } from '../../metrics/exemplar.js'
import type { RowShape } from '../../metrics/row-chunk.js'
import type { FamilyHeader } from '../../metrics/sample-line.js'
import type { NameRule } from '../../model/name-escaping.js'
import type { FamilySnapshot } from '../family-snapshot.js'

/** Where something begins in the shared memory of its registry: in which chunk, and at which cell of it. */
export interface Place {
  readonly chunk: number
  readonly at: number
}

/** A family whose series are rows of shared memory, by a number of its own. */
export interface FamilyEntry {
  readonly family: number
  readonly header: FamilyHeader
  readonly layout: CellLayout
  readonly shape: RowShape
  /** Which cell of a row says when it began, where its registry keeps that. */
  readonly createdAt: number | undefined
  /** The head of its table. */
  readonly head: Place & { readonly serial: number }
}

/** More memory for the rows of a family; the pieces of a family come in their order. */
export interface RowsEntry extends Place {
  readonly family: number
  /** The index of the first row, and of the one behind the last. */
  readonly first: number
  readonly end: number
}

/** The exemplars of one series, one for each of its first lines; none when it has none any more. */
export interface SeriesExemplars {
  readonly family: number
  readonly row: number
  readonly birth: number
  /** When the series began, in seconds since 1970-01-01T00:00:00Z, where its registry keeps that. */
  readonly began: number | undefined
  readonly exemplars: readonly (Exemplar | undefined)[]
  /** How long each of them is shown after its time. */
  readonly retentionSeconds: number
}

/**
 * What one scrape of the registry shows, in this order: a family by its number where a reader has its rows, any other
 * as data.
 */
export interface Gathered {
  readonly families: readonly (number | FamilySnapshot)[]
  readonly defaultLabels: Readonly<Record<string, string>>
  readonly exemplars: readonly SeriesExemplars[]
}

/** One change of a registry, as plain data with shared memory in it: any thread of the process can take it. */
export type FeedEvent =
  | {
      readonly kind: 'registry'
      readonly names: NameRule
      readonly openMetrics2: boolean
      /** The memory of visits, for each reader that there may be at the same time. */
      readonly visits: readonly SharedArrayBuffer[]
    }
  | { readonly kind: 'chunk'; readonly memory: ArrayBufferLike }
  | ({ readonly kind: 'family' } & FamilyEntry)
  | ({ readonly kind: 'rows' } & RowsEntry)
  | { readonly kind: 'family-left'; readonly family: number }
  | ({ readonly kind: 'gathered' } & Gathered)
