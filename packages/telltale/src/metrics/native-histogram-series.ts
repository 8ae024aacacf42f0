import { emitBuckets, type SeriesCells } from './cell-layout.js'
import type { Exemplar } from './exemplar.js'
import { newestExemplars, noExemplars } from './exemplar-slots.js'
import { type HistogramOwner, type HistogramPlan, HistogramSeries } from './histogram-series.js'
import type { NativeHistogram } from './native-histogram.js'
import type { NativePlan } from './native-options.js'
import { NativeRecorder } from './native-recorder.js'
import type { SeriesIdentity, Sink } from './sample-line.js'
import type { KeptSeries, Seat } from './series.js'
import { Slab } from './slab.js'

/** One series of a histogram that counts in native buckets too. */
export class NativeHistogramSeries extends HistogramSeries implements KeptSeries {
  readonly #native: NativeRecorder
  readonly #bucketCount: number

  /** @internal */
  constructor(owner: HistogramOwner, plan: HistogramPlan, native: NativePlan, seat: Seat) {
    super(owner, plan, seat)
    this.#native = new NativeRecorder(native, plan.clock, seat.row < 0 ? new Slab() : owner.slab)
    this.#bucketCount = plan.bounds.length + 1
  }

  override get native(): NativeHistogram {
    return this.#native.histogram(this.sum)
  }

  override observe(value: number): void {
    if (typeof value !== 'number' || value - value !== 0) {
      this.refuse(value)
      return
    }
    if (!this.#native.record(value)) this.#startAgain(value)
    super.observe(value)
  }

  emit(sink: Sink, identity: SeriesIdentity & SeriesCells): void {
    const exemplars = this.#exemplars(sink, identity)
    sink.native?.(identity, this.native)
    emitBuckets(this.#bucketCount, sink, identity, this.histogram.slab, exemplars)
  }

  resetOwn(): void {
    this.#native.reset()
  }

  release(): void {
    this.leave()
    this.#native.release(new Slab())
  }

  move(slab: Slab): void {
    this.#native.move(slab)
  }

  /** Those of the buckets; what belongs to the native ones goes to the sink at once. */
  #exemplars(sink: Sink, identity: SeriesIdentity): readonly (Exemplar | undefined)[] {
    const all = this.owner.exemplars?.of(this.row) ?? noExemplars
    if (all.length === 0) return all
    const newest = newestExemplars(all)
    sink.exemplars?.(identity, newest)
    return this.#bucketCount === 1 ? newest.slice(-1) : all
  }

  #startAgain(value: number): void {
    this.resetOwn()
    this.startAgain()
    this.#native.record(value)
  }
}
