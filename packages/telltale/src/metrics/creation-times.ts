import type { Clock } from '../model/clock.js'

/** When each series began to count. Kept only where a registry asks for it: about 60 bytes for each series. */
export class CreationTimes<S> {
  readonly #clock: Clock
  readonly #times = new Map<S, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The series begins now, or begins again. */
  begin(series: S): void {
    this.#times.set(series, this.#clock.wall())
  }

  end(series: S): void {
    this.#times.delete(series)
  }

  /** Seconds since 1970-01-01T00:00:00Z; `undefined` for a series that ended. */
  of(series: S): number | undefined {
    return this.#times.get(series)
  }
}
