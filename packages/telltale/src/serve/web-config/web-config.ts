import { Section } from './section.js'
import { readTls, type TlsConfig } from './tls-config.js'

/** How often requests may come: `burst` at once, and one more after each interval. */
export interface RateConfig {
  readonly seconds: number
  readonly burst: number
}

/** What a web-config file says. */
export interface WebConfig {
  readonly tls: TlsConfig | undefined
  readonly headers: ReadonlyMap<string, string>
  /** bcrypt hashes by user. */
  readonly users: ReadonlyMap<string, string>
  readonly rate: RateConfig | undefined
}

/** A bcrypt hash of a higher cost takes longer than a scrape may. */
const HIGHEST_COST = 16

/**
 * Reads the content of a web-config file, as Prometheus, its exporters and promtool do. Throws
 * `TELLTALE_WEB_CONFIG`, with the field and without any value that may be secret.
 */
export function readWebConfig(content: unknown, file: string, read: (path: string) => Buffer): WebConfig {
  const root = new Section(file, '', content)
  const config = {
    tls: readTls(root.section('tls_server_config'), file, read),
    headers: readHttp(root.section('http_server_config')),
    users: readUsers(root.section('basic_auth_users')),
    rate: readRate(root.section('rate_limit')),
  }
  root.end()
  return config
}

/** The headers that may be set, with the values of those that have few. */
const headerValues: Readonly<Record<string, readonly string[]>> = {
  'Strict-Transport-Security': [],
  'X-Content-Type-Options': ['nosniff'],
  'X-Frame-Options': ['deny', 'sameorigin'],
  'X-XSS-Protection': [],
  'Content-Security-Policy': [],
}

function readHttp(section: Section): ReadonlyMap<string, string> {
  // HTTP/2 is not served in any case; clients that can speak it agree on HTTP/1.1.
  section.boolean('http2')
  const headers = section.section('headers')
  section.end()
  const given = new Map<string, string>()
  for (const [name, values] of Object.entries(headerValues)) {
    const value = headers.text(name)
    if (value === undefined) continue
    if (values.length > 0 && !values.includes(value)) {
      throw headers.fault(name, `expected ${values.join(' or ')}`)
    }
    if (/[^\t\x20-\x7e]/.test(value)) throw headers.fault(name, 'expected printable ASCII on one line')
    given.set(name, value)
  }
  headers.end()
  return given
}

function readUsers(section: Section): ReadonlyMap<string, string> {
  const users = new Map<string, string>()
  section.keys.forEach((user, index) => {
    const [hash, cost] = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(section.text(user) ?? '') ?? []
    const which = `user ${index + 1} of ${section.keys.length}`
    if (hash === undefined) {
      throw section.fault('', `${which} has no bcrypt hash. Make one with: htpasswd -nBC 10 ""`)
    }
    if (Number(cost) < 4 || Number(cost) > HIGHEST_COST) {
      throw section.fault('', `${which} has a bcrypt hash of cost ${cost}, expected 4 to ${HIGHEST_COST}`)
    }
    users.set(user, hash)
  })
  return users
}

function readRate(section: Section): RateConfig | undefined {
  const interval = section.text('interval')
  const burst = Number(section.text('burst') ?? 0)
  section.end()
  const seconds = interval === undefined ? 0 : secondsOf(interval)
  if (seconds === undefined) throw section.fault('interval', 'expected a duration such as 1s or 500ms')
  if (!Number.isInteger(burst) || burst < 0) throw section.fault('burst', 'expected a whole number')
  return seconds === 0 ? undefined : { seconds, burst }
}

const unitSeconds: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
}

/** The seconds of a duration as Go writes it, such as `1m30s`. */
function secondsOf(text: string): number | undefined {
  if (text === '0') return 0
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/gy)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined
  return parts.reduce((sum, [, value, unit]) => sum + Number(value) * unitSeconds[unit!]!, 0)
}
