import { processSeconds } from '../../model/clock.js'

const BYTES = 2 * Float64Array.BYTES_PER_ELEMENT
const LAST_SIGN = 0
const TAKEN = 1

/**
 * What two threads know of each other without a message: when the event loop of the one last turned, and up to which
 * batch the other has taken its changes in. Each number has one writer.
 */
export class Pulse {
  /** What the other thread makes its own `Pulse` of. */
  readonly memory: SharedArrayBuffer
  readonly #numbers: Float64Array

  constructor(memory = new SharedArrayBuffer(BYTES)) {
    this.memory = memory
    this.#numbers = new Float64Array(memory)
  }

  /** Says that the event loop turns. Cost: 100 ns. */
  beat(): void {
    this.#numbers[LAST_SIGN] = processSeconds()
  }

  /** Seconds since the last sign. */
  get silence(): number {
    return Math.max(0, processSeconds() - this.#numbers[LAST_SIGN]!)
  }

  /** The last batch that was taken in, 0 before the first. */
  get taken(): number {
    return this.#numbers[TAKEN]!
  }

  set taken(batch: number) {
    this.#numbers[TAKEN] = batch
  }
}
