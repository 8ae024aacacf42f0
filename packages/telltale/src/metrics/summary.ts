import type { Clock } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import { type ExemplarPlan, newestExemplars, spreadExemplars } from './exemplar-slots.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import type { LineShape, Sink } from './sample-line.js'
import { SampledSeries } from './sampled-series.js'
import { privateCells, type SeriesOwner } from './series.js'
import { Sketch } from './sketch.js'
import { type Cells, Slab } from './slab.js'
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
export class SummarySeries extends SampledSeries {
  readonly #plan: SummaryPlan
  #parts: readonly Sketch[]
  #newest = 0
  #turnsAt: number

  /** @internal */
  constructor(owner: SeriesOwner, plan: SummaryPlan, values: readonly string[], cells: Cells, slab: Slab) {
    super(owner, values, cells)
    this.#plan = plan
    this.#parts = windowParts(slab)
    this.#turnsAt = plan.clock.monotonic() + plan.windowSeconds / WINDOW_PARTS
  }

  /** How many observations there were, in the window or not. */
  get count(): number {
    return this.cells[this.at]!
  }

  /** The sum of all observations, in the window or not. */
  get sum(): number {
    return this.cells[this.at + 1]!
  }

  /** Records a finite number. */
  observe(value: number): void {
    if (typeof value !== 'number' || value - value !== 0) {
      this.#refuse(value)
      return
    }
    this.#turn()
    this.#parts[this.#newest]!.add(value)
    this.cells[this.at]! += 1
    this.cells[this.at + 1]! += value
    if (this.exemplars !== undefined) this.exemplars.offer(this, 0, value)
  }

  /** Starts a timer that observes its seconds when it ends. */
  startTimer(): Timer {
    return startTimer(this.#plan.clock, (seconds) => this.observe(seconds))
  }

  override reset(): void {
    super.reset()
    for (const part of this.#parts) part.clear()
  }

  override emit(sink: Sink): void {
    const { quantiles, merged } = this.#plan
    const exemplars = this.exemplars?.of(this)
    if (exemplars !== undefined && exemplars.length > 0) sink.exemplars?.(this, newestExemplars(exemplars))
    this.#turn()
    merged.clear()
    for (const part of this.#parts) merged.merge(part)
    merged.quantiles(quantiles).forEach((value, i) => {
      sink.sample(i, this, value)
    })
    sink.sample(quantiles.length, this, this.sum)
    sink.sample(quantiles.length + 1, this, this.count)
  }

  override release(): void {
    super.release()
    for (const part of this.#parts) part.clear()
    this.#parts = windowParts(new Slab())
  }

  protected override get cellCount(): number {
    return 2
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

  protected override createSeries(values: readonly string[]): SummarySeries {
    return new SummarySeries(this, this.#plan, values, this.home.slab.allocate(2), this.home.slab)
  }

  protected override createRefused(values: readonly string[]): SummarySeries {
    return new SummarySeries(this, this.#plan, values, privateCells(2), new Slab())
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
