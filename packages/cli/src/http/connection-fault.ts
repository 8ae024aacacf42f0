/** Why nobody answered. */
export interface ConnectionFault {
  readonly kind: 'refused' | 'unknown-host' | 'timeout' | 'tls' | 'other'
  /** As the system says it, or the time that was waited. */
  readonly detail: string
}

const causes: readonly (readonly [RegExp, ConnectionFault['kind']])[] = [
  [/ECONNREFUSED/, 'refused'],
  [/ENOTFOUND|EAI_AGAIN/, 'unknown-host'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|EPROTO|wrong version number/i, 'tls'],
]

/** What an error of `fetch` means. */
export function connectionFaultOf(error: unknown, seconds: number): ConnectionFault {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { kind: 'timeout', detail: `${seconds} s` }
  const detail = detailOf(error)
  return { kind: causes.find(([pattern]) => pattern.test(detail))?.[1] ?? 'other', detail }
}

function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (cause instanceof AggregateError) return [...new Set(cause.errors.map(detailOf))].join('; ')
  if (!(cause instanceof Error)) return error.message
  // fetch refuses the ports that browsers block, and says only these two words.
  if (cause.message === 'bad port')
    return 'bad port: it is one of those that fetch never connects to, such as 1, 6000 or 10080'
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return cause.message.includes(code) ? cause.message : `${code} ${cause.message}`
}
