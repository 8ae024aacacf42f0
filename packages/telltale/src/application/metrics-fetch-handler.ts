import type { Exchange } from '../serve/exchange.js'
import { FetchExchange } from '../serve/fetch-exchange.js'
import { sendJson } from '../serve/json-answer.js'
import { sendMethods, sendNotAllowed } from '../serve/methods-answer.js'
import { methodsOf } from '../serve/metric-pages.js'
import type { MountedPages } from '../serve/mounted-pages.js'
import { type MountedOptions, mountedPages, pathReader } from './mounted-options.js'

/** Answers a request in the terms of Fetch. Never rejects for a `Request` that is one. */
export type FetchHandler = (request: Request) => Promise<Response>

/**
 * The metrics routes as one function from `Request` to `Response`, for Hono, Next.js and other servers that speak in
 * these: the same pages as those of `metricsRouter`, found behind the first `/metrics` of a path. What is not
 * there gets status 404, and a method that an address does not take 405.
 *
 * The body is a stream that is made no faster than it is read, in slices that hold the event loop for 2 ms at a time;
 * to cancel it, or to abort the request, ends the work. Throws `TELLTALE_OPTION` for options that are none.
 */
export function metricsFetchHandler(options: MountedOptions = {}): FetchHandler {
  const pages = mountedPages('metricsFetchHandler', options)
  const read = fetchPathReader(options)
  return async (request) => {
    const exchange = new FetchExchange(request)
    answer(pages, read(exchange.url.split('?', 1)[0]!), exchange)
    return await exchange.response
  }
}

function answer(pages: MountedPages, below: string | undefined, exchange: Exchange): void {
  if (below === undefined) sendJson(exchange, 404, { error: 'There are no metrics here.' })
  else if (exchange.method === 'OPTIONS') sendMethods(exchange, methodsOf(below))
  else if (!pages.takes(below, exchange.method)) sendNotAllowed(exchange, methodsOf(below))
  else void pages.answer(below, exchange)
}

/** A framework may leave out the path that it mounted the handler on, or put its own before it. */
function fetchPathReader(options: MountedOptions): (path: string) => string | undefined {
  const read = pathReader(options)
  if (options.path !== undefined) return (path) => read(path, '')
  return (path) => {
    const at = path.search(/\/metrics(?:\/|$)/)
    return at >= 0 ? read(path.slice(at), '') : read(path, '/metrics')
  }
}
