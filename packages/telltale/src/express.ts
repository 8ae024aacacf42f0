import { type FrameworkMetricsOptions, frameworkMetrics } from './application/framework-metrics.js'
import type { Middleware } from './application/metrics-middleware.js'

export type { FrameworkMetricsOptions as HTTPMetricsOptions } from './application/framework-metrics.js'
export { metricsRouter as metricsRoutes } from './application/metrics-router.js'
export type { MountedOptions as MetricsRoutesOptions } from './application/mounted-options.js'

/**
 * Middleware for Express 4 and 5 that counts and times requests, each once, with the pattern of their route and of all
 * that it is mounted on: `app.use(httpMetrics())` before everything else. It is `MetricsMiddleware.collectHTTPMetrics`.
 */
export function httpMetrics(options: FrameworkMetricsOptions = {}): Middleware {
  return frameworkMetrics(options).metrics.collectHTTPMetrics(options)
}
