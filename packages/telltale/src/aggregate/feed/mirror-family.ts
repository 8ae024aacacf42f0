import type { Across } from '../../metrics/across.js'
import { type CellLayout, emitCells } from '../../metrics/cell-layout.js'
import type { CellMemory, SeriesCells } from '../../metrics/cell-place.js'
import type { Exemplar } from '../../metrics/exemplar.js'
import type {
  Family,
  FamilyHeader,
  LineShape,
  SeriesIdentity,
  SeriesRange,
  Sink,
} from '../../metrics/sample-line.js'
import { labelPairs } from '../../model/label-text.js'
import type { MetricType } from '../../model/metric-name.js'

/** Exemplars, and for how many seconds after its time each of them is shown. */
export interface Shown {
  readonly exemplars: readonly (Exemplar | undefined)[]
  readonly retentionSeconds: number
}

/** One series whose values another thread writes. */
class MirrorSeries implements SeriesIdentity, SeriesCells {
  readonly values: readonly string[]
  readonly pairs: string
  readonly cells: Float64Array
  readonly at: number
  readonly words: Int32Array
  readonly wordAt: number
  began: number | undefined
  exemplars: Shown | undefined
  /** Where it stands in its family; -1 once it left. */
  position = -1

  constructor(labelNames: readonly string[], values: readonly string[], place: SeriesCells) {
    this.values = values
    this.pairs = labelPairs(labelNames, values)
    this.cells = place.cells
    this.at = place.at
    this.words = place.words
    this.wordAt = place.wordAt
  }
}

/**
 * A family of another thread: its definition, which series it has, and the shared cells that its owner writes. What it
 * emits is read from the cells at that moment. Memory: about 300 bytes for each series.
 */
export class MirrorFamily implements Family {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly role: 'info' | 'stateset' | undefined
  readonly unit: string | undefined
  readonly across: Across | undefined
  readonly labelNames: readonly string[]
  readonly lines: readonly LineShape[]
  readonly #layout: CellLayout
  readonly #memory: CellMemory
  readonly #series: MirrorSeries[] = []
  readonly #byPlace = new Map<number, MirrorSeries>()

  constructor(
    { name, help, type, role, unit, across, labelNames, lines }: FamilyHeader,
    layout: CellLayout,
    memory: CellMemory,
  ) {
    this.name = name
    this.help = help
    this.type = type
    this.role = role
    this.unit = unit
    this.across = across
    this.labelNames = labelNames
    this.lines = lines
    this.#layout = layout
    this.#memory = memory
  }

  get size(): number {
    return this.#series.length
  }

  emit(sink: Sink, from: number, to: number): void {
    this.#emit(this.#series, sink, from, to)
  }

  snapshot(): SeriesRange {
    const all = this.#series.slice()
    return { size: all.length, emit: (sink, from, to) => this.#emit(all, sink, from, to) }
  }

  /** Nothing: only the thread that owns the cells writes them. */
  reset(): void {}

  /** Takes in a series under the key of its place, in place of the one that was there. */
  enter(key: number, values: readonly string[], cells: SeriesCells, began: number | undefined): void {
    this.leave(key)
    const series = new MirrorSeries(this.labelNames, values, cells)
    series.began = began
    series.position = this.#series.push(series) - 1
    this.#byPlace.set(key, series)
  }

  leave(key: number): void {
    const series = this.#byPlace.get(key)
    if (series === undefined) return
    this.#byPlace.delete(key)
    const moved = this.#series.pop()!
    if (moved !== series) {
      this.#series[series.position] = moved
      moved.position = series.position
    }
    series.position = -1
  }

  /** The series began again at zero. */
  begin(key: number, began: number): void {
    const series = this.#byPlace.get(key)
    if (series === undefined) return
    series.began = began
    series.exemplars = undefined
  }

  /** Shows these exemplars from now on. */
  showExemplars(key: number, exemplars: Shown): void {
    const series = this.#byPlace.get(key)
    if (series !== undefined) series.exemplars = exemplars
  }

  #emit(list: readonly MirrorSeries[], sink: Sink, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const series = list[i]!
      if (series.position < 0) continue
      emitCells(this.#layout, sink, series, this.#memory, series.exemplars && fresh(series.exemplars))
      if (series.began !== undefined) sink.created?.(series, series.began)
    }
  }
}

function fresh({ exemplars, retentionSeconds }: Shown): readonly (Exemplar | undefined)[] {
  const since = Date.now() / 1000 - retentionSeconds
  return exemplars.map((exemplar) => (exemplar && exemplar.timestamp > since ? exemplar : undefined))
}
