import type { Exchange } from './exchange.js'
import { sendJson } from './json-answer.js'

/** Says which methods an address takes. */
export function sendMethods(exchange: Exchange, methods: readonly string[]): void {
  exchange.open(204, { Allow: allowed(methods) }).end()
}

/** Says that the method of a request is none of them. */
export function sendNotAllowed(exchange: Exchange, methods: readonly string[]): void {
  exchange.setHeader('Allow', allowed(methods))
  sendJson(exchange, 405, { error: `This method is not for this address. It takes ${allowed(methods)}.` })
}

function allowed(methods: readonly string[]): string {
  return [...methods, 'OPTIONS'].join(', ')
}
