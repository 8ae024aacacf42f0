import { exposeFamilyInParts } from '../exposition/expose.js'
import { PreparedFamilies } from '../exposition/prepared-families.js'
import { SampleCounts } from '../exposition/sample-counts.js'
import type { ScrapeSource } from '../registry/scrape-source.js'
import type { Exchange } from './exchange.js'
import { sendJson } from './json-answer.js'
import { ScrapeAnswer } from './scrape-answer.js'
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
  readonly #prepared = new PreparedFamilies()

  constructor(source: EndpointSource, mayReset: () => boolean) {
    this.#source = source
    this.#mayReset = mayReset
  }

  /** Whether there is a page for the method of a request at `path`, as {@link pathBelowMetrics} gives it. */
  takes(path: string, method = ''): boolean {
    return methodsOf(path).includes(method)
  }

  /** Answers a request that it {@link takes}. Never rejects. */
  async answer(path: string, exchange: Exchange): Promise<void> {
    try {
      if (exchange.method === 'POST') await this.#reset(exchange)
      else if (path === '') await answerScrape(this.#source, exchange, this.#prepared)
      else if (path === 'health') sendJson(exchange, 200, healthOf(await SampleCounts.of(this.#source)))
      else if (path === 'stats') sendJson(exchange, 200, statsOf(await SampleCounts.of(this.#source)))
      else await this.#sendFamily(path, exchange)
    } catch (error) {
      if (exchange.isGone) return
      process.emitWarning(`a metrics route failed: ${String(error)}`, { type: 'TelltaleWarning' })
      if (exchange.isAnswered) exchange.cut()
      else sendJson(exchange, 500, { status: 'unhealthy', error: 'The metrics could not be gathered.' })
    }
  }

  async #sendFamily(name: string, exchange: Exchange): Promise<void> {
    const open = (contentType: string) => new ScrapeAnswer(exchange, contentType)
    const isThere = await exposeFamilyInParts(this.#source, name, open)
    if (!isThere) sendJson(exchange, 404, { error: 'No metric of this name has values.' })
  }

  async #reset(exchange: Exchange): Promise<void> {
    if (!this.#mayReset()) {
      sendJson(exchange, 403, { error: 'Metrics cannot be reset in production.' })
    } else if (this.#source.reset === undefined) {
      sendJson(exchange, 501, { error: 'These metrics cannot be reset.' })
    } else {
      await this.#source.reset()
      sendJson(exchange, 200, { message: 'All metrics start again from their initial values.' })
    }
  }
}

/** The methods that a path below `/metrics` has. */
export function methodsOf(path: string): readonly string[] {
  return path === 'reset' ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD']
}

/** What follows `/metrics` in a path, without slashes; `undefined` for a path that is somebody else's. */
export function pathBelowMetrics(path: string): string | undefined {
  return pathBelow('/metrics', path)
}

/** What follows `base` in a path, without slashes; `undefined` for a path that is not below it. */
export function pathBelow(base: string, path: string): string | undefined {
  const rest = path.startsWith(base) ? /^(?:\/([^/]*))?\/?$/.exec(path.slice(base.length)) : null
  return rest === null ? undefined : decoded(rest[1] ?? '')
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function healthOf({ totalFamilies }: SampleCounts) {
  return { status: 'healthy', metricsCount: totalFamilies, timestamp: new Date().toISOString() }
}

function statsOf({ totalFamilies, samples, families }: SampleCounts) {
  return {
    totalMetrics: totalFamilies,
    totalSeries: samples,
    metricTypes: Object.fromEntries(families),
    timestamp: new Date().toISOString(),
  }
}
