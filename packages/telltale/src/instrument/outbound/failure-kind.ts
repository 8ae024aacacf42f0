/** Why a request has no answer: `aborted` by the application itself, the others by what is on the way to the host. */
export const failureKinds = [
  'refused',
  'unreachable',
  'reset',
  'timeout',
  'dns',
  'tls',
  'aborted',
  'other',
] as const

export type FailureKind = (typeof failureKinds)[number]

/** By the codes of Node.js, of undici and of what is built on them. */
const kindByCode: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['ECONNREFUSED', 'refused'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['ESOCKETTIMEDOUT', 'timeout'],
  ['ERR_SOCKET_CONNECTION_TIMEOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ENOTFOUND', 'dns'],
  ['ENODATA', 'dns'],
  ['EPROTO', 'tls'],
  ['HOSTNAME_MISMATCH', 'tls'],
  ['ABORT_ERR', 'aborted'],
  ['UND_ERR_ABORTED', 'aborted'],
])

const DNS_CODE = /^EAI_/
/** OpenSSL's verdicts on certificates, and what Node.js says of TLS itself. */
const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_)|_IN_CHAIN$|SELF_SIGNED|_CA$|_CERT$/

interface ErrorShape {
  readonly code?: unknown
  readonly name?: unknown
  readonly cause?: unknown
}

/**
 * The kind of an error that ended a request. With `isGivenUp`, it was the application that ended it: `timeout` where its
 * error says so, else `aborted`.
 */
export function failureKind(error: unknown, { isGivenUp }: { readonly isGivenUp: boolean }): FailureKind {
  if (saysTimeout(error)) return 'timeout'
  const code = codeOf(error)
  // axios ends a request that takes too long with this code.
  if (isGivenUp)
    return code === 'ECONNABORTED' || kindByCode.get(code ?? '') === 'timeout' ? 'timeout' : 'aborted'
  // What comes from the network, from TLS or from a client has a code; the rest is a reason of the application.
  if (code === undefined) return isParserError(error) ? 'other' : 'aborted'
  return kindByCode.get(code) ?? kindByForm(code)
}

function kindByForm(code: string): FailureKind {
  if (DNS_CODE.test(code)) return 'dns'
  return TLS_CODE.test(code) ? 'tls' : 'other'
}

/** `AbortSignal.timeout` ends `fetch` with its own error, and `node:http` with another one that has it as its cause. */
function saysTimeout(error: unknown): boolean {
  if (!isObject(error)) return false
  return error.name === 'TimeoutError' || (isObject(error.cause) && error.cause.name === 'TimeoutError')
}

/** The one error of undici that has no code in every version. */
function isParserError(error: unknown): boolean {
  return isObject(error) && error.name === 'HTTPParserError'
}

function codeOf(error: unknown): string | undefined {
  if (!isObject(error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

function isObject(value: unknown): value is ErrorShape {
  return typeof value === 'object' && value !== null
}
