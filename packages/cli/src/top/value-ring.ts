/** How many readings are kept: a trend of 30 steps. */
export const FRAMES = 31

/** The values that one series had at the newest {@link FRAMES} readings; NaN where it was not there. */
export class ValueRing {
  readonly #values = new Float64Array(FRAMES).fill(Number.NaN)
  readonly #born: number
  #frame: number

  /** `frame` is the number of the reading that it is first seen in, from 0. */
  constructor(frame: number, value: number) {
    this.#born = frame
    this.#frame = frame
    this.#values[frame % FRAMES] = value
  }

  /** The reading that it was last seen in. */
  get frame(): number {
    return this.#frame
  }

  get newest(): number {
    return this.#values[this.#frame % FRAMES]!
  }

  set(frame: number, value: number): void {
    this.#frame = frame
    this.#values[frame % FRAMES] = value
  }

  /**
   * By how much a counter rose from the reading before `frame` to `frame`, as far as is known. A value that fell
   * began again at zero, and so did a series that was not there before, unless nothing was read before it.
   */
  rise(frame: number): number {
    if (frame === 0 || frame < this.#born || frame <= this.#frame - FRAMES) return 0
    const value = this.#values[frame % FRAMES]!
    if (frame === this.#born) return value
    if (frame <= this.#frame - FRAMES + 1) return 0
    const before = this.#values[(frame - 1) % FRAMES]!
    return value >= before ? value - before : value
  }

  /** By how much it rose within the newest `frames` steps. */
  increase(frames: number): number {
    let sum = 0
    for (let i = Math.max(1, this.#frame - frames + 1); i <= this.#frame; i++) sum += this.rise(i)
    return sum
  }

  /** The rises of the newest `frames` steps, oldest first. */
  rises(frames: number): number[] {
    return Array.from({ length: frames }, (_, i) => this.rise(this.#frame - frames + 1 + i))
  }

  /** Its value `frames` readings ago, or the oldest that is known. */
  past(frames: number): number {
    const oldest = Math.max(this.#born, this.#frame - frames, this.#frame - FRAMES + 1)
    return this.#values[oldest % FRAMES]!
  }
}
