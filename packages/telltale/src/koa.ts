import type { IncomingMessage, ServerResponse } from 'node:http'
import { type FrameworkMetricsOptions, frameworkMetrics } from './application/framework-metrics.js'
import { metricsRouter } from './application/metrics-router.js'
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

/** The metrics routes as middleware for Koa: `app.use(metricsRoutes())`. {@link metricsRouter} says what they are. */
export function metricsRoutes(options: MountedOptions = {}): KoaMiddleware {
  const router = metricsRouter(options)
  return async (context, next) => {
    let passed = false
    router(context.req, context.res, () => {
      passed = true
    })
    if (passed) await next()
    else context.respond = false
  }
}
