import type { EndpointLimits } from './endpoint-settings.js'
import type { Exchange } from './exchange.js'
import type { Rejection } from './rejection.js'

/** The path of a request without its query; `undefined` for an address that does not begin with a slash. */
export function pathOf({ url, method }: Exchange): string | undefined {
  if (url === '*' && method === 'OPTIONS') return '/'
  return url.startsWith('/') ? url.split('?', 1)[0] : undefined
}

/** The answer for a request whose query is longer than the limit. */
export function checkQuery({ url }: Exchange, queryLength: number): Rejection | undefined {
  const at = url.indexOf('?')
  if (at < 0 || url.length - at - 1 <= queryLength) return undefined
  return { reason: 'request', status: 414, error: `The query has more than ${queryLength} characters.` }
}

/** The answer for a request whose query or body is beyond the limits. */
export function checkForm(
  exchange: Exchange,
  { queryLength, bodyBytes }: Required<EndpointLimits>,
): Rejection | undefined {
  const misfit = checkQuery(exchange, queryLength)
  if (misfit !== undefined) return misfit
  const length = Number(exchange.header('content-length') ?? 0)
  if (exchange.header('transfer-encoding') === undefined && length <= bodyBytes) return undefined
  return {
    reason: 'request',
    status: 413,
    error: `A request has no body here; one of known length, up to ${bodyBytes} bytes, is left unread.`,
  }
}
