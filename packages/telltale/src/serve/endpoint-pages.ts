import type { ServerResponse } from 'node:http'
import { sendJson } from './json-answer.js'

/** A page of an endpoint that is not about metrics. */
export interface Page {
  /** Whether it is for everybody: who asks whether a process lives has no password, and learns nothing else. */
  readonly isOpen: boolean
  send(res: ServerResponse, isReady: boolean): void
}

const pages: Readonly<Record<string, Page>> = {
  '/': {
    isOpen: false,
    send: (res) =>
      sendJson(res, 200, {
        message: 'Metrics of this process, for Prometheus.',
        endpoints: { metrics: '/metrics', health: '/health', stats: '/metrics/stats' },
      }),
  },
  '/health': {
    isOpen: false,
    send: (res) =>
      sendJson(res, 200, {
        status: 'healthy',
        timestamp: new Date().toISOString(),
        uptime: process.uptime(),
      }),
  },
  '/-/healthy': { isOpen: true, send: (res) => sendText(res, 200, 'Healthy.') },
  '/-/ready': {
    isOpen: true,
    send: (res, isReady) => (isReady ? sendText(res, 200, 'Ready.') : sendText(res, 503, 'Not ready.')),
  },
}

/** The page at a path; `undefined` where there is none. */
export function pageAt(path: string): Page | undefined {
  return Object.hasOwn(pages, path) ? pages[path] : undefined
}

function sendText(res: ServerResponse, status: number, line: string): void {
  const body = `${line}\n`
  res.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  })
  res.end(body)
}
