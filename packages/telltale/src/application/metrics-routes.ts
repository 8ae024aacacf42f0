import type { IncomingMessage } from 'node:http'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { MetricPages, pathBelowMetrics, pathBelowMount } from '../serve/metric-pages.js'
import { GroupedSource } from '../serve/telemetry/grouped-source.js'
import { JoinedSource } from '../serve/threads/joined-source.js'
import { ThreadHub } from '../serve/threads/thread-hub.js'
import { safeEnvironment } from './environment.js'
import type { Middleware } from './metrics-middleware.js'
import { servedAs } from './server-group.js'

/** Options of {@link MetricsRoutes}. */
export interface MetricsRoutesOptions {
  readonly registry?: Registry
  /** Decides whether metrics may be reset; `NODE_ENV` when left out. Only production and unknown names refuse. */
  readonly environment?: string
  /**
   * Shows the metrics of all processes of one user that name the same group. None when left out: a process that has a
   * {@link MetricsServer} takes part in its group by that, and is not to be counted twice.
   */
  readonly group?: string
}

/**
 * The metrics routes as one plain `(req, res, next)` function, for Express, Connect or `node:http`: `GET /metrics`
 * and below it `/health`, `/stats` and `/:metricName`, and `POST /metrics/reset`. They answer at these addresses
 * whether the router is mounted at the root or under `/metrics`. Who may ask is the application's to decide.
 *
 * They run in the thread of the application, in slices that hold its event loop for 5 ms at a time, and show the metrics
 * of its worker threads too.
 */
export class MetricsRoutes {
  readonly #pages: MetricPages

  constructor(options: MetricsRoutesOptions = {}) {
    const { environment, registry = defaultRegistry(), group } = options
    const ofThreads = new JoinedSource(registry, new ThreadHub())
    const source = new GroupedSource(ofThreads)
    if (group !== undefined) source.join({ name: group, identity: servedAs(registry) })
    this.#pages = new MetricPages(
      source,
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
