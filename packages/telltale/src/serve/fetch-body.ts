import { Writable } from 'node:stream'

/** A chunk that was written, until the reader asks for it. */
interface Waiting {
  readonly chunk: Uint8Array
  readonly taken: (error?: Error) => void
}

/** The code by which servers know that nothing is wrong with the application. */
function cutError(): Error {
  return Object.assign(new Error('the answer was cut'), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
}

/** The body of a `Response`: takes what is written no faster than the reader of its stream asks for it. */
export class FetchBody extends Writable {
  readonly stream: ReadableStream<Uint8Array>
  #controller!: ReadableStreamDefaultController<Uint8Array>
  #waiting: Waiting | undefined
  #isWanted = false
  #given = 0

  constructor() {
    super({ highWaterMark: 1 })
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        pull: () => this.#pull(),
        cancel: () => {
          this.destroy()
        },
      },
      { highWaterMark: 0 },
    )
    // Who writes looks whether the body is destroyed; the reader gets the error from the stream.
    this.on('error', () => {})
  }

  /** Bytes that the reader has taken. */
  get given(): number {
    return this.#given
  }

  /** Whether a chunk waits for the reader. */
  get isWaiting(): boolean {
    return this.#waiting !== undefined
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, taken: (error?: Error) => void): void {
    this.#waiting = { chunk, taken }
    if (this.#isWanted) this.#give()
  }

  override _final(closed: () => void): void {
    this.#controller.close()
    closed()
  }

  override _destroy(error: Error | null, destroyed: (error: Error | null) => void): void {
    // Does nothing to a stream that was read to its end or given up by its reader.
    if (!this.writableFinished) this.#controller.error(error ?? cutError())
    destroyed(error)
  }

  #pull(): void {
    this.#isWanted = true
    this.#give()
  }

  #give(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    this.#waiting = undefined
    this.#isWanted = false
    this.#given += waiting.chunk.length
    this.#controller.enqueue(waiting.chunk)
    waiting.taken()
  }
}
