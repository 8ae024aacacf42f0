import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import type { CellLayout } from './cell-layout.js'
import type { ExemplarPlan } from './exemplar-slots.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import { labelsFirst } from './label-faults.js'
import type { LineShape } from './sample-line.js'
import { privateSeat, type Seat, Series } from './series.js'

/** One series of a counter. `inc` costs nanoseconds and allocates nothing. */
export class CounterSeries extends Series {
  /** The count so far. */
  get value(): number {
    this.look()
    return this.cells[this.at]!
  }

  /** Adds `amount`, a finite number that is not negative; anything else is dropped and counted. */
  inc(amount = 1): void {
    if (typeof amount !== 'number' || !(amount >= 0 && amount < Infinity)) this.#refuse(amount)
    else if (this.seen === this.owner.stamp) this.cells[this.at]! += amount
    else this.#lookAndInc(amount)
  }

  protected override privateSeat(): Seat {
    return privateSeat(1)
  }

  #lookAndInc(amount: number): void {
    this.lookAgain()
    this.cells[this.at]! += amount
    if (this.row >= 0) this.owner.exemplars?.offer(this.row, 0, amount)
  }

  #refuse(amount: unknown): void {
    const negative = typeof amount === 'number' && amount < 0
    const reason = amount === Infinity ? 'not_finite' : negative ? 'negative' : 'not_a_number'
    const remedy = negative ? '; use a gauge for what falls' : labelsFirst(amount, 'inc')
    const detail = `inc got ${shown(amount)}, expected a finite number that is not negative${remedy}`
    this.owner.dropped(reason, 'TELLTALE_OBSERVATION', detail)
  }
}

/** Options of a {@link Counter}. */
export interface CounterOptions<L extends LabelSchema = NoLabels> extends FamilyOptions<L> {
  /** Runs before each scrape, to bring in a total that is kept elsewhere. */
  readonly collect?: (counter: Counter<L>) => void | Promise<void>
}

const counterExemplars: ExemplarPlan = { kind: 'lines', slots: 1 }
const counterLayout: CellLayout = { kind: 'lines', count: 1 }
const counterLines: readonly LineShape[] = [{ suffix: '' }]

/**
 * A count that only grows: requests, errors, bytes sent. Its name should end in `_total`. Throws a
 * `TelltaleError` when the definition is not valid, and then registers nothing.
 */
export class Counter<const L extends LabelSchema = NoLabels> extends LabelledFamily<L, CounterSeries> {
  readonly lines = counterLines

  constructor(options: CounterOptions<L>) {
    super('counter', options)
    this.settle()
    const { collect } = options
    if (collect) this.home.addCollector({ name: this.name, families: [this], collect: () => collect(this) })
  }

  /** Adds to a counter without labels; with labels, name the series first: `labels(…).inc()`. */
  inc(this: Counter<NoLabels>, amount = 1): void {
    this.own.inc(amount)
  }

  override get layout(): CellLayout {
    return counterLayout
  }

  protected override get exemplarPlan(): ExemplarPlan {
    return counterExemplars
  }

  protected override createSeries(seat: Seat): CounterSeries {
    return new CounterSeries(this, seat)
  }
}
