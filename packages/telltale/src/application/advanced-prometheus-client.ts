import { expose } from '../exposition/expose.js'
import { collectRuntimeMetrics } from '../instrument/runtime/runtime-metrics.js'
import { Registry as PromRegistry } from '../prom-client/registry.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { type AdvancedMetrics, obtainAdvancedMetrics } from './advanced-metrics.js'
import { CustomMetrics } from './custom-metrics.js'

/** Options of {@link AdvancedPrometheusClient}. */
export interface AdvancedPrometheusClientOptions {
  readonly registry?: Registry
  /** In front of the default metrics' names; `app_` when left out. */
  readonly prefix?: string
  /** Upper bounds in seconds of the pauses of garbage collection. */
  readonly gcDurationBuckets?: readonly number[]
  /** Resolution of the event loop's delay, in milliseconds; 10 when left out. */
  readonly eventLoopMonitoringPrecision?: number
  /** In front of the names that `recordCustomMetric` makes; `custom_` when left out. */
  readonly customMetricPrefix?: string
}

/**
 * Metrics of traces, queues, caches, outgoing calls and the business, on the same registry as every other class.
 */
export class AdvancedPrometheusClient implements AdvancedMetrics {
  readonly distributedTraceDuration: AdvancedMetrics['distributedTraceDuration']
  readonly queueSize: AdvancedMetrics['queueSize']
  readonly queueProcessingDuration: AdvancedMetrics['queueProcessingDuration']
  readonly cacheHits: AdvancedMetrics['cacheHits']
  readonly cacheMisses: AdvancedMetrics['cacheMisses']
  readonly cacheSize: AdvancedMetrics['cacheSize']
  readonly externalAPIDuration: AdvancedMetrics['externalAPIDuration']
  readonly externalAPIRate: AdvancedMetrics['externalAPIRate']
  readonly revenue: AdvancedMetrics['revenue']
  readonly conversionRate: AdvancedMetrics['conversionRate']
  /** The registry, with prom-client's methods. */
  readonly register: PromRegistry
  readonly #registry: Registry
  readonly #custom: CustomMetrics

  constructor(options: AdvancedPrometheusClientOptions = {}) {
    this.#registry = options.registry ?? defaultRegistry()
    this.register = PromRegistry.over(this.#registry)
    this.#custom = new CustomMetrics(this.#registry, options.customMetricPrefix ?? 'custom_')
    const metrics = obtainAdvancedMetrics(this.#registry)
    this.distributedTraceDuration = metrics.distributedTraceDuration
    this.queueSize = metrics.queueSize
    this.queueProcessingDuration = metrics.queueProcessingDuration
    this.cacheHits = metrics.cacheHits
    this.cacheMisses = metrics.cacheMisses
    this.cacheSize = metrics.cacheSize
    this.externalAPIDuration = metrics.externalAPIDuration
    this.externalAPIRate = metrics.externalAPIRate
    this.revenue = metrics.revenue
    this.conversionRate = metrics.conversionRate
    collectRuntimeMetrics({
      registry: this.#registry,
      prefix: options.prefix ?? 'app_',
      gcDurationBuckets: options.gcDurationBuckets ?? [0.001, 0.01, 0.1, 1, 2, 5, 10],
      eventLoopMonitoringPrecision: options.eventLoopMonitoringPrecision ?? 10,
    })
  }

  /** Counts (names in `_total`) or sets a metric of the application's own, under the custom prefix. */
  recordCustomMetric(name: string, value: number, labels: Readonly<Record<string, unknown>> = {}): void {
    this.#custom.record(name, value, labels)
  }

  getRegister(): PromRegistry {
    return this.register
  }

  /** Everything on the registry in the text format 0.0.4. */
  async getMetrics(): Promise<string> {
    return (await expose(this.#registry)).body
  }

  /** Sets every value back to its start. The metrics stay, so that later scrapes are not empty. */
  clearMetrics(): void {
    this.#registry.reset()
  }
}
