import type { CellLayout } from '../../metrics/cell-layout.js'
import type { Exemplar } from '../../metrics/exemplar.js'
import type { FamilyHeader } from '../../metrics/sample-line.js'
import type { NameRule } from '../../model/name-escaping.js'
import type { FamilySnapshot } from '../family-snapshot.js'

/** Where the cells of a series are: in which chunk of its registry's shared memory, and from which one on. */
export interface CellPlace {
  readonly chunk: number
  readonly at: number
}

/** A series that came into sight. Its place names it until it leaves. */
export interface SeriesEntry extends CellPlace {
  readonly family: number
  /** Where its words begin in the same chunk. */
  readonly wordAt: number
  /** The label values in the order of the family's label names. */
  readonly values: readonly string[]
  /** When it began, in seconds since 1970-01-01T00:00:00Z, where its registry keeps that. */
  readonly began?: number | undefined
}

/** The exemplars of one series, one for each of its first lines. */
export interface SeriesExemplars extends CellPlace {
  readonly family: number
  readonly exemplars: readonly (Exemplar | undefined)[]
  /** How long each of them is shown after its time. */
  readonly retentionSeconds: number
}

/**
 * What one scrape of the registry shows, in this order: a family by its number where a reader has its cells, any
 * other as data.
 */
export interface Gathered {
  readonly families: readonly (number | FamilySnapshot)[]
  readonly defaultLabels: Readonly<Record<string, string>>
  readonly exemplars: readonly SeriesExemplars[]
}

/** One change of a registry, as plain data with shared memory in it: any thread of the process can take it. */
export type FeedEvent =
  | { readonly kind: 'registry'; readonly names: NameRule; readonly openMetrics2: boolean }
  | { readonly kind: 'chunk'; readonly memory: ArrayBufferLike }
  | {
      readonly kind: 'family'
      readonly family: number
      readonly header: FamilyHeader
      readonly layout: CellLayout
    }
  | { readonly kind: 'family-left'; readonly family: number }
  | ({ readonly kind: 'series' } & SeriesEntry)
  | ({ readonly kind: 'series-left'; readonly family: number } & CellPlace)
  | ({ readonly kind: 'series-began'; readonly family: number; readonly began: number } & CellPlace)
  | ({ readonly kind: 'gathered' } & Gathered)

/** Events in the order in which they happened. Who takes them in says so with the number, once they are taken in. */
export interface FeedBatch {
  readonly number: number
  readonly events: readonly FeedEvent[]
}
