/** So many calls per window, then none until the next one. */
export class RateLimit {
  readonly limit: number
  readonly #windowMs: number
  readonly #now: () => number
  #windowStart = 0
  #used = 0

  constructor(limit: number, windowMs: number, now: () => number = Date.now) {
    this.limit = limit
    this.#windowMs = windowMs
    this.#now = now
  }

  /** Whether one more call is allowed; if so, it is counted. */
  take(): boolean {
    const now = this.#now()
    if (now - this.#windowStart >= this.#windowMs) {
      this.#windowStart = now
      this.#used = 0
    }
    if (this.#used >= this.limit) return false
    this.#used += 1
    return true
  }

  get remaining(): number {
    return this.limit - this.#used
  }

  get secondsToReset(): number {
    return Math.max(0, Math.ceil((this.#windowStart + this.#windowMs - this.#now()) / 1000))
  }
}
