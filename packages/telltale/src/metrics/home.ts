import type { Clock } from '../model/clock.js'
import type { ErrorCode } from '../model/error-code.js'
import type { NameRule } from '../model/name-escaping.js'
import type { DropReason } from './drop-reason.js'
import type { LabelTexts } from './label-texts.js'
import type { RowWatcher } from './row-watcher.js'
import type { Family } from './sample-line.js'
import type { Slab } from './slab.js'

/**
 * What a metric needs of the registry it lives in. `Registry` implements it; the metrics floor knows no more, so
 * that imports run one way.
 */
export interface Home {
  readonly slab: Slab
  /** The label values of all its metrics, in that slab. */
  readonly texts: LabelTexts
  readonly clock: Clock
  /** Which names metrics and labels may have; legacy ones when left out. */
  readonly names?: NameRule
  /** Whether series remember when they were made. */
  readonly createdTimes?: boolean
  /** Who hears of the memory that rows are in; nobody when left out. */
  readonly watcher?: RowWatcher | undefined
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
