import type { Exchange } from './exchange.js'

/** Sends JSON with its length. */
export function sendJson(exchange: Exchange, status: number, value: unknown): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`)
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length }
  exchange.open(status, headers).end(body)
}
