import type { Family } from '../metrics/family.js'
import { shown } from '../model/metric-name.js'

/**
 * What a collector returns: nothing when it brought values into metrics that are there, or families of its own,
 * which are shown in this scrape and are in no registry.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a collector that returns nothing is the usual one.
export type Collected = void | readonly Family[]

/** Brings values in before each scrape; one callback may feed many families. */
export interface Collector {
  /** Names the collector in `telltale_collector_errors_total` and in warnings. */
  readonly name: string
  /**
   * Metrics that only this collector feeds: left out of a scrape for which it failed, rather than served stale. The
   * collector ends when the last of them is taken out of the registry.
   */
  readonly families?: readonly { readonly name: string }[]
  collect(): Collected | Promise<Collected>
  /** Called once when the collector is taken out, by its `stop()`, with its families or by `Registry.clear()`. */
  stopped?(): void
}

/** A collector that could not be run to its end, or whose families could not be shown. */
export interface CollectorFailure {
  readonly collector: Collector
  readonly reason: 'error' | 'timeout' | 'name_clash'
  readonly detail: string
}

/** What a collector brought to a scrape. */
export interface CollectorYield {
  readonly collector: Collector
  readonly families: readonly Family[]
}

/** How the collectors of one scrape ended. */
export interface CollectorRun {
  readonly failures: readonly CollectorFailure[]
  readonly yields: readonly CollectorYield[]
}

/** How one run of a collector ended. */
interface Outcome {
  /** What went wrong, if anything. */
  readonly fault?: string
  readonly families?: readonly Family[]
}

interface Entry {
  readonly collector: Collector
  running: Promise<Outcome> | undefined
}

// What a timer of Node.js can wait at most; with more it would fire at once.
const LONGEST_WAIT_MS = 2 ** 31 - 1

/**
 * The collectors of a registry. Each runs by itself: one that throws or hangs costs its own families that scrape
 * and nothing else, and a hanging one is not started a second time while it hangs.
 */
export class CollectorSet {
  readonly #entries = new Set<Entry>()

  add(collector: Collector): { stop(): void } {
    const entry: Entry = { collector, running: undefined }
    this.#entries.add(entry)
    return { stop: () => this.#remove(entry) }
  }

  /** Ends the collectors that fed this family and feed no other one that is still there. */
  familyGone(name: string, isThere: (name: string) => boolean): void {
    for (const entry of [...this.#entries]) {
      const families = entry.collector.families ?? []
      const fed = families.some((family) => family.name === name)
      if (fed && !families.some((family) => isThere(family.name))) this.#remove(entry)
    }
  }

  clear(): void {
    for (const entry of [...this.#entries]) this.#remove(entry)
  }

  /** Runs every collector, and resolves with how they ended after at most `seconds`. Never rejects. */
  async run(seconds: number): Promise<CollectorRun> {
    const failures: CollectorFailure[] = []
    const yields: CollectorYield[] = []
    const pending: Promise<void>[] = []
    const late = new Set<Collector>()
    for (const entry of [...this.#entries]) {
      const { collector } = entry
      if (!this.#entries.has(entry)) continue
      const settle = ({ fault, families }: Outcome) => {
        late.delete(collector)
        if (fault !== undefined) failures.push({ collector, reason: 'error', detail: fault })
        if (families !== undefined) yields.push({ collector, families })
      }
      const outcome = start(entry)
      if (outcome instanceof Promise) {
        late.add(collector)
        pending.push(outcome.then(settle))
      } else settle(outcome)
    }
    if (pending.length > 0) await settled(pending, seconds)
    for (const collector of late) {
      failures.push({ collector, reason: 'timeout', detail: `did not finish within ${seconds} s` })
    }
    return { failures, yields }
  }

  #remove(entry: Entry): void {
    if (this.#entries.delete(entry)) entry.collector.stopped?.()
  }
}

/** Starts a collector, or joins its run when it is still under way. */
function start(entry: Entry): Promise<Outcome> | Outcome {
  if (entry.running !== undefined) return entry.running
  try {
    const result = entry.collector.collect()
    if (result === undefined) return {}
    entry.running = Promise.resolve(result)
      .then(brought, thrown)
      .finally(() => {
        entry.running = undefined
      })
    return entry.running
  } catch (error) {
    return thrown(error)
  }
}

/** The families among what a collector returned, which may be anything where nobody checks types. */
function brought(result: unknown): Outcome {
  return Array.isArray(result) ? { families: result.filter(isFamily) } : {}
}

function isFamily(item: unknown): item is Family {
  return typeof item === 'object' && item !== null && 'emit' in item && 'lines' in item
}

function thrown(error: unknown): Outcome {
  return { fault: `threw ${error instanceof Error ? error.message : shown(error)}` }
}

async function settled(pending: readonly Promise<void>[], seconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expiry = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(Math.max(0, seconds * 1000), LONGEST_WAIT_MS))
  })
  await Promise.race([Promise.all(pending), expiry])
  clearTimeout(timer)
}
