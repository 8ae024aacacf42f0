import type { IncomingMessage, ServerResponse } from 'node:http'
import { exposeJson } from '../exposition/expose.js'
import type { JsonFamily } from '../exposition/json-encoder.js'
import type { ScrapeSource } from '../registry/scrape-source.js'
import { sendJson } from './json-answer.js'
import { answerScrape } from './scrape-handler.js'

/** Where the families of an endpoint come from, and how their values are set back where that is possible. */
export interface EndpointSource extends ScrapeSource {
  /** Sets every value back to its start. */
  readonly reset?: (() => void | Promise<void>) | undefined
}

/**
 * The pages of a source of metrics: the scrape at `/metrics`, and below it `/health`, `/stats` and `/:metricName`
 * as JSON, and `POST /metrics/reset`.
 */
export class MetricPages {
  readonly #source: EndpointSource
  readonly #mayReset: () => boolean

  constructor(source: EndpointSource, mayReset: () => boolean) {
    this.#source = source
    this.#mayReset = mayReset
  }

  /** Whether there is a page for the method of a request at `path`, as {@link pathBelowMetrics} gives it. */
  takes(path: string, req: IncomingMessage): boolean {
    return methodsOf(path).includes(req.method ?? '')
  }

  /** Answers a request that it {@link takes}. Never rejects. */
  async answer(path: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      if (req.method === 'POST') await this.#reset(res)
      else if (path === '') await answerScrape(this.#source, req, res)
      else await this.#describe(path, res)
    } catch (error) {
      process.emitWarning(`a metrics route failed: ${String(error)}`, { type: 'TelltaleWarning' })
      if (!res.headersSent)
        sendJson(res, 500, { status: 'unhealthy', error: 'The metrics could not be gathered.' })
    }
  }

  async #describe(path: string, res: ServerResponse): Promise<void> {
    const families = await exposeJson(this.#source)
    if (path === 'health') sendJson(res, 200, healthOf(families))
    else if (path === 'stats') sendJson(res, 200, statsOf(families))
    else sendFamily(res, families, path)
  }

  async #reset(res: ServerResponse): Promise<void> {
    if (!this.#mayReset()) {
      sendJson(res, 403, { error: 'Metrics cannot be reset in production.' })
    } else if (this.#source.reset === undefined) {
      sendJson(res, 501, { error: 'These metrics cannot be reset.' })
    } else {
      await this.#source.reset()
      sendJson(res, 200, { message: 'All metrics start again from their initial values.' })
    }
  }
}

/** The methods that a path below `/metrics` has. */
export function methodsOf(path: string): readonly string[] {
  return path === 'reset' ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD']
}

/** What follows `/metrics` in a path, without slashes; `undefined` for a path that is somebody else's. */
export function pathBelowMetrics(path: string): string | undefined {
  const own = /^\/metrics(?:\/([^/]*))?\/?$/.exec(path)
  return own === null ? undefined : decoded(own[1] ?? '')
}

/** The same for pages that are mounted, under `/metrics` or at the root of what they are mounted on. */
export function pathBelowMount(path: string): string | undefined {
  const relative = /^\/([^/]*)\/?$/.exec(path)
  return pathBelowMetrics(path) ?? (relative === null ? undefined : decoded(relative[1]!))
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
