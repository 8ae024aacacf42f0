import type { Counter } from '../metrics/counter.js'
import type { Gauge } from '../metrics/gauge.js'
import { isMetricName, shown } from '../model/metric-name.js'
import { obtainCounter, obtainGauge } from '../registry/obtain.js'
import type { Registry } from '../registry/registry.js'

type Labels = Readonly<Record<string, unknown>>

interface Custom {
  readonly labelNames: readonly string[]
  record(labels: Labels, value: number): void
}

const MOST_METRICS = 1000

/**
 * Metrics that an application makes up as it goes: a name that ends in `_total` counts, any other is set. The
 * first recording fixes the label names, in any order; another set of them is refused and counted, and what was
 * recorded before stays. At most 1,000 names.
 */
export class CustomMetrics {
  readonly #registry: Registry
  readonly #prefix: string
  readonly #metrics = new Map<string, Custom>()

  /** @param prefix goes in front of every name that does not start with it already */
  constructor(registry: Registry, prefix: string) {
    this.#registry = registry
    this.#prefix = prefix
  }

  /** Adds `value` to a counter, or sets a gauge to it. Never throws; what cannot be recorded is counted. */
  record(name: unknown, value: number, labels: Labels): void {
    if (!isMetricName(name)) {
      this.#refuse('custom metrics', `got the name ${shown(name)}, expected one such as "orders_total"`)
      return
    }
    const full = name.startsWith(this.#prefix) ? name : this.#prefix + name
    const metric = this.#metrics.get(full) ?? this.#define(full, labels)
    if (metric === undefined) return
    if (sameNames(metric.labelNames, labels)) metric.record(labels, value)
    else {
      this.#refuse(
        full,
        `got the labels ${shown(Object.keys(labels))}, expected ${shown(metric.labelNames)} as at its first ` +
          'recording; give every recording the same labels, or use another name',
      )
    }
  }

  #define(name: string, labels: Labels): Custom | undefined {
    if (this.#metrics.size >= MOST_METRICS) {
      this.#refuse('custom metrics', `got more than ${MOST_METRICS} names; is an id part of the name?`)
      return undefined
    }
    try {
      const metric = name.endsWith('_total') ? this.#counter(name, labels) : this.#gauge(name, labels)
      this.#metrics.set(name, metric)
      return metric
    } catch (error) {
      this.#refuse('custom metrics', error instanceof Error ? error.message : shown(error))
      return undefined
    }
  }

  #counter(name: string, labels: Labels): Custom {
    const counter: Counter<readonly string[]> = obtainCounter(this.#definition(name, labels))
    return {
      labelNames: counter.labelNames,
      record: (values, amount) => counter.labels(values as Record<string, string>).inc(amount),
    }
  }

  #gauge(name: string, labels: Labels): Custom {
    const gauge: Gauge<readonly string[]> = obtainGauge(this.#definition(name, labels))
    return {
      labelNames: gauge.labelNames,
      record: (values, value) => gauge.labels(values as Record<string, string>).set(value),
    }
  }

  // Sorted, so that every service agrees on the order whichever recorded first.
  #definition(name: string, labels: Labels) {
    const help = `Custom metric ${name}.`
    return { name, help, labels: Object.keys(labels).sort(), registry: this.#registry }
  }

  #refuse(metric: string, detail: string): void {
    const message = `metric "${metric}": recordCustomMetric ${detail}`
    this.#registry.dropped(metric, 'label_name', 'TELLTALE_CUSTOM_METRIC', message)
  }
}

function sameNames(names: readonly string[], labels: Labels): boolean {
  let given = 0
  for (const name in labels) {
    if (!names.includes(name)) return false
    given++
  }
  return given === names.length
}
