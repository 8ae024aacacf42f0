import { shown } from '../model/metric-name.js'

/** Brings values in before each scrape; one callback may feed many families. */
export interface Collector {
  /** Names the collector in `telltale_collector_errors_total` and in warnings. */
  readonly name: string
  /**
   * Metrics that only this collector feeds: left out of a scrape for which it failed, rather than served stale. The
   * collector ends when the last of them is taken out of the registry.
   */
  readonly families?: readonly { readonly name: string }[]
  collect(): void | Promise<void>
  /** Called once when the collector is taken out, by its `stop()`, with its families or by `Registry.clear()`. */
  stopped?(): void
}

/** A collector that could not be run to its end. */
export interface CollectorFailure {
  readonly collector: Collector
  readonly reason: 'error' | 'timeout'
  readonly detail: string
}

interface Entry {
  readonly collector: Collector
  /** Settles with what went wrong, if anything. */
  running: Promise<string | undefined> | undefined
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

  /** Runs every collector, and resolves with those that failed after at most `seconds`. Never rejects. */
  async run(seconds: number): Promise<readonly CollectorFailure[]> {
    const failures: CollectorFailure[] = []
    const pending: Promise<void>[] = []
    const late = new Set<Collector>()
    for (const entry of [...this.#entries]) {
      const { collector } = entry
      if (!this.#entries.has(entry)) continue
      const settle = (detail: string | undefined) => {
        late.delete(collector)
        if (detail !== undefined) failures.push({ collector, reason: 'error', detail })
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
    return failures
  }

  #remove(entry: Entry): void {
    if (this.#entries.delete(entry)) entry.collector.stopped?.()
  }
}

/** Starts a collector, or joins its run when it is still under way; gives what went wrong, if anything. */
function start(entry: Entry): Promise<string | undefined> | string | undefined {
  if (entry.running !== undefined) return entry.running
  try {
    const result = entry.collector.collect()
    if (result === undefined) return undefined
    entry.running = Promise.resolve(result)
      .then(() => undefined, thrown)
      .finally(() => {
        entry.running = undefined
      })
    return entry.running
  } catch (error) {
    return thrown(error)
  }
}

function thrown(error: unknown): string {
  return `threw ${error instanceof Error ? error.message : shown(error)}`
}

async function settled(pending: readonly Promise<void>[], seconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const expiry = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(Math.max(0, seconds * 1000), LONGEST_WAIT_MS))
  })
  await Promise.race([Promise.all(pending), expiry])
  clearTimeout(timer)
}
