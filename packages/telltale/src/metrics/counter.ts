import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import type { CellLayout } from './cell-layout.js'
import type { ExemplarPlan } from './exemplar-slots.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import type { LineShape, Sink } from './sample-line.js'
import { SampledSeries } from './sampled-series.js'
import { privateCells } from './series.js'

/** One series of a counter. `inc` costs nanoseconds and allocates nothing. */
export class CounterSeries extends SampledSeries {
  /** The count so far. */
  get value(): number {
    return this.cells[this.at]!
  }

  /** Adds `amount`, a finite number that is not negative; anything else is dropped and counted. */
  inc(amount = 1): void {
    if (typeof amount === 'number' && amount >= 0 && amount < Infinity) {
      this.cells[this.at]! += amount
      if (this.exemplars !== undefined) this.exemplars.offer(this, 0, amount)
    } else this.#refuse(amount)
  }

  override emit(sink: Sink): void {
    sink.sample(0, this, this.cells[this.at]!, this.exemplars?.of(this)[0])
  }

  protected override get cellCount(): number {
    return 1
  }

  #refuse(amount: unknown): void {
    const negative = typeof amount === 'number' && amount < 0
    const reason = amount === Infinity ? 'not_finite' : negative ? 'negative' : 'not_a_number'
    const detail = `inc got ${shown(amount)}, expected a finite number that is not negative; use a gauge for what falls`
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

  protected override createSeries(values: readonly string[]): CounterSeries {
    return new CounterSeries(this, values, this.home.slab.allocate(1))
  }

  protected override createRefused(values: readonly string[]): CounterSeries {
    return new CounterSeries(this, values, privateCells(1))
  }
}
