import type { IncomingMessage, ServerResponse } from 'node:http'
import { exposeJson } from '../exposition/expose.js'
import type { JsonFamily } from '../exposition/json-encoder.js'
import { defaultRegistry } from '../registry/default-registry.js'
import type { Registry } from '../registry/registry.js'
import { answerScrape, sendJson } from '../serve/scrape-handler.js'
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
 * whether the router is mounted at the root or under `/metrics`.
 */
export class MetricsRoutes {
  readonly #registry: Registry
  readonly #environment: string | undefined

  constructor(options: MetricsRoutesOptions = {}) {
    this.#registry = options.registry ?? defaultRegistry()
    this.#environment = options.environment
  }

  getRouter(): Middleware {
    return (req, res, next) => {
      const path = pathBelowMetrics(req)
      if (path === undefined) next()
      else void this.#answer(path, req, res, next)
    }
  }

  async #answer(path: string, req: IncomingMessage, res: ServerResponse, next: () => void): Promise<void> {
    try {
      if (path === 'reset' && req.method === 'POST') this.#reset(res)
      else if (req.method !== 'GET' && req.method !== 'HEAD') next()
      else if (path === '') await answerScrape(this.#registry, req, res)
      else await this.#describe(path, res)
    } catch (error) {
      process.emitWarning(`a metrics route failed: ${String(error)}`, { type: 'TelltaleWarning' })
      if (!res.headersSent)
        sendJson(res, 500, { status: 'unhealthy', error: 'The metrics could not be gathered.' })
    }
  }

  async #describe(path: string, res: ServerResponse): Promise<void> {
    const families = await exposeJson(this.#registry)
    if (path === 'health') sendJson(res, 200, healthOf(families))
    else if (path === 'stats') sendJson(res, 200, statsOf(families))
    else sendFamily(res, families, path)
  }

  #reset(res: ServerResponse): void {
    if (safeEnvironment(this.#environment ?? process.env.NODE_ENV) === 'production') {
      sendJson(res, 403, { error: 'Metrics cannot be reset in production.' })
    } else {
      this.#registry.reset()
      sendJson(res, 200, { message: 'All metrics start again from their initial values.' })
    }
  }
}

interface Mounted extends IncomingMessage {
  readonly baseUrl?: string
}

/** What follows `/metrics` in the path, without slashes; `undefined` for a path that is somebody else's. */
function pathBelowMetrics(req: IncomingMessage): string | undefined {
  const path = (req.url ?? '/').split('?', 1)[0]!
  const own = /^\/metrics(?:\/([^/]*))?\/?$/.exec(path)
  if (own !== null) return decoded(own[1] ?? '')
  if (!(req as Mounted).baseUrl) return undefined
  const relative = /^\/([^/]*)\/?$/.exec(path)
  return relative === null ? undefined : decoded(relative[1]!)
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function healthOf(families: readonly JsonFamily[]) {
  return { status: 'healthy', metricsCount: families.length, timestamp: new Date().toISOString() }
}

function statsOf(families: readonly JsonFamily[]) {
  const metricTypes: Record<string, number> = {}
  for (const { type } of families) metricTypes[type] = (metricTypes[type] ?? 0) + 1
  const totalSeries = families.reduce((sum, family) => sum + family.values.length, 0)
  return { totalMetrics: families.length, totalSeries, metricTypes, timestamp: new Date().toISOString() }
}

function sendFamily(res: ServerResponse, families: readonly JsonFamily[], name: string): void {
  const family = families.find((candidate) => candidate.name === name)
  if (family === undefined) sendJson(res, 404, { error: 'No metric of this name has values.' })
  else sendJson(res, 200, family)
}
