import type { Socket } from 'node:net'
import { FrameReader, framed } from './frame-reader.js'
import { type GroupMessage, messageBytes, messageIn } from './group-message.js'

/** How often it is looked whether what waits has been sent, in milliseconds. */
const LOOK_MS = 5

/** Messages to and from another member. It keeps no process alive. */
export class Connection {
  readonly #socket: Socket
  readonly #reader = new FrameReader()
  #take: (message: GroupMessage) => void = () => {}
  #held: GroupMessage[] = []
  #isHolding = true
  #fault: string | undefined
  /** Resolves when nothing comes any longer. */
  readonly closed: Promise<void>

  constructor(socket: Socket) {
    this.#socket = socket
    socket.unref()
    // An end that was not expected shows as the end of the connection.
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => socket.on('close', () => resolve()))
    socket.on('data', (piece: Buffer) => this.#read(piece))
  }

  /** Bytes that wait to be sent. */
  get backlog(): number {
    return this.#socket.writableLength
  }

  /** What there is to say of it when it was ended from this side, because of what came. */
  get fault(): string | undefined {
    return this.#fault
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable
  }

  /** Gives every message, those that came before included, to `take`. */
  onMessage(take: (message: GroupMessage) => void): void {
    this.#take = take
    this.#isHolding = false
    while (!this.#isHolding && this.#held.length > 0) this.#take(this.#held.shift()!)
  }

  /** The next message, of which the connection is to be told no other way; nothing when it ends or takes too long. */
  first(seconds: number): Promise<GroupMessage | undefined> {
    return new Promise((resolve) => {
      const done = (message?: GroupMessage) => {
        clearTimeout(timer)
        this.#take = () => {}
        this.#isHolding = true
        resolve(message)
      }
      const timer = setTimeout(done, seconds * 1000)
      timer.unref()
      void this.closed.then(() => done())
      this.onMessage((message) => {
        this.#isHolding = true
        done(message)
      })
    })
  }

  send(message: GroupMessage): void {
    this.sendBytes(messageBytes(message))
  }

  /** Sends what `messageBytes` made, once for several. */
  sendBytes(bytes: Uint8Array): void {
    if (this.isOpen) this.#socket.write(framed(bytes))
  }

  /** Resolves when at most `bytes` wait to be sent. */
  async drained(bytes: number): Promise<void> {
    // A socket tells of it only when more waited than it likes.
    while (this.isOpen && this.backlog > bytes) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }

  /** Ends it after all that was sent. */
  end(): void {
    this.#socket.ref().end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #read(piece: Buffer): void {
    try {
      for (const bytes of this.#reader.take(piece)) {
        const message = messageIn(bytes)
        if (this.#isHolding) this.#held.push(message)
        else this.#take(message)
      }
    } catch (error) {
      this.#fault ??= `a message between the processes of a group cannot be read: ${String(error)}`
      this.#socket.destroy()
    }
  }
}
