import type { Clock } from '../model/clock.js'
import { shown } from '../model/metric-name.js'
import { countInBin } from './bins.js'
import { cellsAt, publish } from './cell-place.js'
import { labelsFirst } from './label-faults.js'
import { privateSeat, type Seat, Series, type SeriesOwner } from './series.js'
import { binOf, countZero, newSketch, subjectOf, widen, wordFor } from './sketch.js'
import { type Cells, Slab } from './slab.js'
import { forgetPast, partOf, periodAt, WINDOW_PARTS } from './summary-window.js'
import { startTimer, type Timer } from './timer.js'

/** What a series of a summary needs of it besides. */
export interface SummaryOwner extends SeriesOwner {
  readonly slab: Slab
}

/** What all series of a summary have in common. */
export interface SummaryPlan {
  readonly partSeconds: number
  readonly clock: Clock
}

/** No word names a sketch or bins so. */
const UNKNOWN = -1
const nowhere: Cells = { values: new Float64Array(), words: new Int32Array(), at: 0 }

/**
 * One series of a summary: count and sum of everything, and quantiles over a sliding window. The window is five
 * sketches, each for a fifth of it; an observation goes into the one of now, and a scrape merges them.
 */
export class SummarySeries extends Series {
  protected words: Int32Array
  protected wordAt: number
  readonly #summary: SummaryOwner
  readonly #plan: SummaryPlan
  /** The sketch of now, the word of the series that names it, its place, and until when it is that. */
  #sketch = nowhere
  #part = 0
  #place = UNKNOWN
  #endsAt = -Infinity
  /** The bins that were used last. */
  #bins = nowhere
  #binsPlace = UNKNOWN
  /** Where the sketches are while nobody sees the series. */
  #private: Slab | undefined

  /** @internal */
  constructor(owner: SummaryOwner, plan: SummaryPlan, seat: Seat) {
    super(owner, seat)
    this.#summary = owner
    this.#plan = plan
    this.words = seat.words
    this.wordAt = seat.wordAt
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
    const now = this.#plan.clock.monotonic()
    if (now >= this.#endsAt || this.words[this.wordAt + this.#part] !== this.#place) this.#open(now)
    if (value === 0) countZero(this.#sketch)
    else this.#count(value)
    this.cells[this.at]! += 1
    this.cells[this.at + 1]! += value
    if (this.row >= 0) this.owner.exemplars?.offer(this.row, 0, value)
  }

  /** Starts a timer that observes its seconds when it ends. */
  startTimer(): Timer {
    return startTimer(this.#plan.clock, (seconds) => this.observe(seconds))
  }

  protected override sit(seat: Seat): void {
    if (seat.words !== this.words) {
      this.#place = UNKNOWN
      this.#binsPlace = UNKNOWN
    }
    if (seat.row < 0) this.#private = undefined
    super.sit(seat)
    this.words = seat.words
    this.wordAt = seat.wordAt
  }

  protected override privateSeat(): Seat {
    return privateSeat(2, WINDOW_PARTS)
  }

  #count(value: number): void {
    const { words } = this.#sketch
    const word = wordFor(this.#sketch, value)
    const place = words[word]!
    const index = binOf(Math.abs(value))
    if (place !== this.#binsPlace) {
      this.#bins = cellsAt(this.#slab, place) ?? nowhere
      this.#binsPlace = place
    }
    if (place !== 0 && countInBin(this.#bins, index)) return
    this.#bins = widen(this.#slab, words, word, index)
    this.#binsPlace = words[word]!
  }

  /** Takes the sketch of now, a new one where there is none yet. */
  #open(now: number): void {
    const { partSeconds } = this.#plan
    const period = periodAt(partSeconds, now)
    this.#part = partOf(period)
    const word = this.wordAt + this.#part
    const known = cellsAt(this.#slab, this.words[word]!)
    if (known !== undefined && subjectOf(known) === period) this.#sketch = known
    else {
      forgetPast(this.#slab, this.words, this.wordAt, period)
      this.#sketch = newSketch(this.#slab, period)
      publish(this.#slab, this.words, word, this.#sketch)
    }
    this.#place = this.words[word]!
    this.#endsAt = (period + 1) * partSeconds
  }

  get #slab(): Slab {
    if (this.row >= 0) return this.#summary.slab
    this.#private ??= new Slab()
    return this.#private
  }

  #refuse(value: unknown): void {
    const infinite = value === Infinity || value === -Infinity
    const detail = `observe got ${shown(value)}, expected a finite number${labelsFirst(value, 'observe')}`
    this.owner.dropped(infinite ? 'not_finite' : 'not_a_number', 'TELLTALE_OBSERVATION', detail)
  }
}
