import { processSeconds } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import type { Across } from './across.js'
import type { CellLayout } from './cell-layout.js'
import type { SeriesCells } from './cell-place.js'
import { type ExpiringCells, emitExpiring } from './expiring-cells.js'
import { ExpiringGaugeSeries } from './expiring-gauge-series.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import { GaugeSeries } from './gauge-series.js'
import type { LineShape, SeriesIdentity, Sink } from './sample-line.js'
import type { Seat } from './series.js'
import type { Timer } from './timer.js'

export { GaugeSeries }

/** Options of a {@link Gauge}. */
export interface GaugeOptions<L extends LabelSchema = NoLabels> extends Omit<FamilyOptions<L>, 'across'> {
  /**
   * How the values of several processes become one where a group of processes is scraped as one: `sum`, `min`, `max`,
   * `average` and `livemostrecent` of the processes that are there; `mostrecent`, which outlives its process; `all`
   * for one series of each process, with its number in the label `worker`. When left out: `average` for a name that
   * ends in `_ratio`, `_percent` or `_celsius`, `max` for `_timestamp_seconds`, else `sum`.
   */
  readonly across?: Across
  /**
   * Takes a series that was not set for so long, in seconds, out at the next scrape; never when left out. It should be
   * more than the time between two scrapes. A handle that is kept brings its series back, with the value that it had,
   * when it is set again. A gauge without labels expires as well.
   */
  readonly expireAfterSeconds?: number
  /** Runs before each scrape, to set the current values. */
  readonly collect?: (gauge: Gauge<L>) => void | Promise<void>
}

const gaugeLayout: CellLayout = { kind: 'lines', count: 1 }
const gaugeLines: readonly LineShape[] = [{ suffix: '' }]

/**
 * A value that goes up and down: memory, connections, queue length. Throws a `TelltaleError` when the definition
 * is not valid, and then registers nothing.
 */
export class Gauge<const L extends LabelSchema = NoLabels> extends LabelledFamily<L, GaugeSeries> {
  readonly lines = gaugeLines
  /** Where the time is when each was set, so that it can expire. */
  readonly #expiring: ExpiringCells | undefined

  constructor(options: GaugeOptions<L>) {
    super('gauge', options)
    this.#expiring = this.#expiry(checkExpiry(this.name, options.expireAfterSeconds))
    this.settle()
    if (this.#expiring !== undefined) {
      this.home.addCollector({ name: this.name, families: [this], collect: () => this.#expire() })
    }
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

  /** Starts a timer that sets the gauge to its seconds when it ends. */
  startTimer(this: Gauge<NoLabels>): Timer {
    return this.own.startTimer()
  }

  override get layout(): CellLayout {
    return this.#expiring ?? gaugeLayout
  }

  /** @internal */
  revive(series: ExpiringGaugeSeries, values: readonly string[]): GaugeSeries {
    return this.restore(values, series)
  }

  protected override get keepsSeries(): boolean {
    return this.#expiring !== undefined
  }

  protected override createSeries(seat: Seat): GaugeSeries {
    if (this.#expiring === undefined || seat.row < 0) {
      return new GaugeSeries(this, this.home.clock, seat)
    }
    return new ExpiringGaugeSeries(this, this.home.clock, seat)
  }

  protected override emitCells(sink: Sink, series: SeriesIdentity & SeriesCells, row: number): void {
    if (this.#expiring === undefined) super.emitCells(sink, series, row)
    else emitExpiring(this.#expiring, sink, series, this.home.clock.monotonic())
  }

  #expiry(expireAfterSeconds: number | undefined): ExpiringCells | undefined {
    if (expireAfterSeconds === undefined) return undefined
    const clockAhead = processSeconds() - this.home.clock.monotonic()
    return { kind: 'expiring', expireAfterSeconds, clockAhead }
  }

  #expire(): void {
    const since = this.home.clock.monotonic() - this.#expiring!.expireAfterSeconds
    this.dropKept((series) => series instanceof ExpiringGaugeSeries && series.expireUnlessSetSince(since))
  }
}

function checkExpiry(metric: string, seconds: number | undefined): number | undefined {
  if (seconds === undefined || (Number.isFinite(seconds) && seconds > 0)) return seconds
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `metric "${metric}": got expireAfterSeconds ${shown(seconds)}, expected a number of seconds above 0`,
  )
}
