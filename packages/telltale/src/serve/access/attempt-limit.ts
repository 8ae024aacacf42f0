import { isIPv6 } from 'node:net'

const BURST = 5
const SECONDS_PER_ATTEMPT = 1
const MOST_ADDRESSES = 1000

interface Attempts {
  left: number
  /** Seconds on a monotonic clock. */
  at: number
}

/**
 * Attempts with wrong passwords: five at once from an address, and one more each second. Of the addresses, the last
 * thousand are remembered.
 */
export class AttemptLimit {
  readonly #addresses = new Map<string, Attempts>()
  readonly #now: () => number

  constructor(now: () => number = () => performance.now() / 1000) {
    this.#now = now
  }

  /** Takes one attempt of an address; false when it has none left. */
  take(address: string | undefined): boolean {
    const network = networkOf(address)
    const now = this.#now()
    const { left, at } = this.#addresses.get(network) ?? { left: BURST, at: now }
    const renewed = Math.min(BURST, left + (now - at) / SECONDS_PER_ATTEMPT)
    const taken = renewed >= 1
    this.#remember(network, { left: taken ? renewed - 1 : renewed, at: now })
    return taken
  }

  /** Gives an attempt back that was right. */
  giveBack(address: string | undefined): void {
    const attempts = this.#addresses.get(networkOf(address))
    if (attempts !== undefined) attempts.left = Math.min(BURST, attempts.left + 1)
  }

  #remember(network: string, attempts: Attempts): void {
    this.#addresses.delete(network)
    if (this.#addresses.size >= MOST_ADDRESSES) {
      const oldest = this.#addresses.keys().next()
      if (!oldest.done) this.#addresses.delete(oldest.value)
    }
    this.#addresses.set(network, attempts)
  }
}

/** An IPv4 address, or the /64 of an IPv6 one, of which a single sender has all addresses. */
function networkOf(address = ''): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0')
  return [...front, ...zeros, ...back].slice(0, 4).join(':')
}
