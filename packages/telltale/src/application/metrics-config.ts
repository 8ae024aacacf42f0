import { environmentOf, warnUnknownEnvironment } from './environment.js'

/** The settings of an application's metrics. */
export interface MetricsConfig {
  /** Of the default metrics of the runtime. */
  readonly default: {
    /** In front of each name that does not start with it already. */
    readonly prefix: string
    /** Upper bounds in seconds. */
    readonly gcDurationBuckets: readonly number[]
    /** Resolution of the event loop's delay, in milliseconds. */
    readonly eventLoopMonitoringPrecision: number
  }
  readonly http: { readonly durationBuckets: readonly number[]; readonly labelNames: readonly string[] }
  readonly database: { readonly durationBuckets: readonly number[]; readonly labelNames: readonly string[] }
  readonly business: {
    readonly userRegistration: { readonly labelNames: readonly string[] }
    readonly activeUsers: { readonly labelNames: readonly string[] }
  }
  readonly errors: { readonly labelNames: readonly string[] }
  readonly system: {
    /** Which parts of `process.memoryUsage()` are shown. */
    readonly memoryTypes: readonly string[]
    /** Milliseconds between two recordings of memory and processor use. */
    readonly collectionInterval: number
  }
}

/** The settings that the environments start from. */
export const metricsConfig: MetricsConfig = {
  default: {
    prefix: 'app_',
    gcDurationBuckets: [0.001, 0.01, 0.1, 1, 2, 5],
    eventLoopMonitoringPrecision: 10,
  },
  http: {
    durationBuckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
    labelNames: ['method', 'route', 'status_code'],
  },
  database: {
    durationBuckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5],
    labelNames: ['operation', 'table', 'status'],
  },
  business: {
    userRegistration: { labelNames: ['source', 'status'] },
    activeUsers: { labelNames: ['period'] },
  },
  errors: { labelNames: ['type', 'severity', 'component'] },
  system: { memoryTypes: ['rss', 'heapTotal', 'heapUsed', 'external'], collectionInterval: 5000 },
}

const environments = {
  development: withPrefix('dev_'),
  staging: withPrefix('staging_'),
  production: {
    ...withPrefix('prod_'),
    system: { ...metricsConfig.system, collectionInterval: 10_000 },
  },
} as const

/**
 * The settings of an environment, for example of `process.env.NODE_ENV`. An unknown one gets development's, and
 * a warning with the code `TELLTALE_ENVIRONMENT`; `test` is development.
 */
export function getMetricsConfig(environment = 'development'): MetricsConfig {
  const name = environmentOf(environment)
  if (name === undefined) warnUnknownEnvironment(environment)
  return environments[name ?? 'development']
}

function withPrefix(prefix: string): MetricsConfig {
  return { ...metricsConfig, default: { ...metricsConfig.default, prefix } }
}
