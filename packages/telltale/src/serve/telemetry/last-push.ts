import { writeSync } from 'node:fs'
import { Pushgateway, type PushgatewayOptions } from '../../push/pushgateway.js'
import type { ScrapeSource } from '../../registry/scrape-source.js'

/** A Pushgateway and the group there, as plain data. */
export type PushTarget = Omit<PushgatewayOptions, 'registry'>

/** How long a process that ends waits for its last push, in seconds. */
const EXIT_SECONDS = 5
const STANDARD_ERROR = 2
/** Unless the target says otherwise: an ending process is not to be held up by a Pushgateway that is gone. */
const haste = { timeoutSeconds: 4, retries: 1 }

/**
 * The last values of a process on their way to a Pushgateway. A process that ends runs no event loop any more, so it
 * stands still until the telemetry thread has pushed for it.
 */
export class LastPush {
  /** What the other thread makes its own `LastPush` of. */
  readonly memory: SharedArrayBuffer
  readonly #isDone: Int32Array

  constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#isDone = new Int32Array(memory)
  }

  /** In the thread: pushes, and lets the other thread go on. Never rejects. */
  async run(source: ScrapeSource, target: PushTarget): Promise<void> {
    try {
      await new Pushgateway({ ...haste, ...target, registry: source }).push()
    } catch (error) {
      // The way of a thread's warnings leads through the loop of the main thread, which may have stopped.
      writeSync(STANDARD_ERROR, `Metrics server: the last values were not pushed: ${String(error)}\n`)
    }
    Atomics.store(this.#isDone, 0, 1)
    Atomics.notify(this.#isDone, 0)
  }

  /** In a process that ends: stands still until the push is over, for at most 5 s. */
  wait(): void {
    Atomics.wait(this.#isDone, 0, 0, EXIT_SECONDS * 1000)
  }
}
