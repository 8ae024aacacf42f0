import { identifiersIn } from './grafana-text.js'
import { regExpOf } from './metric-selection.js'
import type { SelectorUse, Uses } from './metric-use.js'

/** Who uses metrics. */
export type UseSource = 'rule' | 'dashboard' | 'query log' | 'keep-list'

/** One expression that uses metrics. */
export interface UsePlace {
  readonly source: UseSource
  /** `alert HighErrorRate in alert_rules.yml`. */
  readonly name: string
  readonly text: string
}

/** How one metric is used. */
export interface MetricUse {
  readonly places: readonly UsePlace[]
  /** Labels that something reads or shows; 'all' where something shows all of them. */
  readonly labels: ReadonlySet<string> | 'all'
  /** Seconds of the shortest range that it is read over. */
  readonly shortestRange: number | undefined
  /** Bucket bounds that something asks for or compares with. */
  readonly bounds: ReadonlySet<number>
  /** Whether one of the places could not be read, and only has its name in it. */
  readonly uncertain: boolean
}

interface Entry {
  readonly place: UsePlace
  readonly use: SelectorUse
}

/** Which metrics are used, by whom and how. */
export class UseIndex {
  readonly #named = new Map<string, Entry[]>()
  readonly #patterns: { readonly pattern: RegExp; readonly entry: Entry }[] = []
  readonly #unread: { readonly place: UsePlace; readonly names: ReadonlySet<string> }[] = []
  readonly #open: UsePlace[] = []
  readonly #keep: RegExp[] = []
  readonly #reach: { readonly name: string; readonly range: number }[] = []
  readonly #places: UsePlace[] = []

  /** All that was looked at. */
  get places(): readonly UsePlace[] {
    return this.#places
  }

  /** Expressions that could not be read: what they name counts as used. */
  get unread(): readonly UsePlace[] {
    return this.#unread.map(({ place }) => place)
  }

  /** Expressions that take their metric from a variable: they may use any. */
  get open(): readonly UsePlace[] {
    return this.#open
  }

  /** How far back, in seconds, each expression with a range looks. */
  get reach(): readonly { readonly name: string; readonly range: number }[] {
    return this.#reach
  }

  add(place: UsePlace, uses: Uses): void {
    this.#places.push(place)
    if (uses === 'uncertain') {
      this.#unread.push({ place, names: identifiersIn(place.text) })
      return
    }
    for (const use of uses) this.#addUse({ place, use })
  }

  /** Keeps what matches a name or a regular expression, used or not. `false` for one that cannot be read. */
  keep(pattern: string): boolean {
    const compiled = regExpOf(pattern)
    if (compiled !== undefined) this.#keep.push(compiled)
    return compiled !== undefined
  }

  /** Whether a metric is on the keep-list. */
  isKept(name: string): boolean {
    return this.#keep.some((pattern) => pattern.test(name))
  }

  /** How a metric is used; `undefined` when it is not. */
  useOf(name: string): MetricUse | undefined {
    const entries = [
      ...(this.#named.get(name) ?? []),
      ...this.#patterns.flatMap(({ pattern, entry }) => (pattern.test(name) ? [entry] : [])),
    ]
    const unread = this.#unread.filter(({ names }) => names.has(name))
    if (entries.length === 0 && unread.length === 0) {
      return this.isKept(name)
        ? merge([], [{ source: 'keep-list', name: 'keep-list', text: name }])
        : undefined
    }
    return merge(
      entries,
      unread.map(({ place }) => place),
    )
  }

  #addUse(entry: Entry): void {
    const { metrics, range } = entry.use
    if (range !== undefined) this.#reach.push({ name: entry.place.name, range })
    if (metrics.kind === 'name') {
      const known = this.#named.get(metrics.name)
      if (known === undefined) this.#named.set(metrics.name, [entry])
      else known.push(entry)
    } else if (metrics.kind === 'pattern') this.#patterns.push({ pattern: metrics.pattern, entry })
    else if (metrics.kind === 'unknown') this.#open.push(entry.place)
  }
}

function merge(entries: readonly Entry[], unread: readonly UsePlace[]): MetricUse {
  const labels = new Set<string>()
  const bounds = new Set<number>()
  let all = unread.length > 0
  let shortest: number | undefined
  for (const { use } of entries) {
    for (const label of use.reads) labels.add(label)
    if (use.keeps === 'all') all = true
    else for (const label of use.keeps) labels.add(label)
    for (const bound of use.bounds) bounds.add(bound)
    if (use.range !== undefined) shortest = Math.min(shortest ?? use.range, use.range)
  }
  return {
    places: [...new Set([...entries.map(({ place }) => place), ...unread])],
    labels: all ? 'all' : labels,
    shortestRange: shortest,
    bounds,
    uncertain: unread.length > 0,
  }
}
