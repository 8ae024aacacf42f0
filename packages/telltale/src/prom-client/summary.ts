import { format } from 'node:util'
import type { SeriesIdentity } from '../metrics/sample-line.js'
import { Summary as EngineSummary, type SummarySeries } from '../metrics/summary.js'
import { Adopted } from './adopted.js'
import { BaseMetric } from './base-metric.js'
import type { CollectFunction, MetricConfiguration } from './configuration.js'
import { checkKnown, isObject, type LabelValues, labelsByName } from './label-values.js'
import { type EndTimer, startTimer } from './timer.js'

export interface SummaryConfiguration<T extends string> extends MetricConfiguration<T> {
  /** Ratios from 0 to 1. */
  percentiles?: readonly number[]
  /** With `ageBuckets` as well, quantiles are over a window of this many seconds; else over everything. */
  maxAgeSeconds?: number
  /** Needed beside `maxAgeSeconds`; the window always moves in fifths. */
  ageBuckets?: number
  /** Takes out the series whose window is empty. */
  pruneAgedBuckets?: boolean
  /** Accepted, and without effect: the sketch needs no compression. */
  compressCount?: number
  collect?: CollectFunction<Summary<T>>
}

export declare namespace Summary {
  /** The series of one label set. */
  interface Internal<T extends string> {
    observe(value: number): void
    startTimer(): EndTimer<T>
  }

  interface Config {
    percentiles?: number[]
  }
}

const defaultPercentiles: readonly number[] = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999]

// More than thirty years.
const ALL_TIME = 1e9

/** Quantiles that are computed in the process. */
export class Summary<T extends string = string> extends BaseMetric<T, SummarySeries> {
  readonly #prunes: boolean

  constructor(configuration: SummaryConfiguration<T>)
  /** @internal */
  constructor(adopted: Adopted<SummarySeries>)
  constructor(given: SummaryConfiguration<T> | Adopted<SummarySeries>) {
    const own: Partial<SummaryConfiguration<T>> = given instanceof Adopted ? {} : (given ?? {})
    super('summary', given, (options) => {
      const quantiles = [...new Set(own.percentiles ?? defaultPercentiles)].sort((a, b) => a - b)
      const windowSeconds = own.maxAgeSeconds && own.ageBuckets ? own.maxAgeSeconds : ALL_TIME
      return new EngineSummary({ ...options, quantiles, windowSeconds })
    })
    this.#prunes = own.pruneAgedBuckets === true
    this.collect = own.collect
    this.enrol()
  }

  /** Records a finite number; throws for anything else. */
  observe(labels: LabelValues<T>, value: number): void
  observe(value: number): void
  observe(first: LabelValues<T> | number, second?: number): void {
    const given = first === 0 ? 0 : first || {}
    const labels = isObject(given) ? given : {}
    checkKnown(this.labelNames, labels)
    const value = checkObservation(second === undefined ? given : second)
    this.series(second === undefined ? {} : labels).observe(value)
  }

  /** Returns a function that records, and returns, the seconds since this call. */
  startTimer(labels?: LabelValues<T>): EndTimer<T> {
    return startTimer({ labels }, (all, seconds) => this.observe(all, seconds))
  }

  /** The series of these labels, to keep where it is used often. Throws for a label that the metric does not have. */
  labels(labels: LabelValues<T>): Summary.Internal<T>
  labels(...values: (string | number)[]): Summary.Internal<T>
  labels(...given: readonly unknown[]): Summary.Internal<T> {
    const labels = labelsByName(this.labelNames, given)
    checkKnown(this.labelNames, labels)
    const child = this.child(labels)
    return {
      observe: (value) => {
        const checked = checkObservation(value)
        child().observe(checked)
      },
      // The names were checked above.
      startTimer: () => this.startTimer(labels as LabelValues<T>),
    }
  }

  /** Sets all series to zero; they stay. */
  override reset(): void {
    this.family.reset()
  }

  /** @internal */
  override refresh(): void | Promise<void> {
    const pending = super.refresh()
    if (!this.#prunes) return pending
    if (pending === undefined) return this.#prune()
    return Promise.resolve(pending).then(() => this.#prune())
  }

  #prune(): void {
    const empty: (readonly string[])[] = []
    const sink = {
      family() {},
      sample(line: number, series: SeriesIdentity, value: number) {
        if (line === 0 && Number.isNaN(value)) empty.push(series.values)
      },
    }
    this.family.emit(sink, 0, this.family.size)
    for (const values of empty) this.family.remove(...values)
  }
}

function checkObservation(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new TypeError(`Value is not a valid number: ${format(value)}`)
}
