import type { IncomingMessage } from 'node:http'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { MetricPages, pathBelowMetrics, pathBelowMount } from '../serve/metric-pages.js'
import { safeEnvironment } from './environment.js'
import type { Middleware } from './metrics-middleware.js'

/** Options of {@link MetricsRoutes}. */
export interface MetricsRoutesOptions {
  readonly registry?: Registry
  /** Decides whether metrics may be reset; `NODE_ENV` when left out. Only production and unknown names refuse. */
  readonly environment?: string
}

/**
 * The metrics routes as one plain `(req, res, next)` function, for Express, Connect or `node:http`: `GET /metrics`
 * and below it `/health`, `/stats` and `/:metricName`, and `POST /metrics/reset`. They answer at these addresses
 * whether the router is mounted at the root or under `/metrics`. Who may ask is the application's to decide.
 */
export class MetricsRoutes {
  readonly #pages: MetricPages

  constructor(options: MetricsRoutesOptions = {}) {
    const { environment, registry = defaultRegistry() } = options
    this.#pages = new MetricPages(
      registry,
      () => safeEnvironment(environment ?? process.env.NODE_ENV) !== 'production',
    )
  }

  getRouter(): Middleware {
    return (req, res, next) => {
      const url = (req.url ?? '/').split('?', 1)[0]!
      const path = (req as Mounted).baseUrl ? pathBelowMount(url) : pathBelowMetrics(url)
      if (path === undefined || !this.#pages.takes(path, req)) next()
      else void this.#pages.answer(path, req, res)
    }
  }
}

/** Express says where a router is mounted. */
interface Mounted extends IncomingMessage {
  readonly baseUrl?: string
}
