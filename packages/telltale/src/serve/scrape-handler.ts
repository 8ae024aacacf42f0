import type { IncomingMessage, ServerResponse } from 'node:http'
import { exposeBytes } from '../exposition/expose.js'
import { DEFAULT_COLLECT_SECONDS, type Registry } from '../registry/registry.js'

/** Collectors get this share of the scrape's timeout; the rest is for writing and sending. */
const COLLECT_SHARE = 0.8

/**
 * Answers a scrape of a registry with status 200 and the text format, or with status 500 when it cannot be
 * written. Never rejects.
 */
export async function answerScrape(
  registry: Registry,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  try {
    const { contentType, chunks, length } = await exposeBytes(registry, { seconds: collectSeconds(req) })
    res.writeHead(200, { 'Content-Type': contentType, 'Content-Length': length })
    if (req.method !== 'HEAD') for (const chunk of chunks) res.write(chunk)
    res.end()
  } catch (error) {
    process.emitWarning(`a scrape failed: ${String(error)}`, { type: 'TelltaleWarning' })
    if (!res.headersSent)
      sendJson(res, 500, { error: 'The metrics could not be written; the log has the reason.' })
    else res.destroy()
  }
}

/** Sends JSON with its length. */
export function sendJson(res: ServerResponse, status: number, value: unknown): void {
  const body = `${JSON.stringify(value)}\n`
  res.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  })
  res.end(body)
}

/** Prometheus says in a header after how many seconds it gives a scrape up. */
function collectSeconds(req: IncomingMessage): number {
  const timeout = Number(req.headers['x-prometheus-scrape-timeout-seconds'])
  return timeout > 0 ? Math.min(timeout * COLLECT_SHARE, 60) : DEFAULT_COLLECT_SECONDS
}
