import { Writable } from 'node:stream'

/** What is used of an answer of `node:http2`. */
interface Http2Answer {
  write(chunk: Uint8Array, taken: () => void): boolean
  end(done: () => void): unknown
  readonly closed?: boolean
  once(event: 'close', listener: () => void): unknown
}

/** The body of an answer in HTTP/2, which counts what its own stream has taken; the connection has others too. */
export class Http2Body extends Writable {
  readonly #answer: Http2Answer
  #given = 0

  constructor(answer: Http2Answer) {
    super()
    this.#answer = answer
    answer.once('close', () => this.destroy())
    // Who writes looks whether the body is destroyed.
    this.on('error', () => {})
  }

  /** Bytes that went out. */
  get given(): number {
    return this.#given
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, taken: (error?: Error) => void): void {
    this.#answer.write(chunk, () => {
      this.#given += chunk.length
      taken()
    })
  }

  override _final(done: () => void): void {
    this.#answer.end(done)
  }
}
