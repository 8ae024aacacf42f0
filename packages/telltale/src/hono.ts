import { IncomingMessage, ServerResponse } from 'node:http'
import { type FrameworkMetricsOptions, frameworkMetrics } from './application/framework-metrics.js'
import { type HonoContext, honoRoute } from './instrument/http/hono-route.js'
import { nameRoute } from './instrument/http/request-route.js'

export type { FrameworkMetricsOptions as HTTPMetricsOptions } from './application/framework-metrics.js'
export { metricsFetchHandler as metricsRoutes } from './application/metrics-fetch-handler.js'
export type { MountedOptions as MetricsRoutesOptions } from './application/mounted-options.js'
export type { HonoContext } from './instrument/http/hono-route.js'

/** A middleware of Hono 4. */
export type HonoMiddleware = (context: HonoContext, next: () => Promise<void>) => Promise<void>

/**
 * Middleware for Hono on `@hono/node-server` that counts and times requests, each once, from their arrival to the close
 * of their response, its body included: `app.use(httpMetrics())` before everything else. The route is the pattern of the
 * handler, prefixes included, also when a middleware refused before it; `unmatched` where there is none.
 *
 * Requests that come without Node.js' own, such as those of `app.request()`, pass unrecorded, with one warning.
 */
export function httpMetrics(options: FrameworkMetricsOptions = {}): HonoMiddleware {
  const measure = frameworkMetrics(options).metrics.collectHTTPMetrics(options)
  const missing = new MissingRequests()
  return (context, next) => {
    const node = nodeOf(context.env)
    if (node === undefined) {
      missing.warn()
      return next()
    }
    const { incoming, outgoing } = node
    nameRoute(incoming, honoRoute(context))
    return new Promise((resolve) => measure(incoming, outgoing, () => resolve(next())))
  }
}

interface NodeBindings {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
}

/** What `@hono/node-server` puts into the environment of a request. */
function nodeOf(env: unknown): NodeBindings | undefined {
  if (typeof env !== 'object' || env === null || !('incoming' in env) || !('outgoing' in env))
    return undefined
  const { incoming, outgoing } = env
  if (!(incoming instanceof IncomingMessage) || !(outgoing instanceof ServerResponse)) return undefined
  return { incoming, outgoing }
}

class MissingRequests {
  #warned = false

  warn(): void {
    if (this.#warned) return
    this.#warned = true
    process.emitWarning(
      'httpMetrics of telltale/hono got a request without the one of Node.js, which @hono/node-server gives: not recorded',
      { type: 'TelltaleWarning', code: 'TELLTALE_ROUTE' },
    )
  }
}
