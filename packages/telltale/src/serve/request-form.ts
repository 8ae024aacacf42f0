import type { IncomingMessage } from 'node:http'
import type { EndpointLimits } from './endpoint-settings.js'
import type { Rejection } from './rejection.js'

/** The path of a request without its query; `undefined` for an address that does not begin with a slash. */
export function pathOf({ url = '', method }: IncomingMessage): string | undefined {
  if (url === '*' && method === 'OPTIONS') return '/'
  return url.startsWith('/') ? url.split('?', 1)[0] : undefined
}

/** The answer for a request whose query or body is beyond the limits. */
export function checkForm(
  { url = '', headers }: IncomingMessage,
  path: string | undefined,
  { queryLength, bodyBytes }: Required<EndpointLimits>,
): Rejection | undefined {
  if (path !== undefined && url.length - path.length - 1 > queryLength) {
    return { reason: 'request', status: 414, error: `The query has more than ${queryLength} characters.` }
  }
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > bodyBytes) {
    return {
      reason: 'request',
      status: 413,
      error: `A request has no body here; one of known length, up to ${bodyBytes} bytes, is left unread.`,
    }
  }
  return undefined
}
