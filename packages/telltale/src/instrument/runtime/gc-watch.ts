import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks'

/** The kinds of garbage collection that Node tells apart. */
export const gcKinds = ['major', 'minor', 'incremental', 'weakcb'] as const

export type GcKind = (typeof gcKinds)[number]

/** Is told of one garbage collection. */
export type GcListener = (kind: GcKind, seconds: number) => void

// V8's number for a minor collection by mark and sweep, which Node has no constant for.
const MINOR_MARK_SWEEP = 2

const kindsByNumber: ReadonlyMap<unknown, GcKind> = new Map([
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [MINOR_MARK_SWEEP, 'minor'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
])

/** Tells its listeners of every garbage collection, each one exactly once, one turn of the event loop after it. */
export class GcWatch {
  readonly #listeners = new Set<GcListener>()
  readonly #observer: PerformanceObserver

  constructor() {
    this.#observer = new PerformanceObserver((list) => this.#tell(list.getEntries()))
    this.#observer.observe({ entryTypes: ['gc'] })
  }

  static get isSupported(): boolean {
    const types: unknown = Reflect.get(PerformanceObserver, 'supportedEntryTypes')
    return Array.isArray(types) && types.includes('gc')
  }

  add(listener: GcListener): void {
    this.#listeners.add(listener)
  }

  delete(listener: GcListener): void {
    this.#listeners.delete(listener)
  }

  stop(): void {
    this.#observer.disconnect()
  }

  #tell(entries: readonly PerformanceEntry[]): void {
    for (const entry of entries) {
      const kind = kindsByNumber.get(kindNumber(entry))
      if (kind === undefined) continue
      for (const listener of this.#listeners) listener(kind, entry.duration / 1000)
    }
  }
}

function kindNumber(entry: PerformanceEntry): unknown {
  const detail: unknown = 'detail' in entry ? entry.detail : undefined
  return typeof detail === 'object' && detail !== null && 'kind' in detail ? detail.kind : undefined
}
