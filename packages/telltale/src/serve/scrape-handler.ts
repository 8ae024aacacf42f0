import { exposeInParts } from '../exposition/expose.js'
import type { PreparedFamilies } from '../exposition/prepared-families.js'
import { DEFAULT_COLLECT_SECONDS } from '../registry/registry.js'
import type { ScrapeSource } from '../registry/scrape-source.js'
import type { Exchange } from './exchange.js'
import { sendJson } from './json-answer.js'
import { ScrapeAnswer } from './scrape-answer.js'
import { namesInQuery } from './scrape-query.js'

/** Collectors get this share of the scrape's timeout; the rest is for writing and sending. */
const COLLECT_SHARE = 0.8

/**
 * Answers a scrape of a registry, `GET` or `HEAD`: status 200, in the format that `Accept` asks for, compressed where
 * `Accept-Encoding` permits, with the families that `name[]` names or all; status 400 for a query beyond its
 * limits; status 500 when the metrics cannot be written. Never rejects.
 *
 * It is made in slices that let the event loop turn every 2 ms. Up to 4 MiB are made before the first byte is sent;
 * when what comes after them cannot be written, the connection is cut, so that no reader takes a part for the
 * whole. What is `prepared` of families is kept there for the scrapes to come. The handler counts nothing of its own: Prometheus has the duration, size and outcome of each scrape already.
 */
export async function answerScrape(
  source: ScrapeSource,
  exchange: Exchange,
  prepared?: PreparedFamilies,
): Promise<void> {
  const names = namesInQuery(exchange.url)
  if (names === 'refused') {
    sendJson(exchange, 400, { error: 'The query is too long or has too many parameters.' })
    return
  }
  try {
    const accept = exchange.header('accept')
    const options = { accept, seconds: collectSeconds(exchange), ...(names && { names }), prepared }
    await exposeInParts(source, options, (contentType) => new ScrapeAnswer(exchange, contentType))
  } catch (error) {
    if (exchange.isGone) return
    process.emitWarning(`a scrape failed: ${String(error)}`, { type: 'TelltaleWarning' })
    if (!exchange.isAnswered)
      sendJson(exchange, 500, { error: 'The metrics could not be written; the log has the reason.' })
    else exchange.cut()
  }
}

/** Prometheus says in a header after how many seconds it gives a scrape up. */
function collectSeconds(exchange: Exchange): number {
  const timeout = Number(exchange.header('x-prometheus-scrape-timeout-seconds'))
  return timeout > 0 ? Math.min(timeout * COLLECT_SHARE, 60) : DEFAULT_COLLECT_SECONDS
}
