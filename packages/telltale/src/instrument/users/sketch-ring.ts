import { CardinalitySketch } from './cardinality-sketch.js'

/**
 * Sub-windows per period: at most a twelfth of the period is missing from a count, for 12 × 4 KiB = 48 KiB.
 */
export const windowCount = 12

/** Distinct hashes of the last period, as a ring of sketches of which the oldest makes room for the next. */
export class SketchRing {
  readonly #windows = Array.from({ length: windowCount }, () => new CardinalitySketch())
  readonly #windowSeconds: number
  readonly #union = new CardinalitySketch()
  #current: number

  constructor(periodSeconds: number, now: number) {
    this.#windowSeconds = periodSeconds / windowCount
    this.#current = Math.floor(now / this.#windowSeconds)
  }

  add(high: number, low: number, now: number): void {
    this.#advance(now)
    this.#windows[this.#slot(this.#current)]!.add(high, low)
  }

  /** Estimated distinct hashes of the last 11/12 to 12/12 of the period. Costs about 50,000 byte reads. */
  estimate(now: number): number {
    this.#advance(now)
    this.#union.clear()
    for (const window of this.#windows) this.#union.merge(window)
    return this.#union.estimate()
  }

  /** A clock that goes back leaves the ring where it is. */
  #advance(now: number): void {
    const next = Math.floor(now / this.#windowSeconds)
    if (!(next > this.#current)) return
    const first = Math.max(this.#current + 1, next - windowCount + 1)
    for (let window = first; window <= next; window++) this.#windows[this.#slot(window)]!.clear()
    this.#current = next
  }

  #slot(window: number): number {
    return ((window % windowCount) + windowCount) % windowCount
  }
}
