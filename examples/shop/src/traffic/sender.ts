import { once } from 'node:events'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TrafficRequest } from './mix.js'

const TIMEOUT_MS = 10_000
const ABORT_AFTER_MS = 20

/** Sends requests to one server over kept connections. */
export class Sender {
  readonly #target: URL
  readonly #agent = new Agent({ keepAlive: true })
  readonly #signal: AbortSignal

  /** Every request ends when `signal` aborts. */
  constructor(target: URL, signal: AbortSignal) {
    this.#target = target
    this.#signal = signal
  }

  /** The body of the answer. Rejects when there was none. */
  async send({ method, path, headers, body }: TrafficRequest): Promise<string> {
    const outgoing = this.#open(method, path, {
      ...headers,
      ...(body && { 'content-type': 'application/json' }),
    })
    outgoing.end(body)
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage] // what 'response' comes with
    let text = ''
    answer.setEncoding('utf8')
    for await (const chunk of answer) text += chunk
    return text
  }

  /** Sends half of the body and goes away. */
  async abandon({ method, path, headers, body = '' }: TrafficRequest): Promise<void> {
    const outgoing = this.#open(method, path, {
      ...headers,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    })
    outgoing.on('error', () => {}) // expected: it is abandoned
    outgoing.write(body.slice(0, body.length / 2))
    await sleep(ABORT_AFTER_MS)
    outgoing.destroy()
  }

  close(): void {
    this.#agent.destroy()
  }

  #open(method: string, path: string, headers: Record<string, string>): ClientRequest {
    const outgoing = request(new URL(path, this.#target), {
      method,
      headers,
      agent: this.#agent,
      signal: this.#signal,
      timeout: TIMEOUT_MS,
    })
    return outgoing.on('timeout', () =>
      outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)),
    )
  }
}
