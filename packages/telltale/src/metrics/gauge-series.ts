import type { Clock } from '../model/clock.js'
import { shown } from '../model/metric-name.js'
import { labelsFirst } from './label-faults.js'
import { privateSeat, type Seat, Series, type SeriesOwner } from './series.js'
import { startTimer, type Timer } from './timer.js'

/** One series of a gauge. */
export class GaugeSeries extends Series {
  protected readonly clock: Clock

  /** @internal */
  constructor(owner: SeriesOwner, clock: Clock, seat: Seat) {
    super(owner, seat)
    this.clock = clock
  }

  /** The value now. */
  get value(): number {
    this.look()
    return this.cells[this.at]!
  }

  /** Sets any number, infinities included; NaN and what is no number is dropped and counted. */
  set(value: number): void {
    if (typeof value !== 'number' || Number.isNaN(value)) this.#refuse('set', value)
    else {
      this.look()
      this.cells[this.at] = value
    }
  }

  /** Adds `amount`, a finite number. */
  inc(amount = 1): void {
    if (!Number.isFinite(amount)) this.#refuse('inc', amount)
    else {
      this.look()
      this.cells[this.at]! += amount
    }
  }

  /** Takes `amount` away, a finite number. */
  dec(amount = 1): void {
    if (!Number.isFinite(amount)) this.#refuse('dec', amount)
    else {
      this.look()
      this.cells[this.at]! -= amount
    }
  }

  /** Sets the time of day, in seconds since 1970-01-01T00:00:00Z. */
  setToCurrentTime(): void {
    this.set(this.clock.wall())
  }

  /** Starts a timer that sets the gauge to its seconds when it ends. */
  startTimer(): Timer {
    return startTimer(this.clock, (seconds) => this.set(seconds))
  }

  protected override privateSeat(): Seat {
    return privateSeat(1)
  }

  #refuse(method: string, value: unknown): void {
    const infinite = value === Infinity || value === -Infinity
    const detail = `${method} got ${shown(value)}, expected a number${infinite ? ' that is finite' : ''}${labelsFirst(value, method)}`
    this.owner.dropped(infinite ? 'not_finite' : 'not_a_number', 'TELLTALE_OBSERVATION', detail)
  }
}
