import { format } from 'node:util'
import { type CounterSeries, Counter as EngineCounter } from '../metrics/counter.js'
import { Adopted } from './adopted.js'
import { BaseMetric } from './base-metric.js'
import type { CollectFunction, MetricConfiguration } from './configuration.js'
import { dataOf, type IncreaseDataWithExemplar } from './exemplar-recording.js'
import { checkKnown, isObject, type LabelValues, labelsByName } from './label-values.js'

export interface CounterConfiguration<T extends string> extends MetricConfiguration<T> {
  collect?: CollectFunction<Counter<T>>
}

export declare namespace Counter {
  /** The series of one label set. */
  interface Internal {
    inc(value?: number): void
  }
}

/** A count that only grows. */
export class Counter<T extends string = string> extends BaseMetric<T, CounterSeries> {
  constructor(configuration: CounterConfiguration<T>)
  /** @internal */
  constructor(adopted: Adopted<CounterSeries>)
  constructor(given: CounterConfiguration<T> | Adopted<CounterSeries>) {
    super('counter', given, (options) => new EngineCounter(options))
    if (!(given instanceof Adopted)) this.collect = given.collect
    this.enrol()
  }

  /**
   * Adds `value`, 1 when left out. Throws for a negative number and for what is no number. With `enableExemplars` it
   * takes one object with all of it.
   */
  inc(labels: LabelValues<T>, value?: number): void
  inc(value?: number): void
  inc(data: IncreaseDataWithExemplar<T>): void
  inc(first?: LabelValues<T> | IncreaseDataWithExemplar<T> | number, second?: number): void {
    if (this.takesExemplars) {
      const { labels, value, exemplarLabels } = dataOf<T>(first)
      this.recorded(exemplarLabels, () => this.#add(labels ?? {}, value))
    } else if (isObject(first)) this.#add(first as LabelValues<T>, second)
    else this.#add({}, first)
  }

  /** The series of these labels, to keep where it is used often. */
  labels(labels: LabelValues<T>): Counter.Internal
  labels(...values: (string | number)[]): Counter.Internal
  labels(...given: readonly unknown[]): Counter.Internal {
    const labels = labelsByName(this.labelNames, given)
    const child = this.child(labels)
    return {
      inc: (value) => {
        const amount = checkAmount(value)
        child().inc(amount)
      },
    }
  }

  #add(labels: LabelValues<T>, value: number | undefined): void {
    checkKnown(this.labelNames, labels)
    const amount = checkAmount(value)
    this.series(labels).inc(amount)
  }
}

/** Throws for what prom-client refuses. What it lets through and is no number, the engine drops and counts. */
function checkAmount(value: number | null | undefined): number {
  if (value === null || value === undefined) return 1
  if (value && !Number.isFinite(value)) throw new TypeError(`Value is not a valid number: ${format(value)}`)
  if (value < 0) throw new Error('It is not possible to decrease a counter')
  return value
}
