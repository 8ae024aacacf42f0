import type { Clock } from '../model/clock.js'
import { shown } from '../model/metric-name.js'
import type { Sink } from './sample-line.js'
import { Series, type SeriesOwner } from './series.js'
import type { Cells } from './slab.js'
import { startTimer, type Timer } from './timer.js'

/** One series of a gauge. */
export class GaugeSeries extends Series {
  protected readonly clock: Clock

  /** @internal */
  constructor(owner: SeriesOwner, clock: Clock, values: readonly string[], cells: Cells) {
    super(owner, values, cells)
    this.clock = clock
  }

  /** The value now. */
  get value(): number {
    return this.cells[this.at]!
  }

  /** Sets any number, infinities included; NaN and what is no number is dropped and counted. */
  set(value: number): void {
    if (typeof value === 'number' && !Number.isNaN(value)) this.cells[this.at] = value
    else this.#refuse('set', value)
  }

  /** Adds `amount`, a finite number. */
  inc(amount = 1): void {
    if (Number.isFinite(amount)) this.cells[this.at]! += amount
    else this.#refuse('inc', amount)
  }

  /** Takes `amount` away, a finite number. */
  dec(amount = 1): void {
    if (Number.isFinite(amount)) this.cells[this.at]! -= amount
    else this.#refuse('dec', amount)
  }

  /** Sets the time of day, in seconds since 1970-01-01T00:00:00Z. */
  setToCurrentTime(): void {
    this.set(this.clock.wall())
  }

  /** Starts a timer that sets the gauge to its seconds when it ends. */
  startTimer(): Timer {
    return startTimer(this.clock, (seconds) => this.set(seconds))
  }

  override emit(sink: Sink): void {
    sink.sample(0, this, this.cells[this.at]!)
  }

  protected override get cellCount(): number {
    return 1
  }

  #refuse(method: string, value: unknown): void {
    const infinite = value === Infinity || value === -Infinity
    const detail = `${method} got ${shown(value)}, expected a number${infinite ? ' that is finite' : ''}`
    this.owner.dropped(infinite ? 'not_finite' : 'not_a_number', 'TELLTALE_OBSERVATION', detail)
  }
}
