import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { between, type Random } from '../random.js'
import { RateLimit } from './rate-limit.js'

const LATENCY_MS = [5, 60] as const
const DECLINED_SHARE = 0.02
const LIMIT_PER_MINUTE = 6_000

/** A payment service for a shop without one: `POST /charges`, some latency, some refusals, a rate limit. */
export class PaymentApi {
  readonly #server: Server
  readonly #limit = new RateLimit(LIMIT_PER_MINUTE, 60_000)
  readonly #random: Random
  #charges = 0

  constructor(random: Random) {
    this.#random = random
    this.#server = createServer((req, res) => void this.#answer(req, res).catch(() => res.destroy()))
  }

  /** Listens on a free port of the loopback interface; resolves to its address. */
  async start(): Promise<URL> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const { port } = this.#server.address() as AddressInfo // what address() gives for a TCP server
    return new URL(`http://127.0.0.1:${port}`)
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return
    this.#server.close()
    this.#server.closeAllConnections()
    await once(this.#server, 'close')
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    for await (const _ of req.iterator({ destroyOnReturn: false })); // the amount does not matter here
    if (req.method !== 'POST' || req.url !== '/charges') return send(res, 404, { error: 'Not found' })
    const allowed = this.#limit.take()
    res.setHeader('x-ratelimit-limit', this.#limit.limit)
    res.setHeader('x-ratelimit-remaining', this.#limit.remaining)
    res.setHeader('x-ratelimit-reset', this.#limit.secondsToReset)
    if (!allowed) return send(res, 429, { error: 'Too many charges' })
    await sleep(between(this.#random, ...LATENCY_MS))
    if (this.#random() < DECLINED_SHARE) return send(res, 402, { error: 'Declined' })
    this.#charges += 1
    send(res, 201, { id: `charge-${process.pid}-${this.#charges}` })
  }
}

function send(res: ServerResponse, statusCode: number, body: object): void {
  res.writeHead(statusCode, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
