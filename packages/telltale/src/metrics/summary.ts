import type { Clock } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import { type ExemplarPlan, newestExemplars, spreadExemplars } from './exemplar-slots.js'
import { type FamilyOptions, LabelledFamily, type OwnShape } from './family.js'
import type { LineShape, SeriesIdentity, Sink } from './sample-line.js'
import { type KeptSeries, privateSeat, type Seat, Series, type SeriesOwner } from './series.js'
import { Sketch } from './sketch.js'
import { Slab } from './slab.js'
import { startTimer, type Timer } from './timer.js'

const WINDOW_PARTS = 5

interface SummaryPlan {
  readonly quantiles: readonly number[]
  readonly windowSeconds: number
  readonly clock: Clock
  /** Where a scrape merges the window of one series after the other. */
  readonly merged: Sketch
}

/**
 * One series of a summary: count and sum of everything, and quantiles over a sliding window. The window is five
 * sketches, each for a fifth of it; an observation goes into the newest one, and a scrape merges them.
 */
export class SummarySeries extends Series implements KeptSeries {
  readonly #plan: SummaryPlan
  #parts: readonly Sketch[]
  #newest = 0
  #turnsAt: number

  /** @internal */
  constructor(owner: SeriesOwner, plan: SummaryPlan, seat: Seat, slab: Slab) {
    super(owner, seat)
    this.#plan = plan
    this.#parts = windowParts(slab)
    this.#turnsAt = plan.clock.monotonic() + plan.windowSeconds / WINDOW_PARTS
  }

  /** How many observations there were, in the window or not. */
  get count(): number {
    this.look()
    return this.cells[this.at]!
  }

  /** The sum of all observations, in the window or not. */
  get sum(): number {
    this.look()
    return this.cells[this.at + 1]!
  }

  /** Records a finite number. */
  observe(value: number): void {
    if (typeof value !== 'number' || value - value !== 0) {
      this.#refuse(value)
      return
    }
    this.look()
    this.#turn()
    this.#parts[this.#newest]!.add(value)
    this.cells[this.at]! += 1
    this.cells[this.at + 1]! += value
    if (this.row >= 0) this.owner.exemplars?.offer(this.row, 0, value)
  }

  /** Starts a timer that observes its seconds when it ends. */
  startTimer(): Timer {
    return startTimer(this.#plan.clock, (seconds) => this.observe(seconds))
  }

  resetOwn(): void {
    for (const part of this.#parts) part.clear()
  }

  emit(sink: Sink, identity: SeriesIdentity): void {
    const { quantiles, merged } = this.#plan
    const exemplars = this.owner.exemplars?.of(this.row)
    if (exemplars !== undefined && exemplars.length > 0) {
      sink.exemplars?.(identity, newestExemplars(exemplars))
    }
    this.#turn()
    merged.clear()
    for (const part of this.#parts) merged.merge(part)
    merged.quantiles(quantiles).forEach((value, i) => {
      sink.sample(i, identity, value)
    })
    sink.sample(quantiles.length, identity, this.sum)
    sink.sample(quantiles.length + 1, identity, this.count)
  }

  release(): void {
    this.leave()
    for (const part of this.#parts) part.clear()
    this.#parts = windowParts(new Slab())
  }

  move(slab: Slab): void {
    this.#parts = this.#parts.map((part) => {
      const moved = new Sketch(slab)
      moved.merge(part)
      part.clear()
      return moved
    })
  }

  protected override privateSeat(): Seat {
    return privateSeat(2)
  }

  #turn(): void {
    const now = this.#plan.clock.monotonic()
    if (now < this.#turnsAt) return
    const part = this.#plan.windowSeconds / WINDOW_PARTS
    const turns = Math.floor((now - this.#turnsAt) / part) + 1
    for (let i = 0; i < Math.min(turns, WINDOW_PARTS); i++) {
      this.#newest = (this.#newest + 1) % WINDOW_PARTS
      this.#parts[this.#newest]!.clear()
    }
    this.#turnsAt += turns * part
  }

  #refuse(value: unknown): void {
    const infinite = value === Infinity || value === -Infinity
    const detail = `observe got ${shown(value)}, expected a finite number`
    this.owner.dropped(infinite ? 'not_finite' : 'not_a_number', 'TELLTALE_OBSERVATION', detail)
  }
}

function windowParts(slab: Slab): readonly Sketch[] {
  return Array.from({ length: WINDOW_PARTS }, () => new Sketch(slab))
}

/** Options of a {@link Summary}. */
export interface SummaryOptions<L extends LabelSchema = NoLabels> extends FamilyOptions<L> {
  /** Ratios from 0 to 1 in ascending order; 0.5, 0.9, 0.95 and 0.99 when left out. */
  readonly quantiles?: readonly number[]
  /** The quantiles cover the last four to five fifths of this many seconds; 600 when left out. */
  readonly windowSeconds?: number
  /** Runs before each scrape. */
  readonly collect?: (summary: Summary<L>) => void | Promise<void>
}

/**
 * Quantiles computed in the process, within 1 % of the true value, over a sliding window; they cannot be added up
 * over several processes, as a histogram can. Throws a `TelltaleError` when the definition is not valid.
 */
export class Summary<const L extends LabelSchema = NoLabels> extends LabelledFamily<L, SummarySeries> {
  readonly lines: readonly LineShape[]
  readonly #plan: SummaryPlan

  constructor(options: SummaryOptions<L>) {
    super('summary', options)
    const quantiles = checkQuantiles(this.name, options.quantiles ?? [0.5, 0.9, 0.95, 0.99])
    const windowSeconds = checkWindow(this.name, options.windowSeconds ?? 600)
    this.#plan = { quantiles, windowSeconds, clock: this.home.clock, merged: new Sketch(new Slab()) }
    this.lines = summaryLines(quantiles)
    this.settle()
    const { collect } = options
    if (collect) this.home.addCollector({ name: this.name, families: [this], collect: () => collect(this) })
  }

  /** Records into a summary without labels; with labels, name the series first: `labels(…).observe(0.2)`. */
  observe(this: Summary<NoLabels>, value: number): void {
    this.own.observe(value)
  }

  /** Starts a timer that observes its seconds when it ends. */
  startTimer(this: Summary<NoLabels>): Timer {
    return this.own.startTimer()
  }

  protected override get exemplarPlan(): ExemplarPlan {
    return spreadExemplars
  }

  protected override get keepsSeries(): boolean {
    return true
  }

  protected override get shape(): OwnShape {
    return { words: 0, cells: 2 }
  }

  protected override createSeries(seat: Seat): SummarySeries {
    return new SummarySeries(this, this.#plan, seat, seat.row < 0 ? new Slab() : this.slab)
  }
}

function summaryLines(quantiles: readonly number[]): readonly LineShape[] {
  const shapes = quantiles.map((value): LineShape => ({ suffix: '', label: { name: 'quantile', value } }))
  return [...shapes, { suffix: '_sum' }, { suffix: '_count' }]
}

function checkQuantiles(metric: string, quantiles: readonly number[]): readonly number[] {
  const valid =
    Array.isArray(quantiles) &&
    quantiles.every((q, i) => typeof q === 'number' && q >= 0 && q <= 1 && (i === 0 || q > quantiles[i - 1]!))
  if (valid) return [...quantiles]
  throw new TelltaleError(
    'TELLTALE_QUANTILES',
    `metric "${metric}": got quantiles ${shown(quantiles)}, expected ratios from 0 to 1 in ascending order, ` +
      'for example [0.5, 0.99]',
  )
}

function checkWindow(metric: string, seconds: number): number {
  if (Number.isFinite(seconds) && seconds > 0) return seconds
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `metric "${metric}": got windowSeconds ${shown(seconds)}, expected a number of seconds above 0`,
  )
}
