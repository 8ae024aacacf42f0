import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { onAnswerEnd } from './answer-end.js'
import type { AnswerHeaders, Exchange } from './exchange.js'

/** A request to a server of `node:http` or of what is built on it. */
export class NodeExchange implements Exchange {
  readonly method: string
  readonly url: string
  readonly releasesChunks = true
  readonly #req: IncomingMessage
  readonly #res: ServerResponse

  constructor(req: IncomingMessage, res: ServerResponse) {
    this.method = req.method ?? ''
    this.url = req.url ?? ''
    this.#req = req
    this.#res = res
  }

  get address(): string | undefined {
    return this.#req.socket.remoteAddress
  }

  get isAnswered(): boolean {
    return this.#res.headersSent
  }

  get isGone(): boolean {
    const res = this.#res
    return res.destroyed || res.closed || this.#req.socket.destroyed
  }

  /** Of the whole connection: an answer may wait behind another one. */
  get taken(): number | undefined {
    const { socket } = this.#req
    const waiting = socket.writableLength + this.#res.writableLength
    return waiting > 0 ? socket.bytesWritten - socket.writableLength : undefined
  }

  header(name: string): string | undefined {
    const value = this.#req.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

  setHeader(name: string, value: string): void {
    this.#res.setHeader(name, value)
  }

  open(status: number, headers: AnswerHeaders): Writable {
    return this.#res.writeHead(status, headers)
  }

  cut(): void {
    // In HTTP/2 the connection has other streams.
    if (this.#req.httpVersionMajor < 2) this.#req.socket.destroy()
    else this.#res.destroy()
  }

  onEnd(ended: () => void): void {
    onAnswerEnd(this.#req, this.#res, ended)
  }
}
