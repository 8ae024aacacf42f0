import { format } from 'node:util'
import { defaultBuckets } from '../metrics/bucket-bounds.js'
import { Histogram as EngineHistogram, type HistogramSeries } from '../metrics/histogram.js'
import { Adopted } from './adopted.js'
import { BaseMetric } from './base-metric.js'
import { sortedBuckets } from './buckets.js'
import type { CollectFunction, MetricConfiguration } from './configuration.js'
import { dataOf, type ObserveDataWithExemplar } from './exemplar-recording.js'
import { checkKnown, isObject, type LabelValues, labelsByName } from './label-values.js'
import { type EndTimer, startTimer } from './timer.js'

export interface HistogramConfiguration<T extends string> extends MetricConfiguration<T> {
  /** Upper bounds, sorted into a copy; 5 ms to 10 s when left out. */
  buckets?: readonly number[]
  collect?: CollectFunction<Histogram<T>>
}

export declare namespace Histogram {
  /** The series of one label set. */
  interface Internal<T extends string> {
    observe(value: number): void
    startTimer(): EndTimer<T>
  }

  interface Config {
    buckets?: number[]
  }
}

/** The distribution of values, counted in buckets. */
export class Histogram<T extends string = string> extends BaseMetric<T, HistogramSeries> {
  constructor(configuration: HistogramConfiguration<T>)
  /** @internal */
  constructor(adopted: Adopted<HistogramSeries>)
  constructor(given: HistogramConfiguration<T> | Adopted<HistogramSeries>) {
    super('histogram', given, (options) => {
      const buckets = 'buckets' in given && given.buckets ? sortedBuckets(given.buckets) : defaultBuckets
      return new EngineHistogram({ ...options, buckets })
    })
    if (!(given instanceof Adopted)) this.collect = given.collect
    this.enrol()
  }

  /** Records a finite number; throws for anything else. With `enableExemplars` it takes one object with all of it. */
  observe(labels: LabelValues<T>, value: number): void
  observe(value: number): void
  observe(data: ObserveDataWithExemplar<T>): void
  observe(first: LabelValues<T> | ObserveDataWithExemplar<T> | number, second?: number): void {
    if (this.takesExemplars) {
      const { labels, value, exemplarLabels } = dataOf<T>(first)
      this.recorded(exemplarLabels, () => this.#record(labels ?? {}, value))
      return
    }
    const given = first === 0 ? 0 : first || {}
    if (isObject(given)) this.#record(given as LabelValues<T>, second)
    else this.#record({}, given)
  }

  /** Returns a function that records, and returns, the seconds since this call. */
  startTimer(labels?: LabelValues<T>, exemplarLabels?: LabelValues<string>): EndTimer<T> {
    return startTimer({ labels, exemplarLabels }, (all, seconds, exemplar) => {
      if (this.takesExemplars) this.recorded(exemplar, () => this.#record(all, seconds))
      else this.#record(all, seconds)
    })
  }

  /** Makes the series of these labels, at zero. */
  zero(labels: LabelValues<T>): void {
    this.series(labels).reset()
  }

  /** The series of these labels, to keep where it is used often. Throws for a label that the metric does not have. */
  labels(labels: LabelValues<T>): Histogram.Internal<T>
  labels(...values: (string | number)[]): Histogram.Internal<T>
  labels(...given: readonly unknown[]): Histogram.Internal<T> {
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

  #record(labels: LabelValues<T>, value: unknown): void {
    checkKnown(this.labelNames, labels)
    const checked = checkObservation(value)
    this.series(labels).observe(checked)
  }
}

function checkObservation(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new TypeError(`Value is not a valid number: ${format(value)}`)
}
