import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { onAnswerEnd } from './answer-end.js'
import type { AnswerHeaders, Exchange } from './exchange.js'
import { Http2Body } from './http2-body.js'

/** A request to a server of `node:http`, `node:http2` or of what is built on them. */
export class NodeExchange implements Exchange {
  readonly method: string
  readonly url: string
  readonly releasesChunks = true
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
  readonly #sentBefore: number
  #http2Body: Http2Body | undefined
  #hasOpened = false

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.method = req.method ?? ''
    this.url = req.url ?? ''
    this.#req = req
    this.#res = res
    this.#sentBefore = bytesWrittenTo(req)
  }

  get address(): string | undefined {
    return this.#req.socket.remoteAddress
  }

  get isAnswered(): boolean {
    return this.#res.headersSent
  }

  get isGone(): boolean {
    const res = this.#res
    // Somebody else has answered, such as a middleware that waits only so long.
    if (res.headersSent && !this.#hasOpened) return true
    if (this.#isHttp2) return this.#http2Body?.destroyed === true || this.#req.destroyed
    return res.destroyed || res.closed || this.#req.socket.destroyed
  }

  /** In HTTP/1 of the whole connection: an answer may wait behind another one. */
  get taken(): number | undefined {
    if (this.#isHttp2) return this.#http2Body?.writableLength ? this.#http2Body.given : undefined
    const { socket } = this.#req
    const waiting = socket.writableLength + this.#res.writableLength
    return waiting > 0 ? socket.bytesWritten - socket.writableLength : undefined
  }

  /** In HTTP/2 of the body alone. */
  get sent(): number {
    if (this.#isHttp2) return this.#http2Body?.given ?? 0
    return bytesWrittenTo(this.#req) - this.#sentBefore
  }

  get status(): number | undefined {
    const isWhole = this.#http2Body?.writableFinished ?? this.#res.writableFinished
    return isWhole ? this.#res.statusCode : undefined
  }

  header(name: string): string | undefined {
    const { headers } = this.#req
    // HTTP/2 says the host in a field of its own.
    const value = headers[name] ?? (name === 'host' ? headers[':authority'] : undefined)
    return Array.isArray(value) ? value.join(', ') : value
  }

  setHeader(name: string, value: string): void {
    this.#res.setHeader(name, value)
  }

  open(status: number, headers: AnswerHeaders): Writable {
    this.#res.writeHead(status, headers)
    this.#hasOpened = true
    if (!this.#isHttp2) return this.#res
    this.#http2Body = new Http2Body(this.#res)
    return this.#http2Body
  }

  cut(): void {
    // In HTTP/2 the connection has other streams.
    if (this.#isHttp2) this.#res.destroy()
    else this.#req.socket.destroy()
  }

  onEnd(ended: () => void): void {
    onAnswerEnd(this.#req, this.#res, ended)
  }

  get #isHttp2(): boolean {
    return this.#req.httpVersionMajor >= 2
  }
}

/** Requests that a framework only pretends to have got have no real socket. */
function bytesWrittenTo({ socket }: IncomingMessage): number {
  const written: number | undefined = socket.bytesWritten
  return written ?? 0
}
