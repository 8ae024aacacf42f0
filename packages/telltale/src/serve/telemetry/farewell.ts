/** How long a process that ends stands still for its telemetry thread, in seconds. */
const LONGEST_SECONDS = 5

/**
 * What lets a process end only when its telemetry thread has sent the last values: an ending process runs no event loop
 * any more, but the thread still does.
 */
export class Farewell {
  /** What the thread makes its own `Farewell` of. */
  readonly memory: SharedArrayBuffer
  readonly #isOver: Int32Array

  constructor(memory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory
    this.#isOver = new Int32Array(memory)
  }

  /** In the thread: all is sent. */
  end(): void {
    Atomics.store(this.#isOver, 0, 1)
    Atomics.notify(this.#isOver, 0)
  }

  /** In the process that ends: stands still until then, for at most 5 s. */
  wait(): void {
    Atomics.wait(this.#isOver, 0, 0, LONGEST_SECONDS * 1000)
  }
}
