import { PRODUCTS } from '../orders/catalogue.js'
import { between, pick, type Random } from '../random.js'

export interface TrafficRequest {
  readonly kind: Kind
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What visitors do, and how often, in percent. */
const WEIGHTS = {
  'browse users': 30,
  'open user': 24,
  'browse orders': 10,
  'open order': 8,
  register: 10,
  order: 15,
  'bad input': 1,
  'unknown path': 1,
  'aborted upload': 1,
} as const

export type Kind = keyof typeof WEIGHTS

const REQUESTS_PER_VISITOR = 4
const REMEMBERED = 200
const SIGNED_IN_SHARE = 0.7
const SOURCES = ['web', 'mobile', 'api'] as const
const LOST_PATHS = ['/wp-login.php', '/.env', '/api/carts', '/users/alice'] as const
const BAD_USERS = ['{"name":"","email":"nobody"}', '{"name":', '[]', '{"name":"Kim","email":"a@b"}'] as const

/**
 * The requests of imaginary visitors, one after the other. The same seed, and the same ids learned in between, give
 * the same requests. Visitors come through a proxy on this machine, each from an address of the range that is
 * reserved for tests (198.18.0.0/15), so that the shop's limit counts each of them as it would count real ones.
 */
export class TrafficMix {
  readonly #random: Random
  readonly #run: string
  readonly #users: number[] = []
  readonly #orders: number[] = []
  #count = 0

  /** `run` makes e-mail addresses new, so that a database may stay the same from run to run. */
  constructor(random: Random, run: string) {
    this.#random = random
    this.#run = run
  }

  next(): TrafficRequest {
    const kind = this.#possible(this.#drawKind())
    this.#count += 1
    const headers: Record<string, string> = { 'x-forwarded-for': this.#address() }
    const signedIn = this.#random() < SIGNED_IN_SHARE ? this.#recall(this.#users) : undefined
    if (signedIn !== undefined) headers['x-user-id'] = String(signedIn)
    return { kind, headers, ...this.#describe(kind) }
  }

  /** Tells the mix what an answer brought, so that later requests can ask for it. */
  learn(kind: Kind, id: number): void {
    const ids = kind === 'order' ? this.#orders : this.#users
    ids.push(id)
    if (ids.length > REMEMBERED) ids.shift()
  }

  #drawKind(): Kind {
    let drawn = this.#random() * 100
    for (const kind of KINDS) {
      drawn -= WEIGHTS[kind]
      if (drawn < 0) return kind
    }
    return 'browse users'
  }

  /** Nobody can open or order anything before the first user is there. */
  #possible(kind: Kind): Kind {
    if ((kind === 'open user' || kind === 'order') && this.#users.length === 0) return 'register'
    return kind === 'open order' && this.#orders.length === 0 ? 'browse orders' : kind
  }

  #describe(kind: Kind): Pick<TrafficRequest, 'method' | 'path' | 'body'> {
    const random = this.#random
    switch (kind) {
      case 'browse users':
        return { method: 'GET', path: `/api/users?limit=${between(random, 5, 50)}` }
      case 'open user':
        return { method: 'GET', path: `/api/users/${this.#recall(this.#users)}` }
      case 'browse orders':
        return { method: 'GET', path: `/api/orders?limit=${between(random, 5, 50)}` }
      case 'open order':
        return { method: 'GET', path: `/api/orders/${this.#recall(this.#orders)}` }
      case 'register':
        return { method: 'POST', path: '/api/users', body: this.#registration() }
      case 'order':
        return { method: 'POST', path: '/api/orders', body: this.#order() }
      case 'bad input':
        return { method: 'POST', path: '/api/users', body: pick(random, BAD_USERS) }
      case 'unknown path':
        return { method: 'GET', path: pick(random, LOST_PATHS) }
      case 'aborted upload':
        return { method: 'POST', path: '/api/users', body: this.#registration() }
    }
  }

  #registration(): string {
    const name = `visitor-${this.#count}`
    return JSON.stringify({
      name,
      email: `${name}.${this.#run}@example.com`,
      source: pick(this.#random, SOURCES),
    })
  }

  #order(): string {
    return JSON.stringify({
      userId: this.#recall(this.#users),
      product: pick(this.#random, PRODUCTS),
      quantity: between(this.#random, 1, 4),
      source: pick(this.#random, SOURCES),
    })
  }

  #recall(ids: readonly number[]): number | undefined {
    return ids[Math.floor(this.#random() * ids.length)]
  }

  #address(): string {
    const visitor = Math.floor(this.#count / REQUESTS_PER_VISITOR) % 2 ** 17
    return `198.${18 + (visitor >> 16)}.${(visitor >> 8) & 255}.${visitor & 255}`
  }
}

const KINDS = Object.keys(WEIGHTS) as Kind[] // the keys of a literal are exactly these
