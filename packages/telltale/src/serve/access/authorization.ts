/** What a request brings to prove who sends it. */
export type Authorization =
  | { readonly scheme: 'bearer'; readonly token: string }
  | { readonly scheme: 'basic'; readonly user: string; readonly password: string }

/** Reads an `Authorization` header; `undefined` for none and for what is neither a token nor a password. */
export function parseAuthorization(header: string | undefined): Authorization | undefined {
  const [, scheme, value] = /^(bearer|basic) +([\w.~+/-]+=*) *$/i.exec(header ?? '') ?? []
  if (scheme === undefined || value === undefined) return undefined
  if (scheme.toLowerCase() === 'bearer') return { scheme: 'bearer', token: value }
  const text = Buffer.from(value, 'base64').toString()
  const at = text.indexOf(':')
  if (at < 0) return undefined
  return { scheme: 'basic', user: text.slice(0, at), password: text.slice(at + 1) }
}
