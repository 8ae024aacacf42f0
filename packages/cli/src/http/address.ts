/** An address as a URL; `localhost:9090` is taken for `http://localhost:9090`. `undefined` for what is none. */
export function addressOf(text: string): string | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  return URL.canParse(url) && /^https?:/i.test(url) ? url : undefined
}

/**
 * The address of metrics that a word means which may also be the name of a file: an URL, or `host:port`. Without a path
 * it gets `/metrics`. `undefined` for what is none: a word alone is more likely a file that is not there.
 */
export function metricsAddressOf(text: string): string | undefined {
  const isBare = /^([\w.-]+|\[[0-9a-f:]+\]):\d+(\/|$)/i.test(text)
  const address = isBare || /^https?:\/\//i.test(text) ? addressOf(text) : undefined
  if (address === undefined) return undefined
  const url = new URL(address)
  if (url.pathname === '/' && !text.endsWith('/')) url.pathname = '/metrics'
  return url.href
}
