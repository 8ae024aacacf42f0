import type { ErrorCode } from '../model/error-code.js'
import { labelPairs } from '../model/label-text.js'
import type { SeriesCells } from './cell-place.js'
import type { DropReason } from './drop-reason.js'
import type { ExemplarStore } from './exemplar-store.js'
import type { SeriesIdentity } from './sample-line.js'
import { privateCells } from './slab.js'

/** Where a series is kept: its cells, and the row that they are of, or -1 for cells of nobody. */
export interface Seat extends SeriesCells {
  readonly row: number
  readonly birth: number
}

/** What a series needs of the family it belongs to. */
export interface SeriesOwner {
  readonly labelNames: readonly string[]
  /** Another one after each change by which a series may have lost its cells, or may have to offer exemplars. */
  readonly stamp: number
  /** Where exemplars go; `undefined` while nobody gives any. */
  readonly exemplars: ExemplarStore | undefined
  /** Where the series of a row is; another birth than the one that a series knows means that it is gone. */
  seatOf(row: number): Seat
  valuesOf(row: number): readonly string[]
  /** Has every handle look again at where its cells are. */
  changed(): void
  /** Counts an observation that cannot be recorded. */
  dropped(reason: DropReason, code: ErrorCode, detail: string): void
  /** Sets a series back to where it was when it was made. */
  resetRow(row: number): void
  /** Sets a series back that has to begin again by itself. */
  restarted(row: number): void
}

/** A series with a state of its own beside its cells, which its family keeps as an object for as long as it is there. */
export interface KeptSeries {
  /** Sets its own state back; the cells are zero already. */
  resetOwn?(): void
  /** The series is about to be removed: gives the memory of its own state back, and goes on in cells of nobody. */
  release(): void
  /** Takes this seat when it comes back. */
  take?(seat: Seat): void
}

/** What `seen` is for a series that has to look at each recording. */
export const LOOK_ALWAYS = -1
const NOBODYS = -1

/**
 * A handle on one series: a label set of a family and the cells that hold its values. Recording through it looks
 * nothing up and allocates nothing. It compares one number to know that its cells are still those of its series.
 */
export abstract class Series implements SeriesIdentity {
  /** @internal The row that it stands for; -1 for one whose values nobody sees. */
  row: number
  protected readonly owner: SeriesOwner
  protected cells: Float64Array
  protected at: number
  /** The owner's stamp when the cells were last known to be those of this series. */
  protected seen: number
  #birth: number

  constructor(owner: SeriesOwner, { row, birth, cells, at }: Seat) {
    this.row = row
    this.owner = owner
    this.cells = cells
    this.at = at
    this.seen = row >= 0 && owner.exemplars === undefined ? owner.stamp : LOOK_ALWAYS
    this.#birth = birth
  }

  /** The label values in the order of the family's label names; none once the series was removed. */
  get values(): readonly string[] {
    return this.isGone ? [] : this.owner.valuesOf(this.row)
  }

  /** `a="x",b="y"`: the labels, escaped; `''` once the series was removed. */
  get pairs(): string {
    return labelPairs(this.owner.labelNames, this.values)
  }

  /** Whether the series was removed: what is recorded goes nowhere. */
  get isGone(): boolean {
    this.look()
    return this.row === NOBODYS
  }

  /** Sets every value back to where it was when the series was made. */
  reset(): void {
    if (this.isGone) this.leave()
    else this.owner.resetRow(this.row)
  }

  /** Makes sure that the cells are those of this series, or nobody's when it was removed. */
  protected look(): void {
    if (this.seen !== this.owner.stamp) this.lookAgain()
  }

  protected lookAgain(): void {
    if (this.row === NOBODYS) return
    const seat = this.owner.seatOf(this.row)
    if (seat.birth !== this.#birth) {
      this.leave()
      return
    }
    this.sit(seat)
    this.seen = this.owner.exemplars === undefined ? this.owner.stamp : LOOK_ALWAYS
  }

  /** Takes these cells for its own. */
  protected sit(seat: Seat): void {
    this.row = seat.row
    this.#birth = seat.birth
    this.cells = seat.cells
    this.at = seat.at
    this.seen = LOOK_ALWAYS
  }

  /** Goes on in cells of nobody, from zero. */
  protected leave(): void {
    this.sit(this.privateSeat())
  }

  protected abstract privateSeat(): Seat
}

/** A place of nobody, for what a removed series or one that the limits refused records. */
export function privateSeat(cells: number, words = 0): Seat {
  const memory = privateCells(cells + Math.ceil(words / 2))
  return {
    row: NOBODYS,
    birth: 0,
    cells: memory.values,
    at: 0,
    words: memory.words,
    wordAt: cells * 2,
  }
}
