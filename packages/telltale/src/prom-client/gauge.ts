import { format } from 'node:util'
import type { Aggregator } from '../aggregate/aggregator.js'
import type { Across } from '../metrics/across.js'
import { Gauge as EngineGauge, type GaugeSeries } from '../metrics/gauge.js'
import { Adopted } from './adopted.js'
import { BaseMetric } from './base-metric.js'
import type { CollectFunction, MetricConfiguration } from './configuration.js'
import { checkKnown, isObject, type LabelValues, labelsByName } from './label-values.js'
import { type EndTimer, startTimer } from './timer.js'

export interface GaugeConfiguration<T extends string> extends MetricConfiguration<T> {
  collect?: CollectFunction<Gauge<T>>
}

export declare namespace Gauge {
  /** The series of one label set. */
  interface Internal<T extends string> {
    inc(value?: number): void
    dec(value?: number): void
    set(value: number): void
    setToCurrentTime(): void
    startTimer(): EndTimer<T>
  }
}

/** What prom-client's aggregators are in a process group; the others depend on the order of processes. */
const acrossOf: Partial<Record<Aggregator, Across>> = { min: 'min', max: 'max', average: 'average' }

/** A value that goes up and down. */
export class Gauge<T extends string = string> extends BaseMetric<T, GaugeSeries> {
  constructor(configuration: GaugeConfiguration<T>)
  /** @internal */
  constructor(adopted: Adopted<GaugeSeries>)
  constructor(given: GaugeConfiguration<T> | Adopted<GaugeSeries>) {
    const across = given instanceof Adopted ? undefined : acrossOf[given.aggregator ?? 'sum']
    super('gauge', given, (options) => new EngineGauge({ ...options, ...(across && { across }) }))
    if (!(given instanceof Adopted)) this.collect = given.collect
    this.enrol()
  }

  /** Throws for what is not of type number. */
  set(labels: LabelValues<T>, value: number): void
  set(value: number): void
  set(first: LabelValues<T> | number, second?: number): void {
    const [labels, value] = split(first, second)
    const checked = checkNumber('Value', value)
    this.series(labels).set(checked)
  }

  /** Adds `value`, 1 when left out. */
  inc(labels: LabelValues<T>, value?: number): void
  inc(value?: number): void
  inc(first?: LabelValues<T> | number, second?: number): void {
    const [labels, value] = split(first, second)
    const delta = checkNumber('Delta', value === undefined ? 1 : value)
    this.series(labels).inc(delta)
  }

  /** Takes `value` away, 1 when left out. */
  dec(labels: LabelValues<T>, value?: number): void
  dec(value?: number): void
  dec(first?: LabelValues<T> | number, second?: number): void {
    const [labels, value = 1] = split(first, second)
    this.series(labels).inc(-value)
  }

  /** Sets the time of day, in seconds since 1970-01-01T00:00:00Z. */
  setToCurrentTime(labels: LabelValues<T> = {}): void {
    this.series(labels).setToCurrentTime()
  }

  /** Returns a function that sets, and returns, the seconds since this call. */
  startTimer(labels?: LabelValues<T>): EndTimer<T> {
    return startTimer({ labels }, (all, seconds) => this.set(all, seconds))
  }

  /** The series of these labels, to keep where it is used often. Throws for a label that the metric does not have. */
  labels(labels: LabelValues<T>): Gauge.Internal<T>
  labels(...values: (string | number)[]): Gauge.Internal<T>
  labels(...given: readonly unknown[]): Gauge.Internal<T> {
    const labels = labelsByName(this.labelNames, given)
    checkKnown(this.labelNames, labels)
    const child = this.child(labels)
    return {
      inc: (value = 1) => {
        const delta = checkNumber('Delta', value)
        child().inc(delta)
      },
      dec: (value = 1) => child().inc(-value),
      set: (value) => {
        const checked = checkNumber('Value', value)
        child().set(checked)
      },
      setToCurrentTime: () => child().setToCurrentTime(),
      // The names were checked above.
      startTimer: () => this.startTimer(labels as LabelValues<T>),
    }
  }
}

function split<T extends string>(
  first: LabelValues<T> | number | undefined,
  second: number | undefined,
): [LabelValues<T>, number | undefined] {
  return isObject(first) ? [first, second] : [{}, first]
}

function checkNumber(word: 'Value' | 'Delta', value: number | undefined): number {
  if (typeof value === 'number') return value
  throw new TypeError(`${word} is not a valid number: ${format(value)}`)
}
