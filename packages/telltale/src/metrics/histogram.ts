import type { Clock } from '../model/clock.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import { checkBuckets, defaultBuckets } from './bucket-bounds.js'
import { BucketIndex } from './bucket-index.js'
import { type CellLayout, emitBuckets } from './cell-layout.js'
import type { Exemplar } from './exemplar.js'
import { type ExemplarPlan, newestExemplars, noExemplars, spreadExemplars } from './exemplar-slots.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import type { NativeHistogram } from './native-histogram.js'
import { type NativeOptions, type NativePlan, planNative } from './native-options.js'
import { NativeRecorder } from './native-recorder.js'
import type { LineShape, Sink } from './sample-line.js'
import { SampledSeries } from './sampled-series.js'
import { privateCells, type SeriesOwner } from './series.js'
import { type Cells, Slab } from './slab.js'
import { startTimer, type Timer } from './timer.js'

interface HistogramPlan {
  readonly bounds: Float64Array
  readonly buckets: BucketIndex
  readonly native: NativePlan | undefined
  readonly clock: Clock
}

/**
 * One series of a histogram. Its cells are one count for each bucket, `+Inf` included, then the sum; the count of
 * all observations is their total, so that buckets and count can never disagree.
 */
export class HistogramSeries extends SampledSeries {
  readonly #clock: Clock
  readonly #bounds: Float64Array
  readonly #buckets: BucketIndex
  readonly #native: NativeRecorder | undefined

  /** @internal */
  constructor(owner: SeriesOwner, plan: HistogramPlan, values: readonly string[], cells: Cells, slab: Slab) {
    super(owner, values, cells)
    this.#clock = plan.clock
    this.#bounds = plan.bounds
    this.#buckets = plan.buckets
    this.#native = plan.native && new NativeRecorder(plan.native, plan.clock, slab)
  }

  /** How many observations there were. */
  get count(): number {
    let count = 0
    for (let i = 0; i <= this.#bounds.length; i++) count += this.cells[this.at + i]!
    return count
  }

  /** The sum of all observations. */
  get sum(): number {
    return this.cells[this.at + this.#bounds.length + 1]!
  }

  /** The native buckets at this moment; `undefined` when the histogram has none. */
  get native(): NativeHistogram | undefined {
    return this.#native?.histogram(this.sum)
  }

  /** Records a finite number, which falls into the first bucket whose bound is at least as large. */
  observe(value: number): void {
    // The difference is NaN for infinities as well as for NaN and undefined, so one test covers them all.
    if (typeof value !== 'number' || value - value !== 0) {
      this.#refuse(value)
      return
    }
    const native = this.#native
    if (native !== undefined && !native.record(value)) this.#startAgain(native, value)
    const bounds = this.#bounds
    const bucket = this.#buckets.of(value)
    const cells = this.cells
    cells[this.at + bucket]! += 1
    cells[this.at + bounds.length + 1]! += value
    if (this.exemplars !== undefined) this.exemplars.offer(this, bucket, value)
  }

  /** Starts a timer that observes its seconds when it ends. */
  startTimer(): Timer {
    return startTimer(this.#clock, (seconds) => this.observe(seconds))
  }

  override reset(): void {
    super.reset()
    this.#native?.reset()
  }

  override release(): void {
    super.release()
    this.#native?.release(new Slab())
  }

  override emit(sink: Sink): void {
    const exemplars = this.#exemplars(sink)
    if (this.#native !== undefined && sink.native !== undefined) {
      sink.native(this, this.#native.histogram(this.sum))
    }
    emitBuckets(this.#bounds.length + 1, sink, this, this.cells, this.at, exemplars)
  }

  protected override get cellCount(): number {
    return this.#bounds.length + 2
  }

  /** Those of the buckets; what belongs to the native ones goes to the sink at once. */
  #exemplars(sink: Sink): readonly (Exemplar | undefined)[] {
    const all = this.exemplars?.of(this) ?? noExemplars
    if (this.#native === undefined || all.length === 0) return all
    const newest = newestExemplars(all)
    sink.exemplars?.(this, newest)
    return this.#bounds.length === 0 ? newest.slice(-1) : all
  }

  #startAgain(native: NativeRecorder, value: number): void {
    this.reset()
    this.owner.restarted(this)
    native.record(value)
  }

  #refuse(value: unknown): void {
    const infinite = value === Infinity || value === -Infinity
    const detail = `observe got ${shown(value)}, expected a finite number`
    this.owner.dropped(infinite ? 'not_finite' : 'not_a_number', 'TELLTALE_OBSERVATION', detail)
  }
}

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

  override get layout(): CellLayout | undefined {
    const { native, bounds } = this.#plan
    return native === undefined ? { kind: 'buckets', count: bounds.length + 1 } : undefined
  }

  protected override get exemplarPlan(): ExemplarPlan {
    const { length } = this.#plan.bounds
    return length === 0 ? spreadExemplars : { kind: 'lines', slots: length + 1 }
  }

  protected override createSeries(values: readonly string[]): HistogramSeries {
    const { slab } = this.home
    return new HistogramSeries(this, this.#plan, values, slab.allocate(this.#cellCount), slab)
  }

  protected override createRefused(values: readonly string[]): HistogramSeries {
    return new HistogramSeries(this, this.#plan, values, privateCells(this.#cellCount), new Slab())
  }

  get #cellCount(): number {
    return this.#plan.bounds.length + 2
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
