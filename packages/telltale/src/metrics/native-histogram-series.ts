import { cellsAt } from './cell-place.js'
import { type HistogramOwner, type HistogramPlan, HistogramSeries } from './histogram-series.js'
import type { NativeHistogram } from './native-histogram.js'
import { FINEST_SCHEMA, finestIndex } from './native-index.js'
import { limited } from './native-limit.js'
import type { NativePlan } from './native-options.js'
import {
  contentWith,
  countsAsZero,
  formOf,
  hasBucket,
  hasRoom,
  increment,
  isToRestart,
  keyOf,
  nativeHistogram,
  newTable,
  populate,
  rebuilt,
  replaceTable,
  sizeOf,
  slotsOf,
  startedAt,
  withOne,
} from './native-table.js'
import { privateSeat, type Seat } from './series.js'
import { type Cells, Slab } from './slab.js'

/** No word names a table so. */
const UNKNOWN = -1
const nowhere: Cells = { values: new Float64Array(), words: new Int32Array(), at: 0 }

/**
 * One series of a histogram that counts in native buckets too. The last word of its row is the place of their table,
 * which is there from the first observation on; when there are more buckets than the limit it starts again, or has a
 * coarser table.
 */
export class NativeHistogramSeries extends HistogramSeries {
  readonly #plan: HistogramPlan
  readonly #native: NativePlan
  /** Which of the words is the place of the table. */
  #placeAt: number
  /** The place of the table that was used last: while the word still says so, what follows is of that table. */
  #place = UNKNOWN
  #stamp = UNKNOWN
  #table = nowhere
  #slots = slotsOf(nowhere)
  /** Up to here a magnitude is not simply counted in a bucket. */
  #lowest = Infinity
  #schemaShift = 0
  #schemaRound = 0
  /** Where the table is while nobody sees the series. */
  #private: Slab | undefined

  /** @internal */
  constructor(owner: HistogramOwner, plan: HistogramPlan, native: NativePlan, seat: Seat) {
    super(owner, plan, seat)
    this.#plan = plan
    this.#native = native
    this.#placeAt = seat.wordAt + plan.bounds.length + 2
  }

  override get native(): NativeHistogram {
    this.look()
    const table = cellsAt(this.#slab, this.words[this.#placeAt]!)
    return nativeHistogram(table, this.#native, this.sum)
  }

  override observe(value: number): void {
    if (typeof value !== 'number' || value - value !== 0) {
      this.refuse(value)
      return
    }
    this.look()
    if (this.words[this.#placeAt] !== this.#place) this.#open()
    const magnitude = Math.abs(value)
    if (magnitude <= this.#lowest) this.#countOther(value, magnitude)
    else {
      const index = (finestIndex(magnitude) + this.#schemaRound) >> this.#schemaShift
      const key = keyOf(index, value < 0)
      if (!increment(this.#slots, key)) this.#enter(key, value)
    }
    // The buckets that are seen last, so that a thread that reads them first never sees more there than here.
    this.countClassic(value)
  }

  protected override lookAgain(): void {
    super.lookAgain()
    if (this.#stamp !== this.owner.stamp) this.#place = UNKNOWN
  }

  protected override sit(seat: Seat): void {
    if (seat.words !== this.words) this.#place = UNKNOWN
    if (seat.row < 0) this.#private = undefined
    super.sit(seat)
    this.#placeAt = seat.wordAt + this.#plan.bounds.length + 2
  }

  protected override privateSeat(): Seat {
    return privateSeat(1, this.#plan.bounds.length + 3)
  }

  /** Counts a zero, or any value where the table may have to start again. */
  #countOther(value: number, magnitude: number): void {
    if (isToRestart(this.#table) && this.#mayRestart()) {
      this.#restart()
      this.#countAnew(value)
    } else if (!countsAsZero(this.#table, magnitude)) {
      const key = keyOf((finestIndex(magnitude) + this.#schemaRound) >> this.#schemaShift, value < 0)
      if (!increment(this.#slots, key)) this.#enter(key, value)
    }
  }

  /** Counts a value that has no bucket yet, or one that is full. */
  #enter(key: number, value: number): void {
    const table = this.#table
    const isNew = !hasBucket(table, key)
    if (isNew && sizeOf(table) >= this.#native.maxBuckets) this.#limit(key, value)
    else if (isNew && hasRoom(table)) populate(table, key)
    else this.#use(withOne(this.#slab, table, key))
  }

  /** Counts a value whose bucket would be one too many. */
  #limit(key: number, value: number): void {
    if (this.#mayRestart()) {
      this.#restart()
      this.#countAnew(value)
      return
    }
    // The resolution that is lost now is to come back.
    const comesBack = this.#native.minResetSeconds > 0
    const content = limited(contentWith(this.#table, key), this.#native)
    this.#use(rebuilt(this.#slab, this.#table, content, comesBack))
    this.#tellHandles()
  }

  /** Counts a value as the first one of its table. */
  #countAnew(value: number): void {
    this.#countOther(value, Math.abs(value))
  }

  #mayRestart(): boolean {
    const { minResetSeconds } = this.#native
    return minResetSeconds > 0 && this.#plan.clock.monotonic() - startedAt(this.#table) >= minResetSeconds
  }

  #restart(): void {
    this.startAgain()
    this.#open()
    this.#tellHandles()
  }

  /** Later there may be another table in a place that other handles know. */
  #tellHandles(): void {
    if (this.row >= 0) this.owner.changed()
  }

  /** Takes the table that the word of the series names, and a new one where it names none. */
  #open(): void {
    const place = this.words[this.#placeAt]!
    if (place === 0) this.#use(newTable(this.#slab, this.#native, this.#plan.clock.monotonic()))
    else this.#hold(place, cellsAt(this.#slab, place)!)
  }

  #use(table: Cells): void {
    this.#hold(replaceTable(this.#slab, this.words, this.#placeAt, table), table)
  }

  #hold(place: number, table: Cells): void {
    this.#place = place
    this.#stamp = this.owner.stamp
    this.#table = table
    this.#slots = slotsOf(table)
    const { schema, zeroThreshold } = formOf(table)
    this.#lowest = isToRestart(table) ? Infinity : zeroThreshold
    this.#schemaShift = FINEST_SCHEMA - schema
    this.#schemaRound = (1 << this.#schemaShift) - 1
  }

  get #slab(): Slab {
    if (this.row >= 0) return this.histogram.slab
    this.#private ??= new Slab()
    return this.#private
  }
}
