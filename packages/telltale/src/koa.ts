import type { IncomingMessage, ServerResponse } from 'node:http'
import { type FrameworkMetricsOptions, frameworkMetrics } from './application/framework-metrics.js'
import { requestTaker } from './application/metrics-router.js'
import type { MountedOptions } from './application/mounted-options.js'
import { koaRoute } from './instrument/http/koa-route.js'
import { nameRoute } from './instrument/http/request-route.js'

export type { FrameworkMetricsOptions as HTTPMetricsOptions } from './application/framework-metrics.js'
export type { MountedOptions as MetricsRoutesOptions } from './application/mounted-options.js'

/** What is used of Koa's context. */
export interface KoaContext {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly app: { readonly context: object }
  path: string
  readonly originalUrl?: string
  respond?: boolean
}

/** A middleware of Koa; 3 is what is tested. */
export type KoaMiddleware = (context: KoaContext, next: () => Promise<unknown>) => Promise<unknown>

/**
 * Middleware for Koa that counts and times requests, each once, from their arrival to the close of their response:
 * `app.use(httpMetrics())` before everything else. The route is the pattern that `@koa/router` matched, behind the
 * prefixes of `koa-mount`, `unmatched` where none did; that a handler passed the request on does not change it.
 */
export function httpMetrics(options: FrameworkMetricsOptions = {}): KoaMiddleware {
  const measure = frameworkMetrics(options).metrics.collectHTTPMetrics(options)
  return (context, next) => {
    nameRoute(context.req, koaRoute(context))
    return new Promise((resolve) => measure(context.req, context.res, () => resolve(next())))
  }
}

/** The metrics routes as middleware for Koa: `app.use(metricsRoutes())`. `metricsRouter` says what they are. */
export function metricsRoutes(options: MountedOptions = {}): KoaMiddleware {
  const take = requestTaker(options)
  return async (context, next) => {
    if (take(context.req, context.res, context.originalUrl)) context.respond = false
    else await next()
  }
}
