import type { Clock } from '../../packages/telltale/src/model/clock.js'

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #seconds = 0
  readonly #start = 1_700_000_000

  monotonic(): number {
    return this.#seconds
  }

  wall(): number {
    return this.#start + this.#seconds
  }

  advance(seconds: number): void {
    this.#seconds += seconds
  }
}
