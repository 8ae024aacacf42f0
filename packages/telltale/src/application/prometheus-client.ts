import { expose } from '../exposition/expose.js'
import { Registry as PromRegistry } from '../prom-client/registry.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import type { ApplicationMetrics } from './application-metrics.js'
import { joinApplicationSet } from './application-set.js'
import type { MetricsConfig } from './metrics-config.js'

/** Options of {@link PrometheusClient}; with none, the guide's settings on the registry of the process. */
export interface PrometheusClientOptions {
  readonly registry?: Registry
  /** Settings as `getMetricsConfig` gives them. */
  readonly config?: MetricsConfig
}

/**
 * The application's metrics and the runtime's, on one registry. Every instance on the same registry has the same
 * metrics, whichever is built first. Throws `TELLTALE_METRIC_EXISTS` when two configurations disagree.
 */
export class PrometheusClient implements ApplicationMetrics {
  readonly httpRequestDuration: ApplicationMetrics['httpRequestDuration']
  readonly httpRequestTotal: ApplicationMetrics['httpRequestTotal']
  readonly databaseQueryDuration: ApplicationMetrics['databaseQueryDuration']
  readonly databaseConnections: ApplicationMetrics['databaseConnections']
  readonly userRegistrations: ApplicationMetrics['userRegistrations']
  readonly activeUsers: ApplicationMetrics['activeUsers']
  readonly errorsTotal: ApplicationMetrics['errorsTotal']
  readonly userActions: ApplicationMetrics['userActions']
  readonly memoryUsage: ApplicationMetrics['memoryUsage']
  readonly cpuUsage: ApplicationMetrics['cpuUsage']
  /** The settings in use. */
  readonly config: MetricsConfig
  /** The registry, with prom-client's methods. */
  readonly register: PromRegistry
  readonly #registry: Registry

  constructor(options: PrometheusClientOptions = {}) {
    this.#registry = options.registry ?? defaultRegistry()
    this.register = PromRegistry.over(this.#registry)
    const { metrics, config } = joinApplicationSet(this.#registry, options.config)
    this.config = config
    this.httpRequestDuration = metrics.httpRequestDuration
    this.httpRequestTotal = metrics.httpRequestTotal
    this.databaseQueryDuration = metrics.databaseQueryDuration
    this.databaseConnections = metrics.databaseConnections
    this.userRegistrations = metrics.userRegistrations
    this.activeUsers = metrics.activeUsers
    this.errorsTotal = metrics.errorsTotal
    this.userActions = metrics.userActions
    this.memoryUsage = metrics.memoryUsage
    this.cpuUsage = metrics.cpuUsage
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
