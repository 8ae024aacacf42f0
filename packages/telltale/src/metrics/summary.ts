import { processSeconds } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import type { CellLayout } from './cell-layout.js'
import type { SeriesCells } from './cell-place.js'
import { type ExemplarPlan, noExemplars, spreadExemplars } from './exemplar-slots.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import { rowOfSlot } from './row-number.js'
import type { LineShape, SeriesIdentity, Sink } from './sample-line.js'
import type { Seat } from './series.js'
import type { Slab } from './slab.js'
import { emitSummary, type SummaryCells } from './summary-cells.js'
import { type SummaryPlan, SummarySeries } from './summary-series.js'
import { forgetPast, moveWindow, periodAt, WINDOW_PARTS } from './summary-window.js'
import type { Timer } from './timer.js'

export { SummarySeries }

/** How many series are looked at in one collection for sketches that their window has left behind. */
const SWEPT_AT_ONCE = 1000

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
  readonly #layout: SummaryCells
  readonly #plan: SummaryPlan
  /** Where the next sweep begins. */
  #swept = 0

  constructor(options: SummaryOptions<L>) {
    super('summary', options)
    const quantiles = checkQuantiles(this.name, options.quantiles ?? [0.5, 0.9, 0.95, 0.99])
    const windowSeconds = checkWindow(this.name, options.windowSeconds ?? 600)
    const { clock } = this.home
    const partSeconds = windowSeconds / WINDOW_PARTS
    const clockAhead = processSeconds() - clock.monotonic()
    this.#plan = { partSeconds, clock }
    this.#layout = { kind: 'summary', quantiles, partSeconds, clockAhead }
    this.lines = summaryLines(quantiles)
    this.settle()
    this.home.addCollector({ name: this.name, families: [this], collect: () => this.#sweep() })
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

  override get layout(): CellLayout {
    return this.#layout
  }

  protected override createSeries(seat: Seat): SummarySeries {
    return new SummarySeries(this, this.#plan, seat)
  }

  protected override emitCells(sink: Sink, series: SeriesIdentity & SeriesCells, row: number): void {
    const exemplars = this.exemplars?.of(row) ?? noExemplars
    emitSummary(this.#layout, sink, series, this.slab, exemplars, this.#plan.clock.monotonic())
  }

  protected override freeBeside({ words, wordAt }: SeriesCells): void {
    forgetPast(this.slab, words, wordAt, Infinity)
  }

  protected override moveBeside(from: Slab, { words, wordAt }: SeriesCells): void {
    moveWindow(from, this.slab, words, wordAt)
  }

  /** Gives back what the windows of some series have left behind, since only who records does so else. */
  #sweep(): void {
    const { table } = this.index
    const { partSeconds, clock } = this.#plan
    const period = periodAt(partSeconds, clock.monotonic())
    if (this.#swept >= table.slots) this.#swept = 0
    const end = Math.min(this.#swept + SWEPT_AT_ONCE, table.slots)
    for (; this.#swept < end; this.#swept++) {
      const row = rowOfSlot(this.#swept)
      if (table.birthOf(row) === 0) continue
      const { words, wordAt } = this.seatOf(row)
      forgetPast(this.slab, words, wordAt, period)
    }
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
