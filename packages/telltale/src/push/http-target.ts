import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

/** Who asks, as far as an address does not say it itself. */
export interface Credentials {
  /** For basic authentication; taken from the address when they stand there. */
  readonly username?: string
  readonly password?: string
  /** Sent as a bearer token. */
  readonly bearerToken?: string
}

/** An address without what stands in it of a user, and the headers that say who asks. */
export interface HttpTarget {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
}

/** Reads an address. Throws `TELLTALE_OPTION`; what is wrong may hold a password, so it is not repeated. */
export function httpTarget(
  who: string,
  given: unknown,
  example: string,
  credentials: Credentials,
): HttpTarget {
  const url = typeof given === 'string' && URL.canParse(given) ? new URL(given) : undefined
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url === undefined || !isWeb || url.hash !== '') throw wrongUrl(who, example)
  const username = credentials.username ?? decoded(url.username, who, example)
  const password = credentials.password ?? decoded(url.password, who, example)
  const bare = new URL(`${url.origin}${url.pathname}${url.search}`)
  return { url: bare, headers: authorization(who, username, password, credentials.bearerToken) }
}

function authorization(
  who: string,
  username: string,
  password: string,
  bearerToken: string | undefined,
): Readonly<Record<string, string>> {
  const isBasic = username !== '' || password !== ''
  if (isBasic && bearerToken !== undefined) {
    throw new TelltaleError('TELLTALE_OPTION', `${who}: got a bearer token and a user, expected one of them`)
  }
  if (bearerToken !== undefined) return { authorization: `Bearer ${bearerToken}` }
  if (!isBasic) return {}
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` }
}

/** An option that is a number of seconds above 0, an hour at most. Throws `TELLTALE_OPTION`. */
export function checkSeconds(who: string, option: string, seconds: number): number {
  if (Number.isFinite(seconds) && seconds > 0 && seconds <= 3600) return seconds
  throw wrongOption(who, option, seconds, 'a number of seconds above 0, at most 3600')
}

/** An option that is a whole number from `least` on. Throws `TELLTALE_OPTION`. */
export function checkWhole(who: string, option: string, number: number, least: number): number {
  if (Number.isInteger(number) && number >= least) return number
  throw wrongOption(
    who,
    option,
    number,
    least === 0 ? 'a whole number that is not negative' : `a whole number from ${least} on`,
  )
}

function wrongOption(who: string, option: string, got: unknown, expected: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `${who}: got ${option} ${shown(got)}, expected ${expected}`)
}

function decoded(text: string, who: string, example: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrongUrl(who, example)
  }
}

/** The error for an address that cannot be used. */
export function wrongUrl(who: string, example: string): TelltaleError {
  return new TelltaleError(
    'TELLTALE_OPTION',
    `${who}: got a url that cannot be used, expected an address such as "${example}"`,
  )
}
