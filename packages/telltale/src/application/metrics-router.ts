import type { IncomingMessage } from 'node:http'
import { NodeExchange } from '../serve/node-exchange.js'
import type { Middleware } from './metrics-middleware.js'
import { type MountedOptions, mountedPages, pathReader } from './mounted-options.js'

/**
 * The metrics routes as one plain `(req, res, next)` function, for Express, Connect or `node:http`: `GET /metrics`
 * and below it `/health`, `/stats` and `/:metricName`, and `POST /metrics/reset`. They answer at these addresses
 * whether the function is mounted at the root or under `/metrics`; everything else goes to `next`.
 *
 * They run in the thread of the application, in slices that hold its event loop for 2 ms at a time, no faster than the
 * reader takes the answer, and show the metrics of its worker threads too. Throws `TELLTALE_OPTION` for options that
 * are none. A file that cannot be used is warned of, and nobody reads the metrics then.
 */
export function metricsRouter(options: MountedOptions = {}): Middleware {
  const pages = mountedPages('metricsRouter', options)
  const read = pathReader(options)
  return (req, res, next) => {
    const { baseUrl = '' } = req as Mounted
    const path = (req.url ?? '/').split('?', 1)[0]!
    const below = options.path === undefined ? read(path, baseUrl !== '') : read(baseUrl + path, false)
    if (below === undefined || !pages.takes(below, req.method)) next()
    else void pages.answer(below, new NodeExchange(req, res))
  }
}

/** Express says where a router is mounted. */
interface Mounted extends IncomingMessage {
  readonly baseUrl?: string
}
