/** An address as a URL; `localhost:9090` is taken for `http://localhost:9090`. `undefined` for what is none. */
export function addressOf(text: string): string | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  return URL.canParse(url) && /^https?:/i.test(url) ? url : undefined
}
