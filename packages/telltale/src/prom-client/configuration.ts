import { isMetricName, type MetricType } from '../model/metric-name.js'
import type { Registry as EngineRegistry } from '../registry/registry.js'
import { isObject } from './label-values.js'
import type { Aggregator } from './metric-object.js'

/** Runs before each scrape; `this` is the metric. */
export type CollectFunction<M> = (this: M) => void | Promise<void>

/** What a metric needs of a registry of this surface. */
export interface Register {
  readonly engine: EngineRegistry
}

/** What every metric is defined by. */
export interface MetricConfiguration<T extends string> {
  name: string
  help: string
  labelNames?: T[] | readonly T[]
  /** The registries that show it; the global one when left out, none when empty. */
  registers?: readonly Register[]
  aggregator?: Aggregator
  /**
   * Makes `inc` of a counter and `observe` of a histogram take one object with `labels`, `value` and
   * `exemplarLabels`. Exemplars are in OpenMetrics, for 70 s; other formats leave them out.
   */
  enableExemplars?: boolean
  /** Telltale's own: how many series there may be, 10,000 when left out. */
  seriesLimit?: number
}

const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/

const reserved: Partial<Record<MetricType, string>> = { histogram: 'le', summary: 'quantile' }

/** Throws prom-client's error for a configuration that it refuses. Nothing is registered by then. */
export function checkConfiguration(type: MetricType, configuration: unknown): void {
  if (!isObject(configuration)) throw new TypeError('constructor expected a config object')
  const given: Readonly<Record<string, unknown>> = { ...configuration }
  if (!given.help) throw new Error('Missing mandatory help parameter')
  if (!given.name) throw new Error('Missing mandatory name parameter')
  if (!isMetricName(given.name)) throw new Error('Invalid metric name')
  const labelNames: readonly unknown[] = Array.isArray(given.labelNames) ? given.labelNames : []
  if (!labelNames.every((name) => typeof name === 'string' && LABEL_NAME.test(name))) {
    throw new Error('Invalid label name')
  }
  if (given.collect && typeof given.collect !== 'function') {
    throw new Error('Optional "collect" parameter must be a function')
  }
  const own = reserved[type]
  if (own !== undefined && labelNames.includes(own)) throw new Error(`${own} is a reserved label keyword`)
}

/** Throws prom-client's error for what is no registry of this surface. */
export function registerOf(value: unknown): Register {
  // Of any loaded copy of this package, so that the class is no test.
  if (isObject(value) && 'engine' in value) return value as Register
  throw new TypeError(`Expected Registry, got ${typeof value}`)
}

/** The engine's registries below these. Throws for a registry of another library, which could not show the metric. */
export function enginesOf(metric: string, registers: readonly Register[]): readonly EngineRegistry[] {
  return registers.map((register) => {
    if (isObject(register) && 'engine' in register) return register.engine
    throw new TypeError(
      `metric "${metric}": got a registry that is not of this package in registers, expected its Registry; ` +
        "Registry.over() gives one for a registry of Telltale's own",
    )
  })
}
