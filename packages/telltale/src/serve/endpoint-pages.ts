import type { Exchange } from './exchange.js'
import { sendJson } from './json-answer.js'
import { type PageData, sendLivePage } from './live/live-page.js'

/** What an endpoint's pages tell of it. */
export interface EndpointState {
  readonly isReady: boolean
  /** The live page, where there is one. */
  readonly live: PageData | undefined
}

/** A page of an endpoint that is not about metrics. */
export interface Page {
  /** Whether it is for everybody: who asks whether a process lives has no password, and learns nothing else. */
  readonly isOpen: boolean
  send(exchange: Exchange, state: EndpointState): void
}

const pages: Readonly<Record<string, Page>> = {
  '/': {
    isOpen: false,
    send: (exchange, { live }) =>
      sendJson(exchange, 200, {
        message: 'Metrics of this process, for Prometheus.',
        endpoints: {
          metrics: '/metrics',
          health: '/health',
          stats: '/metrics/stats',
          ...(live && { live: '/live' }),
        },
      }),
  },
  '/health': {
    isOpen: false,
    send: (exchange) =>
      sendJson(exchange, 200, {
        status: 'healthy',
        timestamp: new Date().toISOString(),
        uptime: process.uptime(),
      }),
  },
  '/live': { isOpen: false, send: (exchange, { live }) => sendLivePage(exchange, live) },
  '/-/healthy': { isOpen: true, send: (exchange) => sendText(exchange, 200, 'Healthy.') },
  '/-/ready': {
    isOpen: true,
    send: (exchange, { isReady }) =>
      isReady ? sendText(exchange, 200, 'Ready.') : sendText(exchange, 503, 'Not ready.'),
  },
}

/** The page at a path; `undefined` where there is none. */
export function pageAt(path: string): Page | undefined {
  return Object.hasOwn(pages, path) ? pages[path] : undefined
}

function sendText(exchange: Exchange, status: number, line: string): void {
  const body = Buffer.from(`${line}\n`)
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length }
  exchange.open(status, headers).end(body)
}
