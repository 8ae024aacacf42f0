import type { ErrorCode } from '../model/error-code.js'
import { checkHelp, checkLabelNames, type MetricType } from '../model/metric-name.js'
import { checkUnit } from '../model/unit.js'
import { type Across, checkAcross } from './across.js'
import { type CellLayout, cellsOf, emitCells, wordsOf } from './cell-layout.js'
import type { SeriesCells } from './cell-place.js'
import type { DropReason } from './drop-reason.js'
import type { ExemplarSampler } from './exemplar-sampler.js'
import type { ExemplarPlan } from './exemplar-slots.js'
import { ExemplarStore } from './exemplar-store.js'
import type { Home } from './home.js'
import { LabelTexts } from './label-texts.js'
import { rowOfSlot } from './row-number.js'
import type { RowTable } from './row-table.js'
import { PairNames, RowView } from './row-view.js'
import type { Family, LineShape, SeriesIdentity, SeriesRange, Sink } from './sample-line.js'
import type { KeptSeries, Seat, Series } from './series.js'
import { SeriesIndex } from './series-index.js'
import { Slab } from './slab.js'

/** What a metric is defined by, but for its labels. */
interface Definition {
  readonly name: string
  readonly help: string
  readonly unit?: string
  readonly across?: Across
}

/** What each series of a type has beside its labels. */
export interface OwnShape {
  readonly words: number
  readonly cells: number
}

/**
 * The series of a metric, of whatever type: rows of an index, each with its label values as ids and its cells. A type
 * adds its lines, the shape of its rows and the handles on them, which are made when they are asked for.
 */
export abstract class RowFamily<S extends Series> implements Family {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly unit: string | undefined
  readonly across: Across | undefined
  readonly labelNames: readonly string[]
  abstract readonly lines: readonly LineShape[]
  /** @internal */
  exemplars: ExemplarStore | undefined
  /** @internal Another one after each change that handles have to look at. */
  stamp = 0
  protected readonly home: Home
  readonly #pairNames: PairNames
  /** For the sinks that take one; made by the first. */
  #cursor: RowView | undefined
  /** The series that are objects, by their row. */
  readonly #kept = new Map<number, S>()
  #isKeeping = false
  #layout: CellLayout | undefined
  #createdAt: number | undefined
  protected index!: SeriesIndex<S>

  constructor(type: MetricType, options: Definition, labelNames: readonly string[], home: Home) {
    this.home = home
    this.name = options.name
    this.help = checkHelp(this.name, options.help)
    this.type = type
    this.unit = checkUnit(this.name, options.unit)
    this.across = checkAcross(this.name, type, options.across)
    this.labelNames = labelNames
    checkLabelNames(this.name, labelNames, type, home.names)
    this.#pairNames = new PairNames(labelNames)
  }

  get size(): number {
    return this.table.size
  }

  /** @internal */
  get layout(): CellLayout | undefined {
    return undefined
  }

  /** @internal */
  get slab(): Slab {
    return this.index.memory.slab
  }

  reset(): void {
    this.exemplars?.clear()
    for (const row of this.rows) {
      this.resetRow(row)
      this.#begin(this.seatOf(row))
    }
  }

  emit(sink: Sink, from: number, to: number): void {
    let passed = 0
    let last: RowView | undefined
    for (const row of this.rows) {
      if (passed >= to) break
      if (passed++ >= from) last = this.#emitRow(sink, row)
    }
    if (!sink.takesCursors) last?.settle()
  }

  /** @internal */
  get births(): number {
    return this.table.head.births
  }

  /** @internal */
  get slots(): number {
    return this.table.slots
  }

  /** @internal */
  readBirths(from: number, into: Int32Array): void {
    const { table } = this
    const end = Math.min(into.length, table.slots - from)
    into.fill(0)
    for (let i = 0; i < end; i++) into[i] = table.birthOf(rowOfSlot(from + i))
  }

  /** @internal */
  valuesAt(slot: number, birth: number): readonly string[] | undefined {
    const row = rowOfSlot(slot)
    return this.table.birthOf(row) === birth ? this.valuesOf(row) : undefined
  }

  /** @internal */
  emitSlot(sink: Sink, slot: number, birth: number): void {
    const row = rowOfSlot(slot)
    if (this.table.birthOf(row) !== birth) return
    const view = this.#emitRow(sink, row)
    if (!sink.takesCursors) view.settle()
  }

  snapshot(): SeriesRange {
    const { slots, head } = this.table
    const { births } = head
    return { size: slots, emit: (sink, from, to) => this.#emitSlots(sink, from, to, births) }
  }

  /** Makes the rows, once the type knows what each has. */
  protected openRows(): void {
    const { words, cells } = this.shape
    this.#isKeeping = this.keepsSeries
    this.#layout = this.layout
    const hasCreated = this.home.createdTimes === true && this.type !== 'gauge'
    if (hasCreated) this.#createdAt = cells
    const labels = this.labelNames.length
    const shape = { labels, words, cells: cells + (hasCreated ? 1 : 0) }
    const makeHandle = (row: number) => this.#kept.get(row) ?? this.createSeries(this.seatOf(row))
    this.index = new SeriesIndex(this.home, shape, makeHandle)
  }

  /** Makes a handle on a series; the cells of one that nobody scrapes are in no row. */
  protected abstract createSeries(seat: Seat): S

  /** Whether the series are objects that stay, because they have a state of their own. */
  protected get keepsSeries(): boolean {
    return false
  }

  /** What each row has. */
  protected get shape(): OwnShape {
    const { layout } = this
    return layout === undefined ? { words: 0, cells: 0 } : { words: wordsOf(layout), cells: cellsOf(layout) }
  }

  /** Writes the lines of a series. */
  protected emitCells(sink: Sink, series: SeriesIdentity & SeriesCells, row: number): void {
    emitCells(this.#layout!, sink, series, this.slab, this.exemplars?.of(row))
  }

  /** Frees what a series has beside its row, before that is zeroed. */
  protected freeBeside(_cells: SeriesCells): void {}

  /** Copies what a series has beside its row, which is copied already, into the memory of now. */
  protected moveBeside(_from: Slab, _cells: SeriesCells): void {}

  sampleExemplars(sampler: ExemplarSampler | undefined): void {
    const plan = this.exemplarPlan
    this.exemplars = sampler && plan && new ExemplarStore(this.name, sampler, plan)
    this.changed()
  }

  moveOut(slab: Slab): void {
    const before = this.index
    if (before.memory.slab !== slab) return
    before.table.head.close()
    const own = new Slab()
    this.index = before.copy({ slab: own, texts: new LabelTexts(own) })
    this.#cursor = undefined
    for (const row of this.rows) this.moveBeside(slab, this.seatOf(row))
    before.release()
    this.changed()
  }

  /** How many exemplars a series has; none when left out. */
  protected get exemplarPlan(): ExemplarPlan | undefined {
    return undefined
  }

  /** @internal */
  get table(): RowTable {
    return this.index.table
  }

  /** @internal */
  get createdAt(): number | undefined {
    return this.#createdAt
  }

  /** The rows of now. */
  protected get rows(): Iterable<number> {
    return this.table.rows()
  }

  /** @internal */
  seatOf(row: number): Seat {
    return this.table.seatOf(row)
  }

  /** @internal */
  valuesOf(row: number): readonly string[] {
    return this.index.values(row)
  }

  /** @internal */
  changed(): void {
    this.stamp++
  }

  /** @internal */
  dropped(reason: DropReason, code: ErrorCode, detail: string): void {
    this.home.dropped(this.name, reason, code, `metric "${this.name}": ${detail}`)
  }

  /** @internal */
  resetRow(row: number): void {
    this.#zero(row)
    this.#keptSeries(row)?.resetOwn?.()
    this.changed()
  }

  /** @internal */
  restarted(row: number): void {
    this.exemplars?.forget(row)
    this.#zero(row)
    this.#begin(this.seatOf(row))
  }

  /** Writes those of the slots that were series already when `births` was the last. */
  #emitSlots(sink: Sink, from: number, to: number, births: number): void {
    const { table } = this
    let last: RowView | undefined
    for (let slot = from; slot < to; slot++) {
      const row = rowOfSlot(slot)
      const birth = table.birthOf(row)
      if (birth !== 0 && ((birth - births) | 0) <= 0) last = this.#emitRow(sink, row)
    }
    // The sink may not be done with it, and its row may be dropped before the sink gets the next one.
    if (!sink.takesCursors) last?.settle()
  }

  #emitRow(sink: Sink, row: number): RowView {
    const { table } = this
    const view = this.#viewFor(sink).moveTo(table.chunkOf(row), table.indexOf(row), table.birthOf(row))
    this.emitCells(sink, view, row)
    if (this.#createdAt !== undefined) sink.created?.(view, view.cells[view.at + this.#createdAt]!)
    return view
  }

  #viewFor(sink: Sink): RowView {
    if (!sink.takesCursors) return new RowView(this.#pairNames, this.slab)
    this.#cursor ??= new RowView(this.#pairNames, this.slab)
    return this.#cursor
  }

  /** Takes a series in; the one that was kept and comes back, or a new one. */
  protected enter(texts: readonly string[], asked: readonly unknown[], returning?: S & KeptSeries): number {
    const added = this.table.prepare()
    if (added !== undefined) this.home.watcher?.rowsAdded(this, added)
    const row = this.index.enter(texts)
    const seat = this.seatOf(row)
    this.#begin(seat)
    if (this.#isKeeping) {
      returning?.take?.(seat)
      this.#kept.set(row, returning ?? this.createSeries(seat))
    }
    this.index.remember(row, texts, asked)
    return row
  }

  #begin({ cells, at }: SeriesCells): void {
    if (this.#createdAt !== undefined) cells[at + this.#createdAt] = this.home.clock.wall()
  }

  /** Takes a series out. */
  protected drop(row: number): void {
    this.exemplars?.forget(row)
    this.#keptSeries(row)?.release()
    this.#kept.delete(row)
    this.freeBeside(this.seatOf(row))
    this.index.drop(row)
    this.changed()
  }

  /** Takes out every series whose row `isUnwanted`; returns how many. */
  protected dropWhere(isUnwanted: (row: number) => boolean): number {
    const unwanted = [...this.rows].filter(isUnwanted)
    for (const row of unwanted) this.drop(row)
    return unwanted.length
  }

  #zero(row: number): void {
    const seat = this.seatOf(row)
    this.freeBeside(seat)
    const { words, cells } = this.shape
    seat.words.fill(0, seat.wordAt, seat.wordAt + words)
    seat.cells.fill(0, seat.at, seat.at + cells)
  }

  /** The object of a series that has one. */
  #keptSeries(row: number): (S & KeptSeries) | undefined {
    return this.#kept.get(row) as (S & KeptSeries) | undefined
  }
}
