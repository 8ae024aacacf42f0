import { TelltaleError } from '../../model/error.js'
import { shown } from '../../model/metric-name.js'

/** The host of every request to one that has no name of its own. */
export const OTHER_HOST = 'other'

const DEFAULT_LIMIT = 100
const MAX_LENGTH = 200

/** Which hosts are told apart, and how they are called. */
export interface HostOptions {
  /**
   * The hosts that are told apart, with their port unless it is the one of the protocol (`api.example.com`,
   * `localhost:8080`), or without a port for all of them; every other is `other`. Or a function that names the host of a
   * request, for example by the part of a service that it is for; it must not return what has no end, such as a path.
   * Without it, each host is told apart, up to `hostLimit`.
   */
  readonly hosts?: readonly string[] | ((url: URL, suggested: string) => string)
  /** Leaves requests out. */
  readonly ignore?: (url: URL) => boolean
  /** How many hosts are told apart; beyond, they are `other`. 100 when left out. */
  readonly hostLimit?: number
}

/** Where a request goes. */
export interface Target {
  /** With the port unless it is the one of the protocol. */
  readonly host: string
  /** The address as a whole. Throws where it is none. */
  url(): URL
}

/** The last word on names of hosts: applies the user's functions without trusting them. Never throws. */
export class HostNames {
  readonly #named: HostOptions['hosts']
  readonly #listed: ReadonlySet<string> | undefined
  readonly #ignore: HostOptions['ignore']
  readonly #limit: number
  readonly #warn: (message: string) => void
  readonly #known = new Set<string>()
  readonly #warned = new Set<string>()

  /** Throws `TELLTALE_OPTION`. */
  constructor(options: HostOptions, warn: (message: string) => void) {
    this.#named = options.hosts
    this.#listed = Array.isArray(options.hosts) ? listedHosts(options.hosts) : undefined
    this.#ignore = options.ignore
    this.#limit = checkLimit(options.hostLimit ?? DEFAULT_LIMIT)
    this.#warn = warn
  }

  ignores(target: Target): boolean {
    if (this.#ignore === undefined) return false
    try {
      return this.#ignore(target.url()) === true
    } catch (error) {
      this.#warnOnce('ignore', `ignore threw ${textOf(error)}: the request is recorded`)
      return false
    }
  }

  nameOf(target: Target): string {
    if (this.#listed !== undefined) return listedName(this.#listed, target.host)
    return this.#admit(typeof this.#named === 'function' ? this.#chosen(this.#named, target) : target.host)
  }

  #chosen(choose: (url: URL, suggested: string) => string, target: Target): string {
    try {
      const name: unknown = choose(target.url(), target.host)
      if (typeof name === 'string' && name !== '') return name
      this.#warnOnce('hosts', `hosts returned ${shown(name)}, expected a text: the host itself is used`)
    } catch (error) {
      this.#warnOnce('hosts', `hosts threw ${textOf(error)}: the host itself is used`)
    }
    return target.host
  }

  #admit(name: string): string {
    if (this.#known.has(name)) return name
    if (name.length > MAX_LENGTH || name === '') return OTHER_HOST
    if (this.#known.size < this.#limit) {
      this.#known.add(name)
      return name
    }
    this.#warnOnce(
      'limit',
      `more than ${this.#limit} hosts: further ones are recorded as '${OTHER_HOST}'; name those that matter by the option hosts`,
    )
    return OTHER_HOST
  }

  #warnOnce(kind: string, message: string): void {
    if (this.#warned.has(kind)) return
    this.#warned.add(kind)
    this.#warn(message)
  }
}

function listedHosts(hosts: readonly unknown[]): ReadonlySet<string> {
  return new Set(
    hosts.map((host) => {
      if (typeof host === 'string' && host !== '' && !/[/?#@\s]/.test(host)) return host.toLowerCase()
      throw new TelltaleError(
        'TELLTALE_OPTION',
        `hosts: got ${shown(host)}, expected the name of a host such as "api.example.com" or "localhost:8080"`,
      )
    }),
  )
}

function listedName(listed: ReadonlySet<string>, host: string): string {
  if (listed.has(host)) return host
  const bare = host.replace(/:\d+$/, '')
  return listed.has(bare) ? bare : OTHER_HOST
}

function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `hostLimit: got ${shown(limit)}, expected a whole number above 0`,
  )
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : typeof error
}
