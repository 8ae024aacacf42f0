import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { checkBuckets, defaultBuckets } from './bucket-bounds.js'
import { BucketIndex } from './bucket-index.js'
import type { CellLayout } from './cell-layout.js'
import type { SeriesCells } from './cell-place.js'
import { type ExemplarPlan, spreadExemplars } from './exemplar-slots.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import { type HistogramPlan, HistogramSeries } from './histogram-series.js'
import { NativeHistogramSeries } from './native-histogram-series.js'
import { type NativeOptions, type NativePlan, planNative } from './native-options.js'
import { freeTable, moveTable } from './native-table.js'
import type { LineShape } from './sample-line.js'
import type { Seat } from './series.js'
import type { Slab } from './slab.js'
import type { Timer } from './timer.js'
import { freeWide, moveWide } from './wide-buckets.js'

export { HistogramSeries }

/** Options of a {@link Histogram}. */
export interface HistogramOptions<L extends LabelSchema = NoLabels> extends FamilyOptions<L> {
  /** Upper bounds in ascending order; `defaultBuckets` (5 ms to 10 s) when left out. Beside `native`, `[]` for none. */
  readonly buckets?: readonly number[]
  /**
   * Counts in native buckets too, `true` with the default options: exponential bounds that need no choice, as fine as
   * the options say, for a Prometheus that scrapes protobuf or OpenMetrics 2.0. The other formats show the classic
   * buckets only; without any, count and sum beside the `+Inf` bucket.
   */
  readonly native?: NativeOptions | boolean
  /** Runs before each scrape. */
  readonly collect?: (histogram: Histogram<L>) => void | Promise<void>
}

/**
 * The distribution of values such as durations (in seconds) or sizes (in bytes), counted in buckets. Throws a
 * `TelltaleError` when the definition is not valid, and then registers nothing.
 */
export class Histogram<const L extends LabelSchema = NoLabels> extends LabelledFamily<L, HistogramSeries> {
  readonly lines: readonly LineShape[]
  readonly #plan: HistogramPlan

  constructor(options: HistogramOptions<L>) {
    super('histogram', options)
    const native = options.native ? planNative(this.name, options.native) : undefined
    const bounds = classicBounds(this.name, options.buckets, native)
    this.#plan = { bounds, buckets: new BucketIndex(bounds), native, clock: this.home.clock }
    this.lines = histogramLines(bounds)
    this.settle()
    const { collect } = options
    if (collect) this.home.addCollector({ name: this.name, families: [this], collect: () => collect(this) })
  }

  /** The upper bounds of the finite classic buckets. */
  get buckets(): readonly number[] {
    return [...this.#plan.bounds]
  }

  /** The options of the native buckets, defaults filled in; `undefined` when there are none. */
  get native(): NativePlan | undefined {
    return this.#plan.native
  }

  /** Records into a histogram without labels; with labels, name the series first: `labels(…).observe(0.2)`. */
  observe(this: Histogram<NoLabels>, value: number): void {
    this.own.observe(value)
  }

  /** Starts a timer that observes its seconds when it ends. */
  startTimer(this: Histogram<NoLabels>): Timer {
    return this.own.startTimer()
  }

  override get layout(): CellLayout {
    const { native, bounds } = this.#plan
    const count = bounds.length + 1
    if (native === undefined) return { kind: 'buckets', count }
    return { kind: 'native', count, schema: native.schema, zeroThreshold: native.zeroThreshold }
  }

  protected override get exemplarPlan(): ExemplarPlan {
    const { length } = this.#plan.bounds
    return length === 0 ? spreadExemplars : { kind: 'lines', slots: length + 1 }
  }

  protected override createSeries(seat: Seat): HistogramSeries {
    const { native } = this.#plan
    if (native === undefined) return new HistogramSeries(this, this.#plan, seat)
    return new NativeHistogramSeries(this, this.#plan, native, seat)
  }

  protected override freeBeside({ words, wordAt }: SeriesCells): void {
    const count = this.#plan.bounds.length + 1
    freeWide(this.slab, words, wordAt, count)
    if (this.native !== undefined) freeTable(this.slab, words, wordAt + count + 1)
  }

  protected override moveBeside(from: Slab, { words, wordAt }: SeriesCells): void {
    const count = this.#plan.bounds.length + 1
    moveWide(from, this.slab, words, wordAt, count)
    if (this.native !== undefined) moveTable(from, this.slab, words, wordAt + count + 1)
  }
}

function classicBounds(
  metric: string,
  buckets: readonly number[] | undefined,
  native: NativePlan | undefined,
): Float64Array {
  const none = native !== undefined && Array.isArray(buckets) && buckets.length === 0
  return none ? new Float64Array() : checkBuckets(metric, buckets ?? defaultBuckets)
}

function histogramLines(bounds: Float64Array): readonly LineShape[] {
  const buckets = [...bounds, Infinity].map(
    (value): LineShape => ({ suffix: '_bucket', label: { name: 'le', value } }),
  )
  return [...buckets, { suffix: '_sum' }, { suffix: '_count' }]
}
