import type { IncomingMessage, ServerResponse } from 'node:http'
import { NodeExchange } from '../serve/node-exchange.js'
import type { Middleware } from './metrics-middleware.js'
import { type MountedOptions, mountedPages, pathReader } from './mounted-options.js'

/**
 * The metrics routes as one plain `(req, res, next)` function, for Express, Connect or `node:http`: `GET /metrics`
 * and below it `/health`, `/stats` and `/:metricName`, and `POST /metrics/reset`. They are there on whatever the function
 * is mounted on, and at the root of what is itself called `/metrics`; everything else goes to `next`.
 *
 * They run in the thread of the application, in slices that hold its event loop for 2 ms at a time, no faster than the
 * reader takes the answer, and show the metrics of its worker threads too. Throws `TELLTALE_OPTION` for options that
 * are none. A file that cannot be used is warned of, and nobody reads the metrics then.
 */
export function metricsRouter(options: MountedOptions = {}): Middleware {
  const take = requestTaker(options)
  return (req, res, next) => {
    if (!take(req, res, (req as Mounted).originalUrl)) next()
  }
}

/** Answers a request, asked for as `originalUrl` before mounts took their part of it; false for what is not its own. */
export type RequestTaker = (req: IncomingMessage, res: ServerResponse, originalUrl?: string) => boolean

/** The same for frameworks that say in another way what is not taken. */
export function requestTaker(options: MountedOptions): RequestTaker {
  const pages = mountedPages('metricsRouter', options)
  const read = pathReader(options)
  return (req, res, originalUrl) => {
    const path = pathIn(req.url ?? '/')
    const below = read(path, (req as Mounted).baseUrl ?? mountBefore(path, pathIn(originalUrl ?? '')))
    if (below === undefined || !pages.takes(below, req.method)) return false
    void pages.answer(below, new NodeExchange(req, res))
    return true
  }
}

/** Express says where a router is mounted; Connect, Fastify and Koa say only what the address was. */
interface Mounted extends IncomingMessage {
  readonly baseUrl?: string
  readonly originalUrl?: string
}

function pathIn(url: string): string {
  return url.split('?', 1)[0]!
}

/** What mounts have taken away from the front of `whole` to leave `path`. */
function mountBefore(path: string, whole: string): string {
  if (whole.endsWith(path)) return whole.slice(0, whole.length - path.length)
  return path === '/' ? whole : ''
}
