import { gunzipSync } from 'node:zlib'
import { takesGzip } from '../compression.js'
import type { AnswerHeaders, Exchange } from '../exchange.js'
import { sendJson } from '../json-answer.js'
import type { PageData } from './page-data.js'

export type { PageData } from './page-data.js'

/** Where the page reads the metrics: as `/metrics`, but neither logged nor counted among the scrapes. */
export const LIVE_METRICS = '/live/metrics'

/** The data of the page; `undefined` where the build left it out. It is loaded by the first who needs it. */
export async function loadLivePage(): Promise<PageData | undefined> {
  return (await import('./page-data.js')).pageData
}

/** Sends the page: status 200, or 304 to a browser that has it; status 404 says how the page is had. */
export function sendLivePage(exchange: Exchange, page: PageData | undefined): void {
  if (page === undefined) {
    sendJson(exchange, 404, {
      error: 'The live page is off. The option livePage: true of MetricsServer shows it.',
    })
    return
  }
  const { etag, policy } = page
  const headers: AnswerHeaders = {
    ETag: etag,
    // A newer version of the library has another page, and who may read is asked each time.
    'Cache-Control': 'no-cache, private',
    Vary: 'Accept-Encoding',
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'no-referrer',
  }
  if (namesTag(exchange.header('if-none-match'), etag)) exchange.open(304, headers).end()
  else sendHtml(exchange, Buffer.from(page.gzip, 'base64'), headers)
}

function sendHtml(exchange: Exchange, gzip: Buffer, headers: AnswerHeaders): void {
  const isCompressed = takesGzip(exchange.header('accept-encoding'), gzip.length)
  const body = isCompressed ? gzip : gunzipSync(gzip)
  const html = {
    ...headers,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    ...(isCompressed && { 'Content-Encoding': 'gzip' }),
  }
  exchange.open(200, html).end(body)
}

function namesTag(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}
