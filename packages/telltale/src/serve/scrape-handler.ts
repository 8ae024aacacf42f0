import type { IncomingMessage, ServerResponse } from 'node:http'
import { exposeInParts } from '../exposition/expose.js'
import { DEFAULT_COLLECT_SECONDS } from '../registry/registry.js'
import type { ScrapeSource } from '../registry/scrape-source.js'
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
 * It is made in slices that let the event loop turn every 5 ms. Up to 4 MiB are made before the first byte is sent;
 * when what comes after them cannot be written, the connection is cut, so that no reader takes a part for the
 * whole. The handler counts nothing of its own: Prometheus has the duration, size and outcome of each scrape already.
 */
export async function answerScrape(
  source: ScrapeSource,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const names = namesInQuery(req.url)
  if (names === 'refused') {
    sendJson(res, 400, { error: 'The query is too long or has too many parameters.' })
    return
  }
  try {
    const { accept } = req.headers
    const options = { accept, seconds: collectSeconds(req), ...(names && { names }) }
    await exposeInParts(source, options, (contentType) => new ScrapeAnswer(req, res, contentType))
  } catch (error) {
    if (isGone(res)) return
    process.emitWarning(`a scrape failed: ${String(error)}`, { type: 'TelltaleWarning' })
    if (!res.headersSent)
      sendJson(res, 500, { error: 'The metrics could not be written; the log has the reason.' })
    else res.destroy()
  }
}

/** True when the reader went away, as one does whose own timeout is over. */
function isGone(res: ServerResponse): boolean {
  return res.destroyed || res.closed || res.socket?.destroyed === true
}

/** Prometheus says in a header after how many seconds it gives a scrape up. */
function collectSeconds(req: IncomingMessage): number {
  const timeout = Number(req.headers['x-prometheus-scrape-timeout-seconds'])
  return timeout > 0 ? Math.min(timeout * COLLECT_SHARE, 60) : DEFAULT_COLLECT_SECONDS
}
