import type { ErrorCode } from '../model/error-code.js'
import { labelPairs } from '../model/label-text.js'
import type { DropReason } from './drop-reason.js'
import type { ExemplarStore } from './exemplar-store.js'
import type { SeriesIdentity, Sink } from './sample-line.js'
import type { Cells } from './slab.js'

/** What a series needs of the family it belongs to. */
export interface SeriesOwner {
  readonly labelNames: readonly string[]
  /** Where exemplars go; `undefined` while nobody gives any. */
  readonly exemplars: ExemplarStore<Series> | undefined
  /** Counts an observation that cannot be recorded. */
  dropped(reason: DropReason, code: ErrorCode, detail: string): void
  /** Hears of a series that began again at zero by itself. */
  restarted(series: Series): void
  /** Takes the cells of a removed series back. */
  free(cells: Cells, length: number): void
}

/**
 * One series: a label set of a family and the cells that hold its values. The handle that `labels()` returns is
 * the series itself; recording through it looks nothing up and allocates nothing.
 */
export abstract class Series implements SeriesIdentity {
  readonly pairs: string
  readonly values: readonly string[]
  /** Where the series stands in its family; -1 once it was removed. */
  position = -1
  protected readonly owner: SeriesOwner
  protected cells: Float64Array
  protected at: number

  constructor(owner: SeriesOwner, values: readonly string[], { values: cells, at }: Cells) {
    this.pairs = labelPairs(owner.labelNames, values)
    this.values = values
    this.owner = owner
    this.cells = cells
    this.at = at
  }

  /** @internal The cells that hold the values now. */
  get location(): Cells {
    return { values: this.cells, at: this.at }
  }

  /** How many cells the series has. */
  protected abstract get cellCount(): number

  /** Writes the lines of this series. */
  abstract emit(sink: Sink): void

  /** Offers what it records to this store from now on, if it can have exemplars. */
  takeExemplars(_store: ExemplarStore<Series> | undefined): void {}

  /** Sets every value back to where it was when the series was made. */
  reset(): void {
    this.cells.fill(0, this.at, this.at + this.cellCount)
  }

  /**
   * Gives the shared cells back. What is recorded through a handle afterwards is not exported: the series is
   * gone, and asking the family for the same labels makes a new one.
   */
  release(): void {
    this.owner.free({ values: this.cells, at: this.at }, this.cellCount)
    const { values, at } = privateCells(this.cellCount)
    this.cells = values
    this.at = at
  }
}

/** Cells of nobody: a removed series, or one that the limits refused, keeps its values here. */
export function privateCells(length: number): Cells {
  return { values: new Float64Array(length), at: 0 }
}
