import { Writable } from 'node:stream'
import type { AnswerHeaders, Exchange } from './exchange.js'
import { FetchBody } from './fetch-body.js'

/** Statuses whose answers have no body, not even an empty one. */
const bodiless = new Set([204, 304])

/** A request to a server that speaks in `Request` and `Response`. */
export class FetchExchange implements Exchange {
  readonly method: string
  readonly url: string
  readonly address = undefined
  /** Whoever reads the stream may keep its chunks. */
  readonly releasesChunks = false
  /** Resolves when the head of the answer is known, while its body may still be made. */
  readonly response: Promise<Response>
  readonly #request: Request
  readonly #headers = new Map<string, string>()
  #respond!: (response: Response) => void
  #body: Writable | undefined
  #status = 0
  #ended: (() => void)[] = []

  /** Throws a `TypeError` for a request without a valid address. */
  constructor(request: Request) {
    const { pathname, search } = new URL(request.url)
    this.method = request.method
    this.url = pathname + search
    this.#request = request
    this.response = new Promise((resolve) => {
      this.#respond = resolve
    })
    request.signal?.addEventListener('abort', () => this.cut(), { once: true })
  }

  get isAnswered(): boolean {
    return this.#body !== undefined
  }

  get isGone(): boolean {
    return this.#request.signal?.aborted === true || this.#body?.destroyed === true
  }

  get taken(): number | undefined {
    return this.#body instanceof FetchBody && this.#body.isWaiting ? this.#body.given : undefined
  }

  /** Of the body alone: who sends it decides about the head. */
  get sent(): number {
    return this.#body instanceof FetchBody ? this.#body.given : 0
  }

  get status(): number | undefined {
    return this.#body?.writableFinished ? this.#status : undefined
  }

  header(name: string): string | undefined {
    if (name === 'accept-encoding' && isInNext()) return undefined
    const value = this.#request.headers.get(name)
    // Servers that make a `Request` by hand leave the host to its address.
    return value ?? (name === 'host' ? new URL(this.#request.url).host : undefined)
  }

  setHeader(name: string, value: string): void {
    this.#headers.set(name, value)
  }

  open(status: number, headers: AnswerHeaders): Writable {
    const all = new Headers([...this.#headers])
    for (const [name, value] of Object.entries(headers)) all.set(name, String(value))
    const isEmpty = this.method === 'HEAD' || bodiless.has(status)
    const body = isEmpty ? nothing() : new FetchBody()
    this.#body = body
    this.#status = status
    body.once('close', () => this.#end())
    if (this.isGone) body.destroy()
    this.#respond(new Response(body instanceof FetchBody ? body.stream : null, { status, headers: all }))
    return body
  }

  cut(): void {
    this.#body?.destroy()
    this.#end()
  }

  onEnd(ended: () => void): void {
    this.#ended.push(ended)
  }

  #end(): void {
    for (const ended of this.#ended.splice(0)) ended()
  }
}

/** Takes whatever is written, for answers without a body. */
function nothing(): Writable {
  return new Writable({ write: (_chunk, _encoding, taken) => taken() })
}

/** Next.js drops the header that says how a body is compressed, and compresses it by itself. */
function isInNext(): boolean {
  return process.env.NEXT_RUNTIME !== undefined
}
