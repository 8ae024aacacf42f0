import type { Clock } from '../model/clock.js'
import { shown } from '../model/metric-name.js'

/** Brings values in before each scrape; one callback may feed many families. */
export interface Collector {
  /** Names the collector in `telltale_collector_errors_total` and in warnings. */
  readonly name: string
  /** Metrics that only this collector feeds: left out of a scrape for which it failed, rather than served stale. */
  readonly families?: readonly { readonly name: string }[]
  collect(): void | Promise<void>
  /** Called once when the collector is taken out, by its `stop()` or by `Registry.clear()`. */
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
  running: Promise<void> | undefined
}

/**
 * The collectors of a registry. Each runs by itself: one that throws or hangs costs its own families that scrape
 * and nothing else, and a hanging one is not started a second time while it hangs.
 */
export class CollectorSet {
  readonly #clock: Clock
  readonly #entries = new Set<Entry>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(collector: Collector): { stop(): void } {
    const entry: Entry = { collector, running: undefined }
    this.#entries.add(entry)
    return { stop: () => this.#remove(entry) }
  }

  clear(): void {
    for (const entry of [...this.#entries]) this.#remove(entry)
  }

  /** Runs every collector, and resolves with those that failed after at most `seconds`. Never rejects. */
  async run(seconds: number): Promise<readonly CollectorFailure[]> {
    const failures: CollectorFailure[] = []
    const pending: Promise<void>[] = []
    const late = new Set<Collector>()
    for (const entry of this.#entries) {
      const running = this.#start(entry, failures)
      if (running === undefined) continue
      late.add(entry.collector)
      pending.push(running.then(() => void late.delete(entry.collector)))
    }
    if (pending.length > 0) await this.#settled(pending, seconds)
    for (const collector of late) {
      failures.push({ collector, reason: 'timeout', detail: `did not finish within ${seconds} s` })
    }
    return failures
  }

  #remove(entry: Entry): void {
    if (this.#entries.delete(entry)) entry.collector.stopped?.()
  }

  #start(entry: Entry, failures: CollectorFailure[]): Promise<void> | undefined {
    if (entry.running !== undefined) return entry.running
    const failed = (error: unknown) => {
      const detail = `threw ${error instanceof Error ? error.message : shown(error)}`
      failures.push({ collector: entry.collector, reason: 'error', detail })
    }
    try {
      const result = entry.collector.collect()
      if (result === undefined) return undefined
      entry.running = Promise.resolve(result).then(undefined, failed)
      return entry.running.finally(() => {
        entry.running = undefined
      })
    } catch (error) {
      failed(error)
      return undefined
    }
  }

  async #settled(pending: readonly Promise<void>[], seconds: number): Promise<void> {
    const deadline = this.#clock.monotonic() + seconds
    let timer: ReturnType<typeof setTimeout> | undefined
    const expiry = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.max(0, (deadline - this.#clock.monotonic()) * 1000))
    })
    await Promise.race([Promise.all(pending), expiry])
    clearTimeout(timer)
  }
}
