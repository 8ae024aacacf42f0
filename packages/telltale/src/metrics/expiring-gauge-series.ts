import type { Clock } from '../model/clock.js'
import { GaugeSeries } from './gauge-series.js'
import { type KeptSeries, privateSeat, type Seat, type SeriesOwner } from './series.js'

/** What an expiring series needs of its gauge besides. */
export interface ExpiryOwner extends SeriesOwner {
  /** Takes an expired series in again and returns it, or the one that stands for its labels by now. */
  revive(series: ExpiringGaugeSeries, values: readonly string[]): GaugeSeries
}

/**
 * A series that leaves the scrape when nobody set it for long enough, and comes back, with the value that it had, when
 * somebody does: a kept handle stays good. When its labels were asked for meanwhile there is another series for them,
 * and it records into that one.
 */
export class ExpiringGaugeSeries extends GaugeSeries implements KeptSeries {
  readonly #expiryOwner: ExpiryOwner
  /** What it comes back under. */
  readonly #labels: readonly string[]
  #setAt: number
  #isExpired = false

  /** @internal */
  constructor(owner: ExpiryOwner, clock: Clock, seat: Seat) {
    super(owner, clock, seat)
    this.#expiryOwner = owner
    this.#labels = owner.valuesOf(seat.row)
    this.#setAt = clock.monotonic()
    this.#sayWhen()
  }

  override set(value: number): void {
    const living = Number.isNaN(value) ? this : this.#living()
    if (living === this) super.set(value)
    else living.set(value)
  }

  override inc(amount = 1): void {
    const living = Number.isFinite(amount) ? this.#living() : this
    if (living === this) super.inc(amount)
    else living.inc(amount)
  }

  override dec(amount = 1): void {
    const living = Number.isFinite(amount) ? this.#living() : this
    if (living === this) super.dec(amount)
    else living.dec(amount)
  }

  /** @internal Expires, and returns true, unless it was set at or after this time of the monotonic clock. */
  expireUnlessSetSince(seconds: number): boolean {
    this.#isExpired = this.#setAt < seconds
    return this.#isExpired
  }

  resetOwn(): void {
    this.look()
    this.#sayWhen()
  }

  release(): void {
    const { value } = this
    this.leave()
    if (this.#isExpired) this.cells[this.at] = value
  }

  take(seat: Seat): void {
    const { value } = this
    this.sit(seat)
    this.cells[this.at] = value
    this.#sayWhen()
    this.#isExpired = false
  }

  protected override privateSeat(): Seat {
    return privateSeat(2)
  }

  #living(): GaugeSeries {
    this.look()
    this.#setAt = this.clock.monotonic()
    this.#sayWhen()
    return this.#isExpired ? this.#expiryOwner.revive(this, this.#labels) : this
  }

  /** For threads that read the cells. */
  #sayWhen(): void {
    this.cells[this.at + 1] = this.#setAt
  }
}
