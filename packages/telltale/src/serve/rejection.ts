import type { AnswerHeaders, Exchange } from './exchange.js'
import { sendJson } from './json-answer.js'

/** Why an endpoint does not answer a request or a connection; the values of the label `reason`. */
export const rejectionReasons = [
  'malformed',
  'timeout',
  'tls',
  'connections',
  'host',
  'request',
  'client_certificate',
  'credentials',
  'attempts',
  'rate',
  'busy',
  'slow_reader',
] as const

export type RejectionReason = (typeof rejectionReasons)[number]

/** A refused request: the reason that is counted, and the answer, which has no secret in it. */
export interface Rejection {
  readonly reason: RejectionReason
  readonly status: number
  readonly error: string
  readonly headers?: AnswerHeaders
}

/** Sends the answer of a refused request. */
export function sendRejection(exchange: Exchange, { status, error, headers = {} }: Rejection): void {
  for (const [name, value] of Object.entries(headers)) exchange.setHeader(name, String(value))
  sendJson(exchange, status, { error })
}

/** For a scrape that finds no place. */
export const busy: Rejection = {
  reason: 'busy',
  status: 503,
  error: 'Too many scrapes are being answered. Try again in a second.',
  headers: { 'Retry-After': '1' },
}
