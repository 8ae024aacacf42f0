import { isIP } from 'node:net'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import type { Rejection } from './rejection.js'

const loopbackNames = ['localhost', '127.0.0.1', '::1']

/**
 * The names under which an endpoint may be asked for. A web page can make its own name point to 127.0.0.1 and so
 * read from a browser what is served to this machine only; but it cannot change the name in `Host`.
 */
export class AllowedHosts {
  /** Every name when there are none. */
  readonly #names: ReadonlySet<string> | undefined

  /** Throws `TELLTALE_OPTION` for what is no list of names. */
  constructor(boundTo: string, allowed: readonly string[] | undefined) {
    checkHosts(allowed)
    const isOpen = allowed === undefined ? !isLoopback(boundTo) : allowed.includes('*')
    if (!isOpen) this.#names = new Set([...loopbackNames, boundTo, ...(allowed ?? [])].map(hostName))
  }

  /** The answer for a `Host` that is not allowed. HTTP/1.0 has none, and no browser speaks it. */
  check(host: string | undefined): Rejection | undefined {
    if (this.#names === undefined || host === undefined || this.#names.has(hostName(host))) return undefined
    return {
      reason: 'host',
      status: 421,
      error:
        'This name is not one that the metrics are served under. Ask for 127.0.0.1 or localhost, or add the ' +
        'name to the option allowedHosts.',
    }
  }
}

/** Throws `TELLTALE_OPTION` for what is no list of names. */
export function checkHosts(allowed: unknown): void {
  if (allowed === undefined) return
  if (Array.isArray(allowed) && allowed.every((name) => typeof name === 'string')) return
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `allowedHosts: got ${shown(allowed)}, expected a list of names, such as ['metrics.internal']`,
  )
}

/** Whether an address to listen on reaches this machine only. */
export function isLoopback(host: string): boolean {
  const name = hostName(host)
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}

/** A host without port, brackets, final dot and letter case. */
function hostName(host: string): string {
  const text = host.trim().toLowerCase()
  if (isIP(text) === 6) return text
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(text) ?? []
  return (bracketed ?? plain ?? text).replace(/\.$/, '')
}
