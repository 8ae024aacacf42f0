import type { Clock } from '../model/clock.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import type { LineShape, Sink } from './sample-line.js'
import { privateCells, Series, type SeriesOwner } from './series.js'
import type { Cells } from './slab.js'

/** One series of a gauge. */
export class GaugeSeries extends Series {
  readonly #clock: Clock

  /** @internal */
  constructor(owner: SeriesOwner, clock: Clock, values: readonly string[], cells: Cells) {
    super(owner, values, cells)
    this.#clock = clock
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
    this.set(this.#clock.wall())
  }

  /** Returns a function that sets, and returns, the seconds since this call. */
  startTimer(): () => number {
    const start = this.#clock.monotonic()
    return () => {
      const seconds = this.#clock.monotonic() - start
      this.set(seconds)
      return seconds
    }
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

/** Options of a {@link Gauge}. */
export interface GaugeOptions<L extends LabelSchema = NoLabels> extends FamilyOptions<L> {
  /** Runs before each scrape, to set the current values. */
  readonly collect?: (gauge: Gauge<L>) => void | Promise<void>
}

const gaugeLines: readonly LineShape[] = [{ suffix: '' }]

/**
 * A value that goes up and down: memory, connections, queue length. Throws a `TelltaleError` when the definition
 * is not valid, and then registers nothing.
 */
export class Gauge<const L extends LabelSchema = NoLabels> extends LabelledFamily<L, GaugeSeries> {
  readonly lines = gaugeLines

  constructor(options: GaugeOptions<L>) {
    super('gauge', options)
    this.settle()
    const { collect } = options
    if (collect) this.home.addCollector({ name: this.name, families: [this], collect: () => collect(this) })
  }

  /** Sets a gauge without labels; with labels, name the series first: `labels(…).set(1)`. */
  set(this: Gauge<NoLabels>, value: number): void {
    this.own.set(value)
  }

  /** Adds to a gauge without labels. */
  inc(this: Gauge<NoLabels>, amount = 1): void {
    this.own.inc(amount)
  }

  /** Takes away from a gauge without labels. */
  dec(this: Gauge<NoLabels>, amount = 1): void {
    this.own.dec(amount)
  }

  /** Sets a gauge without labels to the time of day, in seconds since 1970-01-01T00:00:00Z. */
  setToCurrentTime(this: Gauge<NoLabels>): void {
    this.own.setToCurrentTime()
  }

  /** Returns a function that sets the gauge to, and returns, the seconds since this call. */
  startTimer(this: Gauge<NoLabels>): () => number {
    return this.own.startTimer()
  }

  protected override createSeries(values: readonly string[]): GaugeSeries {
    return new GaugeSeries(this, this.home.clock, values, this.home.slab.allocate(1))
  }

  protected override createRefused(values: readonly string[]): GaugeSeries {
    return new GaugeSeries(this, this.home.clock, values, privateCells(1))
  }
}
