import type { Clock } from '../model/clock.js'
import type { LabelSchema, NoLabels } from '../model/label-schema.js'
import { shown } from '../model/metric-name.js'
import { checkBuckets, defaultBuckets } from './bucket-bounds.js'
import { type FamilyOptions, LabelledFamily } from './family.js'
import type { LineShape, Sink } from './sample-line.js'
import { privateCells, Series, type SeriesOwner } from './series.js'
import type { Cells } from './slab.js'

// Below this many bounds a scan from the start is faster than halving, as other client libraries found as well.
const SCAN_LIMIT = 35

/**
 * One series of a histogram. Its cells are one count for each bucket, `+Inf` included, then the sum; the count of
 * all observations is their total, so that buckets and count can never disagree.
 */
export class HistogramSeries extends Series {
  readonly #clock: Clock
  readonly #bounds: Float64Array

  /** @internal */
  constructor(
    owner: SeriesOwner,
    clock: Clock,
    bounds: Float64Array,
    values: readonly string[],
    cells: Cells,
  ) {
    super(owner, values, cells)
    this.#clock = clock
    this.#bounds = bounds
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

  /** Records a finite number, which falls into the first bucket whose bound is at least as large. */
  observe(value: number): void {
    // The difference is NaN for infinities as well as for NaN and undefined, so one test covers them all.
    if (typeof value !== 'number' || value - value !== 0) {
      this.#refuse(value)
      return
    }
    const bounds = this.#bounds
    let bucket = 0
    if (bounds.length <= SCAN_LIMIT) while (bucket < bounds.length && value > bounds[bucket]!) bucket++
    else bucket = firstAtLeast(bounds, value)
    const cells = this.cells
    cells[this.at + bucket]! += 1
    cells[this.at + bounds.length + 1]! += value
  }

  /** Returns a function that observes, and returns, the seconds since this call; call it once. */
  startTimer(): () => number {
    const start = this.#clock.monotonic()
    return () => {
      const seconds = this.#clock.monotonic() - start
      this.observe(seconds)
      return seconds
    }
  }

  override emit(sink: Sink): void {
    const buckets = this.#bounds.length + 1
    let cumulative = 0
    for (let i = 0; i < buckets; i++) {
      cumulative += this.cells[this.at + i]!
      sink.sample(i, this, cumulative)
    }
    sink.sample(buckets, this, this.cells[this.at + buckets]!)
    sink.sample(buckets + 1, this, cumulative)
  }

  protected override get cellCount(): number {
    return this.#bounds.length + 2
  }

  #refuse(value: unknown): void {
    const infinite = value === Infinity || value === -Infinity
    const detail = `observe got ${shown(value)}, expected a finite number`
    this.owner.dropped(infinite ? 'not_finite' : 'not_a_number', 'TELLTALE_OBSERVATION', detail)
  }
}

function firstAtLeast(bounds: Float64Array, value: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (value > bounds[middle]!) low = middle + 1
    else high = middle
  }
  return low
}

/** Options of a {@link Histogram}. */
export interface HistogramOptions<L extends LabelSchema = NoLabels> extends FamilyOptions<L> {
  /** Upper bounds in ascending order; `defaultBuckets` (5 ms to 10 s) when left out. */
  readonly buckets?: readonly number[]
  /** Runs before each scrape. */
  readonly collect?: (histogram: Histogram<L>) => void | Promise<void>
}

/**
 * The distribution of values such as durations (in seconds) or sizes (in bytes), counted in buckets. Throws a
 * `TelltaleError` when the definition is not valid, and then registers nothing.
 */
export class Histogram<const L extends LabelSchema = NoLabels> extends LabelledFamily<L, HistogramSeries> {
  readonly lines: readonly LineShape[]
  readonly #bounds: Float64Array

  constructor(options: HistogramOptions<L>) {
    super('histogram', options)
    this.#bounds = checkBuckets(this.name, options.buckets ?? defaultBuckets)
    this.lines = histogramLines(this.#bounds)
    this.settle()
    const { collect } = options
    if (collect) this.home.addCollector({ name: this.name, families: [this], collect: () => collect(this) })
  }

  /** The upper bounds of the finite buckets. */
  get buckets(): readonly number[] {
    return [...this.#bounds]
  }

  /** Records into a histogram without labels; with labels, name the series first: `labels(…).observe(0.2)`. */
  observe(this: Histogram<NoLabels>, value: number): void {
    this.own.observe(value)
  }

  /** Returns a function that observes, and returns, the seconds since this call; call it once. */
  startTimer(this: Histogram<NoLabels>): () => number {
    return this.own.startTimer()
  }

  protected override createSeries(values: readonly string[]): HistogramSeries {
    const cells = this.home.slab.allocate(this.#bounds.length + 2)
    return new HistogramSeries(this, this.home.clock, this.#bounds, values, cells)
  }

  protected override createRefused(values: readonly string[]): HistogramSeries {
    const cells = privateCells(this.#bounds.length + 2)
    return new HistogramSeries(this, this.home.clock, this.#bounds, values, cells)
  }
}

function histogramLines(bounds: Float64Array): readonly LineShape[] {
  const buckets = [...bounds, Infinity].map(
    (value): LineShape => ({ suffix: '_bucket', label: { name: 'le', value } }),
  )
  return [...buckets, { suffix: '_sum' }, { suffix: '_count' }]
}
