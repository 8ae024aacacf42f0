import type { ParsedLabels } from '../../parse/exposition-model.js'
import { labelKey } from './vector.js'

/** One value of a scrape. */
export interface ScrapedSample {
  readonly name: string
  readonly labels: ParsedLabels
  readonly value: number
}

/** A value and when it was read, in seconds. */
export interface Point {
  readonly at: number
  readonly value: number
}

/** How long a value holds when nothing is known of what became of it, in seconds. */
const LOOK_BACK = 300
/** Points that are too old are taken away in one go. */
const SLACK = 64

/** What is known of one series; `null` where a scrape did not have it any longer. */
class HeldSeries {
  readonly labels: ParsedLabels
  readonly #times: number[] = []
  readonly #values: (number | null)[] = []

  constructor(labels: ParsedLabels) {
    this.labels = labels
  }

  get lastAt(): number {
    return this.#times.at(-1) ?? Number.NEGATIVE_INFINITY
  }

  get isGone(): boolean {
    return this.#values.at(-1) === null
  }

  add(at: number, value: number | null): void {
    this.#times.push(at)
    this.#values.push(value)
  }

  forget(before: number): void {
    if (!(this.#times[SLACK]! < before)) return
    const keep = this.#times.findIndex((time) => time >= before)
    this.#times.splice(0, keep < 0 ? this.#times.length : keep)
    this.#values.splice(0, this.#values.length - this.#times.length)
  }

  at(at: number): number | undefined {
    const last = this.#times.findLastIndex((time) => time <= at)
    return last < 0 || this.#times[last]! <= at - LOOK_BACK ? undefined : (this.#values[last] ?? undefined)
  }

  /** The points after `from`, up to `to`. */
  between(from: number, to: number): readonly Point[] {
    const points: Point[] = []
    for (let i = this.#times.length - 1; i >= 0 && this.#times[i]! > from; i--) {
      const value = this.#values[i]
      if (this.#times[i]! <= to && typeof value === 'number') points.push({ at: this.#times[i]!, value })
    }
    return points.reverse()
  }
}

/** The same series as {@link History} gives it out. */
export type Series = Pick<HeldSeries, 'labels' | 'at' | 'between'>

export interface HistoryLimits {
  /** Samples that are older than this are forgotten. */
  readonly seconds: number
  /** Further series are left out, and {@link History.isFull} says so. */
  readonly series: number
}

/** The samples of the last scrapes, in bounded memory. A series that a scrape lacks has ended, as in Prometheus. */
export class History {
  readonly #limits: HistoryLimits
  readonly #byName = new Map<string, Map<string, HeldSeries>>()
  #count = 0
  #isFull = false
  #since: number | undefined

  constructor(limits: HistoryLimits) {
    this.#limits = limits
  }

  /** When the first scrape was. */
  get since(): number | undefined {
    return this.#since
  }

  /** Whether series were left out since the last scrape began. */
  get isFull(): boolean {
    return this.#isFull
  }

  get seriesCount(): number {
    return this.#count
  }

  /** Takes a scrape, which has to be later than the one before. */
  add(at: number, samples: Iterable<ScrapedSample>): void {
    this.#since ??= at
    this.#isFull = false
    for (const { name, labels, value } of samples) this.#series(name, labels)?.add(at, value)
    for (const [name, family] of this.#byName) this.#tidy(name, family, at)
  }

  /** The series of a name. */
  series(name: string): Iterable<Series> {
    return this.#byName.get(name)?.values() ?? []
  }

  #series(name: string, labels: ParsedLabels): HeldSeries | undefined {
    const family = this.#byName.get(name) ?? new Map<string, HeldSeries>()
    this.#byName.set(name, family)
    const key = labelKey(labels)
    const known = family.get(key)
    if (known !== undefined) return known
    if (this.#count >= this.#limits.series) {
      this.#isFull = true
      return undefined
    }
    const series = new HeldSeries(labels)
    family.set(key, series)
    this.#count++
    return series
  }

  #tidy(name: string, family: Map<string, HeldSeries>, at: number): void {
    const before = at - this.#limits.seconds
    for (const [key, series] of family) {
      if (series.lastAt < at && !series.isGone) series.add(at, null)
      series.forget(before)
      if (series.lastAt < before) {
        family.delete(key)
        this.#count--
      }
    }
    if (family.size === 0) this.#byName.delete(name)
  }
}
