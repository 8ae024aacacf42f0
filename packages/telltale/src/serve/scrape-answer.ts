import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PartTaker } from '../exposition/expose.js'
import { gzip, gzipAtOnce, takesGzip } from './compression.js'
import type { AnswerHeaders, Exchange } from './exchange.js'

/** An answer up to this many bytes is made as a whole before the first of them is sent. */
const LARGEST_HELD = 4_194_304
/** A body up to this many bytes is compressed in less than the streams and threads for a larger one take. */
const LARGEST_AT_ONCE = 65_536

/**
 * Sends a scrape, or one family of it. A small one goes out as a whole, with its length. A large one is sent, and
 * compressed on another thread, while the rest of it is made, never faster than the reader takes it.
 */
export class ScrapeAnswer implements PartTaker {
  readonly #exchange: Exchange
  readonly #contentType: string
  #held: Uint8Array[] = []
  #length = 0
  #isCompressed = false
  /** What the body goes to, once it is on its way. */
  #body: Writable | undefined
  /** Settles when all has gone through the compression; rejects when the reader went away. */
  #piped: Promise<void> | undefined

  constructor(exchange: Exchange, contentType: string) {
    this.#exchange = exchange
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
      this.#exchange.open(200, this.#headers(this.#length)).end()
      return
    }
    this.#held.push(...chunks)
    if (this.#length <= LARGEST_AT_ONCE && this.#takesGzip) {
      this.#sendAtOnce()
      return
    }
    this.#body ??= this.#open(this.#length)
    const last = this.#held.pop()
    await this.#sendHeld(this.#body, () => {})
    this.#body.end(last)
    await this.#piped
  }

  get #isHead(): boolean {
    return this.#exchange.method === 'HEAD'
  }

  get #takesGzip(): boolean {
    return takesGzip(this.#exchange.header('accept-encoding'), this.#length)
  }

  #sendAtOnce(): void {
    const body = gzipAtOnce(this.#held)
    this.#held = []
    this.#exchange.open(200, { ...this.#headers(undefined), 'Content-Length': body.length }).end(body)
  }

  /** Sends the head, and gives what the body is to be written to. */
  #open(length?: number): Writable {
    const body = this.#exchange.open(200, this.#headers(length))
    if (!this.#isCompressed) return body
    const compressor = gzip()
    this.#piped = pipeline(compressor, body)
    // Who waits for the end hears of it; before that, writing stops by itself.
    this.#piped.catch(() => {})
    return compressor
  }

  #headers(length: number | undefined): AnswerHeaders {
    this.#isCompressed = this.#takesGzip
    return {
      'Content-Type': this.#contentType,
      Vary: 'Accept, Accept-Encoding',
      ...(this.#isCompressed
        ? { 'Content-Encoding': 'gzip' }
        : length !== undefined && { 'Content-Length': length }),
    }
  }

  async #sendHeld(body: Writable, reuse: (chunk: Uint8Array) => void): Promise<void> {
    const held = this.#held
    this.#held = []
    const isReleased = this.#isCompressed || this.#exchange.releasesChunks
    for (const chunk of held) {
      if (this.#exchange.isGone) throw new Error('the reader went away')
      if (!body.write(chunk, () => isReleased && reuse(chunk))) await drained(body)
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
