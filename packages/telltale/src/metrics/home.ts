import type { Clock } from '../model/clock.js'
import type { ErrorCode } from '../model/error-code.js'
import type { NameRule } from '../model/name-escaping.js'
import type { CellLayout } from './cell-layout.js'
import type { ExemplarStore } from './exemplar-store.js'
import type { Family } from './sample-line.js'
import type { Series } from './series.js'
import type { Slab } from './slab.js'

/** Why an observation was not recorded. */
export type DropReason =
  | 'not_a_number'
  | 'not_finite'
  | 'negative'
  | 'label_name'
  | 'label_value'
  | 'series_limit'

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

/**
 * What a metric needs of the registry it lives in. `Registry` implements it; the metrics floor knows no more, so
 * that imports run one way.
 */
export interface Home {
  readonly slab: Slab
  readonly clock: Clock
  /** Which names metrics and labels may have; legacy ones when left out. */
  readonly names?: NameRule
  /** Whether series remember when they were made. */
  readonly createdTimes?: boolean
  /** Who hears of series; nobody when left out. */
  readonly watcher?: SeriesWatcher | undefined
  /** Takes the family in, or throws `TELLTALE_METRIC_EXISTS` or `TELLTALE_NAME_CLASH` and changes nothing. */
  register(family: Family): void
  /** Runs `collect` before each scrape; `families` are left out where it fails, and end it with the last of them. */
  addCollector(collector: {
    readonly name: string
    readonly families?: readonly { readonly name: string }[]
    collect(): void | Promise<void>
  }): { stop(): void }
  /** Counts an observation that could not be recorded and warns of it once, or throws in a strict registry. */
  dropped(metric: string, reason: DropReason, code: ErrorCode, message: string): void
}

const slot = Symbol.for('telltale.default-registry.1')

/** The process-wide home, the same for every loaded copy of the package, in ESM and CommonJS alike. */
export function defaultHome(): Home {
  const home = (globalThis as Record<symbol, unknown>)[slot]
  if (home === undefined) throw new Error('BUG: no default registry was installed')
  return home as Home
}

/** Installs `create()` as the process-wide home unless there is one, and returns the one that holds. */
export function installDefaultHome<H extends Home>(create: () => H): H {
  const global = globalThis as Record<symbol, unknown>
  global[slot] ??= create()
  return global[slot] as H
}
