import { Counter, type CounterSeries } from '../../metrics/counter.js'
import type { Family } from '../../metrics/family.js'
import { Gauge, type GaugeSeries } from '../../metrics/gauge.js'
import { Histogram, type HistogramSeries } from '../../metrics/histogram.js'
import type { Registry } from '../../registry/registry.js'

/** What the sources can be told. */
export interface RuntimeSettings {
  /** Upper bounds in seconds. */
  readonly gcDurationBuckets: readonly number[]
  /** Milliseconds between two looks at the event loop. */
  readonly eventLoopMonitoringPrecision: number
}

/** Finds the series for the values of a metric's own labels. */
export type SeriesBy<S> = (...own: readonly string[]) => S

/** The name that a metric goes by: a name that starts with the prefix already is left as it is. */
export function prefixed(prefix: string, name: string): string {
  return name.startsWith(prefix) ? name : prefix + name
}

/** Where one source defines its metrics: with the prefix in their names and the constant labels on every series. */
export class Scope {
  readonly settings: RuntimeSettings
  readonly #registry: Registry
  readonly #prefix: string
  readonly #labelNames: readonly string[]
  readonly #labelValues: readonly string[]
  readonly #families: Family[] = []
  readonly #endings: (() => void)[] = []

  constructor(
    registry: Registry,
    prefix: string,
    labels: Readonly<Record<string, string>>,
    settings: RuntimeSettings,
  ) {
    this.#registry = registry
    this.#prefix = prefix
    this.#labelNames = Object.keys(labels)
    this.#labelValues = Object.values(labels)
    this.settings = settings
  }

  /** What was defined so far. */
  get families(): readonly Family[] {
    return this.#families
  }

  counter(name: string, help: string): CounterSeries {
    const counter = new Counter(this.#definition(name, help, []))
    this.#families.push(counter)
    return counter.labels(...this.#labelValues)
  }

  /** Counters of events that are worth adding up over processes, those that ended included. */
  totals(name: string, help: string, own: readonly string[]): SeriesBy<CounterSeries> {
    const counter = new Counter({ ...this.#definition(name, help, own), across: 'sum' })
    this.#families.push(counter)
    return (...values) => counter.labels(...values, ...this.#labelValues)
  }

  gauge(name: string, help: string): GaugeSeries {
    return this.gauges(name, help, [])()
  }

  gauges(name: string, help: string, own: readonly string[]): SeriesBy<GaugeSeries> {
    const gauge = new Gauge(this.#definition(name, help, own))
    this.#families.push(gauge)
    return (...values) => gauge.labels(...values, ...this.#labelValues)
  }

  histograms(
    name: string,
    help: string,
    own: readonly string[],
    buckets: readonly number[],
  ): SeriesBy<HistogramSeries> {
    const histogram = new Histogram({ ...this.#definition(name, help, own), buckets })
    this.#families.push(histogram)
    return (...values) => histogram.labels(...values, ...this.#labelValues)
  }

  /** Has this called at the end of the source, also when it does not get to its beginning. */
  atEnd(ending: () => void): void {
    this.#endings.push(ending)
  }

  /** Takes what was defined here out of the registry, and lets go of what runs between scrapes. */
  end(): void {
    for (const ending of this.#endings.splice(0)) ending()
    for (const family of this.#families) {
      if (this.#registry.get(family.name) === family) this.#registry.unregister(family.name)
    }
  }

  /** Each of these is of one process, but for totals: a sum of memory limits or versions would be of nothing. */
  #definition(name: string, help: string, own: readonly string[]) {
    return {
      name: prefixed(this.#prefix, name),
      help,
      labels: [...own, ...this.#labelNames],
      across: 'all' as const,
      registry: this.#registry,
    }
  }
}
