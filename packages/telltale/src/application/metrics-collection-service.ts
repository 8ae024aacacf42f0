import { type TimerFlow, Timers, type TimerToken } from '../instrument/timing/timers.js'
import { shown } from '../model/metric-name.js'
import type { Registry as PromRegistry } from '../prom-client/registry.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { type AdvancedMetrics, obtainAdvancedMetrics } from './advanced-metrics.js'
import { CpuShare } from './cpu-share.js'
import { CustomMetrics } from './custom-metrics.js'
import type { MetricsConfig } from './metrics-config.js'
import { PrometheusClient } from './prometheus-client.js'

/** Options of {@link MetricsCollectionService}. */
export interface MetricsCollectionServiceOptions {
  readonly registry?: Registry
  /** Settings as `getMetricsConfig` gives them. */
  readonly config?: MetricsConfig
  /** In front of the names that `recordCustomMetric` makes; nothing when left out. */
  readonly customMetricPrefix?: string
}

/**
 * The application's recorders. None of them throws, blocks or rejects: what cannot be recorded is dropped, counted
 * in `telltale_observations_dropped_total` and warned of once. All durations are in seconds.
 */
export class MetricsCollectionService {
  readonly prometheusClient: PrometheusClient
  readonly #registry: Registry
  readonly #custom: CustomMetrics
  readonly #timers = new Timers()
  readonly #cpu = new CpuShare()
  #advancedMetrics: AdvancedMetrics | undefined

  constructor(options: MetricsCollectionServiceOptions = {}) {
    this.#registry = options.registry ?? defaultRegistry()
    this.prometheusClient = new PrometheusClient({ registry: this.#registry, config: options.config })
    this.#custom = new CustomMetrics(this.#registry, options.customMetricPrefix ?? '')
  }

  /** One request, answered or given up. */
  recordHTTPRequest(method: string, route: string, statusCode: string | number, duration: number): void {
    this.#guard(() => {
      const { httpRequestDuration, httpRequestTotal } = this.prometheusClient
      const labels = ordered(httpRequestTotal.labelNames, { method, route, status_code: statusCode })
      httpRequestDuration.labels(...labels).observe(duration)
      httpRequestTotal.labels(...labels).inc()
    })
  }

  /** One query; `status` is `success` or `error`. */
  recordDatabaseQuery(operation: string, table: string, status: string, duration: number): void {
    this.#guard(() => {
      const metric = this.prometheusClient.databaseQueryDuration
      metric.labels(...ordered(metric.labelNames, { operation, table, status })).observe(duration)
    })
  }

  /** How many connections are in a state; `active` means established and usable. */
  recordDatabaseConnection(database: string, state: string, count: number): void {
    this.#guard(() => this.prometheusClient.databaseConnections.labels(database, state).set(count))
  }

  recordUserRegistration(source: string, status: string): void {
    this.#guard(() => {
      const metric = this.prometheusClient.userRegistrations
      metric.labels(...ordered(metric.labelNames, { source, status })).inc()
    })
  }

  recordActiveUsers(period: string, count: number): void {
    this.#guard(() => {
      const metric = this.prometheusClient.activeUsers
      metric.labels(...ordered(metric.labelNames, { period })).set(count)
    })
  }

  /** One request of a user who is signed in. Never pass a user's id or a raw path. */
  recordUserAction(action: string, route: string): void {
    this.#guard(() => this.prometheusClient.userActions.labels(action, route).inc())
  }

  recordError(type: string, severity: string, component: string): void {
    this.#guard(() => this.#errors(type, severity, component).inc())
  }

  /** Starts the count of an error at zero, so that a rule on its rate sees the first one. */
  declareError(type: string, severity: string, component: string): void {
    this.#guard(() => void this.#errors(type, severity, component))
  }

  /** Memory by type, and processor time since the last call in percent of one core. */
  recordSystemMetrics(): void {
    this.#guard(() => {
      const usage = process.memoryUsage()
      const { config, memoryUsage, cpuUsage } = this.prometheusClient
      for (const type of config.system.memoryTypes) {
        if (Object.hasOwn(usage, type)) memoryUsage.labels(type).set(usage[type as keyof NodeJS.MemoryUsage])
      }
      cpuUsage.set(this.#cpu.percent())
    })
  }

  recordTrace(service: string, operation: string, status: string, duration: number): void {
    this.#guard(() => {
      this.#advanced.distributedTraceDuration.labels(service, operation, status).observe(duration)
    })
  }

  recordQueueSize(queueName: string, priority: string, size: number): void {
    this.#guard(() => this.#advanced.queueSize.labels(queueName, priority).set(size))
  }

  recordQueueProcessing(queueName: string, jobType: string, status: string, duration: number): void {
    this.#guard(() => {
      this.#advanced.queueProcessingDuration.labels(queueName, jobType, status).observe(duration)
    })
  }

  /** @param keyPattern such as `user:*`, never a key */
  recordCacheHit(cacheName: string, keyPattern: string): void {
    this.#guard(() => this.#advanced.cacheHits.labels(cacheName, keyPattern).inc())
  }

  /** @param keyPattern such as `user:*`, never a key */
  recordCacheMiss(cacheName: string, keyPattern: string): void {
    this.#guard(() => this.#advanced.cacheMisses.labels(cacheName, keyPattern).inc())
  }

  recordCacheSize(cacheName: string, bytes: number): void {
    this.#guard(() => this.#advanced.cacheSize.labels(cacheName).set(bytes))
  }

  /** @param endpoint a pattern such as `/charges/:id`, never a raw path */
  recordExternalAPI(service: string, endpoint: string, statusCode: string | number, duration: number): void {
    this.#guard(() =>
      this.#advanced.externalAPIDuration.labels(service, endpoint, statusCode).observe(duration),
    )
  }

  recordExternalAPIRateLimit(service: string, endpoint: string, remaining: number): void {
    this.#guard(() => this.#advanced.externalAPIRate.labels(service, endpoint).set(remaining))
  }

  /** @param amount in units of the currency, not negative */
  recordRevenue(currency: string, source: string, product: string, amount: number): void {
    this.#guard(() => this.#advanced.revenue.labels(currency, source, product).inc(amount))
  }

  /** @param percent 0 to 100 */
  recordConversionRate(funnelStage: string, segment: string, percent: number): void {
    this.#guard(() => this.#advanced.conversionRate.labels(funnelStage, segment).set(percent))
  }

  /**
   * Starts a timer. Its token ends exactly this one; the name alone is right as well when several requests time
   * the same thing at once.
   */
  startTimer(name: string): TimerToken {
    return this.#timers.start(name)
  }

  /**
   * Ends a timer and returns its seconds. With `operation` and `table` they are recorded as a successful query. A
   * timer that is not running is 0 seconds, counted as a dropped observation and warned of once.
   */
  endTimer(
    timer: string | TimerToken,
    labels: { readonly operation?: string; readonly table?: string } = {},
  ): number {
    const ended = this.#timers.end(timer)
    if (ended === undefined) {
      this.#guard(() => this.#noTimer(timer))
      return 0
    }
    const { operation, table } = labels
    if (operation && table) this.recordDatabaseQuery(operation, table, 'success', ended.durationSeconds)
    return ended.durationSeconds
  }

  /** Timers for one request: a name started in its flow cannot be mixed up with another request's. */
  timerFlow(): TimerFlow {
    return this.#timers.flow()
  }

  /** Adds to a counter when the name ends in `_total`, sets a gauge otherwise; the metric is made at first use. */
  recordCustomMetric(name: string, value: number, labels: Readonly<Record<string, unknown>> = {}): void {
    this.#guard(() => this.#custom.record(name, value, labels))
  }

  /** Everything on the registry in the text format 0.0.4. */
  getMetrics(): Promise<string> {
    return this.prometheusClient.getMetrics()
  }

  /** The registry, with prom-client's methods. */
  getRegister(): PromRegistry {
    return this.prometheusClient.getRegister()
  }

  get #advanced(): AdvancedMetrics {
    this.#advancedMetrics ??= obtainAdvancedMetrics(this.#registry)
    return this.#advancedMetrics
  }

  #errors(type: string, severity: string, component: string) {
    const metric = this.prometheusClient.errorsTotal
    return metric.labels(...ordered(metric.labelNames, { type, severity, component }))
  }

  #noTimer(timer: unknown): void {
    const message = `endTimer got ${shown(timer)}, which is not running: call startTimer first, and end a timer once`
    this.#registry.dropped('timers', 'label_value', 'TELLTALE_TIMER', message)
  }

  #guard(record: () => void): void {
    try {
      record()
    } catch (error) {
      const text = error instanceof Error ? error.message : shown(error)
      const message = `a recorder got a value that cannot be read: ${text}`
      this.#registry.dropped('recorders', 'label_value', 'TELLTALE_LABEL_VALUE', message)
    }
  }
}

/** Label values in the order that the configuration gave the names; a label it left out is not recorded. */
function ordered(names: readonly string[], values: Readonly<Record<string, string | number>>) {
  return names.map((name) => values[name])
}
