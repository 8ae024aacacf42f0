/** The Authorization header for a user and a password. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`
}

/** An address without its user and password, and the header that says them; `undefined` without a user. */
export function splitLogin(address: string): {
  readonly url: URL
  readonly authorization: string | undefined
} {
  const url = new URL(address)
  const [username, password] = [decoded(url.username), decoded(url.password)]
  url.username = ''
  url.password = ''
  return { url, authorization: username + password === '' ? undefined : basic(username, password) }
}

/** An address that may be shown: no user, no password. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, '$1')
}

/** What is no percent-encoding is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
