import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PartTaker } from '../exposition/expose.js'
import { gzip, takesGzip } from './compression.js'

/** An answer up to this many bytes is made as a whole before the first of them is sent. */
const LARGEST_HELD = 4_194_304

/**
 * Sends the answer to a scrape. A small one goes out as a whole, with its length. A large one is sent, and
 * compressed on another thread, while the rest of it is made, never faster than the reader takes it.
 */
export class ScrapeAnswer implements PartTaker {
  readonly #req: IncomingMessage
  readonly #res: ServerResponse
  readonly #contentType: string
  #held: Uint8Array[] = []
  #length = 0
  /** What the body goes to, once it is on its way. */
  #body: Writable | undefined
  /** Settles when all has gone through the compression; rejects when the reader went away. */
  #piped: Promise<void> | undefined

  constructor(req: IncomingMessage, res: ServerResponse, contentType: string) {
    this.#req = req
    this.#res = res
    this.#contentType = contentType
  }

  async part(chunks: readonly Uint8Array[], reuse: (chunk: Uint8Array) => void): Promise<void> {
    for (const chunk of chunks) this.#length += chunk.length
    if (this.#isHead) for (const chunk of chunks) reuse(chunk)
    else this.#held.push(...chunks)
    if (this.#isHead || this.#length <= LARGEST_HELD) return
    this.#body ??= this.#open()
    await this.#sendHeld(this.#body, reuse)
  }

  /** Sends the last chunks; resolves when the answer is on its way as a whole. */
  async end(chunks: readonly Uint8Array[]): Promise<void> {
    for (const chunk of chunks) this.#length += chunk.length
    if (this.#isHead) {
      this.#sendHead(this.#length)
      this.#res.end()
      return
    }
    this.#held.push(...chunks)
    this.#body ??= this.#open(this.#length)
    const last = this.#held.pop()
    await this.#sendHeld(this.#body, () => {})
    this.#body.end(last)
    await this.#piped
  }

  get #isHead(): boolean {
    return this.#req.method === 'HEAD'
  }

  /** Sends the head, and gives what the body is to be written to. */
  #open(length?: number): Writable {
    if (!this.#sendHead(length)) return this.#res
    const compressor = gzip()
    this.#piped = pipeline(compressor, this.#res)
    // Who waits for the end hears of it; before that, writing stops by itself.
    this.#piped.catch(() => {})
    return compressor
  }

  /** True when the body is to be compressed. */
  #sendHead(length: number | undefined): boolean {
    const compressed = takesGzip(this.#req.headers['accept-encoding'], this.#length)
    this.#res.writeHead(200, {
      'Content-Type': this.#contentType,
      Vary: 'Accept, Accept-Encoding',
      ...(compressed ? { 'Content-Encoding': 'gzip' } : length !== undefined && { 'Content-Length': length }),
    })
    return compressed
  }

  async #sendHeld(body: Writable, reuse: (chunk: Uint8Array) => void): Promise<void> {
    const held = this.#held
    this.#held = []
    for (const chunk of held) {
      if (this.#res.destroyed) throw new Error('the reader went away')
      if (!body.write(chunk, () => reuse(chunk))) await drained(body)
    }
  }
}

/** Resolves when more can be written, or when nobody reads any longer. */
function drained(body: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      body.off('drain', done)
      body.off('close', done)
      resolve()
    }
    body.on('drain', done)
    // Of a body that is compressed too: it is closed when the answer is.
    body.on('close', done)
    if (body.destroyed) done()
  })
}
