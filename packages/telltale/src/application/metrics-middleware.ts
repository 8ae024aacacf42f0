import type { IncomingMessage, ServerResponse } from 'node:http'
import { trackArrivals } from '../instrument/http/arrivals.js'
import { RequestRoutes } from '../instrument/http/request-route.js'
import { watchRequest } from '../instrument/http/request-watch.js'
import {
  type OutboundOptions,
  watchOutboundRequests,
} from '../instrument/outbound/watch-outbound-requests.js'
import { ActiveUsers } from '../instrument/users/active-users.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { type HTTPMetricsOptions, HTTPRecorder } from './http-recorder.js'
import { MetricsCollectionService } from './metrics-collection-service.js'
import type { MetricsConfig } from './metrics-config.js'
import { WatchedDatabases } from './watched-databases.js'

type Next = (error?: unknown) => void
/** A middleware of Express, Connect or plain `node:http`. */
export type Middleware = (req: IncomingMessage, res: ServerResponse, next: Next) => void
/** An error handler of Express or Connect. */
export type ErrorMiddleware = (error: unknown, req: IncomingMessage, res: ServerResponse, next: Next) => void

/** Options of {@link MetricsMiddleware}. */
export interface MetricsMiddlewareOptions {
  readonly registry?: Registry
  /** Settings as `getMetricsConfig` gives them. */
  readonly config?: MetricsConfig
  /** Recorders to use; a service on the same registry when left out. */
  readonly service?: MetricsCollectionService
  /** In front of the names that `recordCustomMetric` makes. */
  readonly customMetricPrefix?: string
  /** Records the requests that the application makes, as `watchOutboundRequests` does; off when left out. */
  readonly outboundRequests?: boolean | Omit<OutboundOptions, 'registry'>
}

interface WithUser extends IncomingMessage {
  readonly user?: { readonly id?: unknown }
  readonly db?: unknown
}

/**
 * Middleware that records what passes through it, and the process' memory and processor use at the configured
 * interval. Call `stop()` to end the interval and the collectors; they never keep a process alive.
 */
export class MetricsMiddleware {
  readonly #service: MetricsCollectionService
  readonly #registry: Registry
  readonly #routes = new RequestRoutes()
  readonly #stops: (() => void)[] = []

  constructor(options: MetricsMiddlewareOptions = {}) {
    const { config, customMetricPrefix } = options
    this.#registry = options.registry ?? defaultRegistry()
    this.#service =
      options.service ??
      new MetricsCollectionService({ registry: this.#registry, config, customMetricPrefix })
    this.#service.recordSystemMetrics()
    const { collectionInterval } = this.#service.prometheusClient.config.system
    const timer = setInterval(() => this.#service.recordSystemMetrics(), collectionInterval)
    timer.unref()
    this.#stops.push(() => clearInterval(timer))
    this.#watchOutbound(options.outboundRequests ?? false)
  }

  /**
   * Counts and times requests from their arrival to the close of their response, each once: answered, streamed or
   * aborted (status 499). The route is the pattern that matched, `unmatched` where none did.
   */
  collectHTTPMetrics(options: HTTPMetricsOptions = {}): Middleware {
    const recorder = this.recorder('framework', options)
    return (req, res, next) => recorder.run(req, res, next)
  }

  /**
   * Times the queries of `req.db` by operation and table, with callbacks, promises and streams, and shows its
   * connections when it is a pool. The object is prepared once, whichever requests it comes with, and held weakly.
   *
   * @param database the `database` label of its connections
   */
  collectDatabaseMetrics(database = 'default'): Middleware {
    const databases = new WatchedDatabases(({ operation, table, status, durationSeconds }) => {
      this.#service.recordDatabaseQuery(operation, table, status, durationSeconds)
    })
    const collector = this.#registry.addCollector({
      name: 'database_connections',
      collect: () => {
        for (const [state, count] of Object.entries(databases.connections() ?? {})) {
          this.#service.recordDatabaseConnection(database, state, count)
        }
      },
    })
    this.#stops.push(
      () => collector.stop(),
      () => databases.stop(),
    )
    return (req, _res, next) => {
      const { db } = req as WithUser
      if (typeof db === 'object' && db !== null) databases.watch(db)
      next()
    }
  }

  /** Counts errors by their name and severity, `high` for a status of 500 or none, and passes them on. */
  collectErrorMetrics(): ErrorMiddleware {
    for (const type of ['Error', 'TypeError', 'UnknownError'])
      this.#service.declareError(type, 'high', 'http')
    return (error, _req, _res, next) => {
      this.#service.recordError(errorName(error), statusOf(error) >= 500 ? 'high' : 'medium', 'http')
      next(error)
    }
  }

  /**
   * Counts what signed-in users (`req.user`) do by method and route, and estimates how many distinct ones there
   * were in the last 5 minutes, hour, day and week. No id is kept, and none becomes a label value.
   */
  collectUserBehaviorMetrics(): Middleware {
    const users = new ActiveUsers()
    const collector = this.#registry.addCollector({
      name: 'active_users',
      collect: () => {
        for (const [period, count] of users.counts()) this.#service.recordActiveUsers(period, count)
      },
    })
    this.#stops.push(() => collector.stop())
    return (req, res, next) => {
      this.#routes.observe(req)
      watchRequest(
        req,
        res,
        { owner: users, route: () => this.#routes.routeOf(req) },
        ({ method, route }) => {
          const { user } = req as WithUser
          if (user === undefined || user === null) return
          this.#service.recordUserAction(method, route)
          const { id } = user
          if (typeof id === 'string' || typeof id === 'number') users.seen(id)
        },
      )
      next()
    }
  }

  /** @internal What records requests, for where there is no middleware. */
  recorder(place: 'server' | 'framework', options: HTTPMetricsOptions): HTTPRecorder {
    const arrivals = trackArrivals()
    this.#stops.push(() => arrivals.stop())
    const recording = { registry: this.#registry, service: this.#service, routes: this.#routes }
    return new HTTPRecorder(recording, place, options)
  }

  getMetricsService(): MetricsCollectionService {
    return this.#service
  }

  /** Ends the interval and the collectors that this instance started. Calling it twice is harmless. */
  stop(): void {
    for (const stop of this.#stops.splice(0)) stop()
  }

  #watchOutbound(asked: boolean | Omit<OutboundOptions, 'registry'>): void {
    if (asked === false) return
    const { hosts, ignore, hostLimit, buckets } = asked === true ? {} : asked
    const watched = watchOutboundRequests({ hosts, ignore, hostLimit, buckets, registry: this.#registry })
    this.#stops.push(() => watched.stop())
  }
}

function errorName(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('name' in error)) return 'UnknownError'
  return typeof error.name === 'string' && error.name !== '' ? error.name.slice(0, 100) : 'UnknownError'
}

/** The status an error asks for; an error that asks for none is answered with 500. */
function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 500
  const { statusCode, status } = error as { readonly statusCode?: unknown; readonly status?: unknown }
  const asked = Number(statusCode ?? status ?? 500)
  return Number.isInteger(asked) ? asked : 500
}
