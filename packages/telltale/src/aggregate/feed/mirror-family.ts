import type { Across } from '../../metrics/across.js'
import { type CellLayout, emitCells } from '../../metrics/cell-layout.js'
import type { Exemplar } from '../../metrics/exemplar.js'
import { RowChunk, type RowShape } from '../../metrics/row-chunk.js'
import { INDEX_BITS, INDEX_MASK, rowOfSlot } from '../../metrics/row-number.js'
import { PairNames, RowView } from '../../metrics/row-view.js'
import type { LineShape, SeriesRange, Sink } from '../../metrics/sample-line.js'
import type { SlottedFamily } from '../../metrics/slotted-family.js'
import { TableHead } from '../../metrics/table-head.js'
import type { Visits } from '../../metrics/visits.js'
import type { MetricType } from '../../model/metric-name.js'
import type { FamilyEntry, RowsEntry, SeriesExemplars } from './feed-event.js'
import type { MirrorMemory } from './mirror-memory.js'

/**
 * A family of another thread: its definition, and where the rows are that its owner writes. What it emits is read from
 * them at that moment. It keeps nothing for a series but the exemplars that it was told of.
 */
export class MirrorFamily implements SlottedFamily {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly role: 'info' | 'stateset' | undefined
  readonly unit: string | undefined
  readonly across: Across | undefined
  readonly labelNames: readonly string[]
  readonly lines: readonly LineShape[]
  readonly #layout: CellLayout
  readonly #shape: RowShape
  readonly #createdAt: number | undefined
  readonly #head: TableHead
  readonly #memory: MirrorMemory
  readonly #visits: Visits
  readonly #pairNames: PairNames
  /** For the sinks that take one. */
  readonly #cursor: RowView
  readonly #rows: RowChunk[] = []
  #slots = 0
  /** By row. */
  readonly #exemplars = new Map<number, SeriesExemplars>()

  constructor(entry: FamilyEntry, memory: MirrorMemory, visits: Visits) {
    const { name, help, type, role, unit, across, labelNames, lines } = entry.header
    this.name = name
    this.help = help
    this.type = type
    this.role = role
    this.unit = unit
    this.across = across
    this.labelNames = labelNames
    this.lines = lines
    this.#layout = entry.layout
    this.#shape = entry.shape
    this.#createdAt = entry.createdAt
    this.#head = new TableHead(memory.cellsAt(entry.head), entry.head.serial)
    this.#memory = memory
    this.#visits = visits
    this.#pairNames = new PairNames(labelNames)
    this.#cursor = new RowView(this.#pairNames, memory)
  }

  get size(): number {
    return this.#head.isOpen ? this.#head.size : 0
  }

  emit(sink: Sink, from: number, to: number): void {
    this.#visit((births) => {
      let passed = 0
      let last: RowView | undefined
      for (let slot = 0; slot < this.#slots && passed < to; slot++) {
        const row = rowOfSlot(slot)
        const birth = this.#birthOf(row, births)
        if (birth !== 0 && passed++ >= from) last = this.#emitRow(sink, row, birth)
      }
      if (!sink.takesCursors) last?.settle()
    })
  }

  get births(): number {
    return this.#head.births
  }

  get slots(): number {
    return this.#slots
  }

  readBirths(from: number, into: Int32Array): void {
    into.fill(0)
    this.#visit((births) => {
      const end = Math.min(into.length, this.#slots - from)
      for (let i = 0; i < end; i++) into[i] = this.#birthOf(rowOfSlot(from + i), births)
    })
  }

  valuesAt(slot: number, birth: number): readonly string[] | undefined {
    const row = rowOfSlot(slot)
    let values: readonly string[] | undefined
    this.#visit((births) => {
      if (this.#birthOf(row, births) !== birth) return
      const chunk = this.#rows[row >> INDEX_BITS]!
      values = this.#cursor.moveTo(chunk, row & INDEX_MASK, birth).values
    })
    return values
  }

  emitSlot(sink: Sink, slot: number, birth: number): void {
    const row = rowOfSlot(slot)
    this.#visit((births) => {
      if (this.#birthOf(row, births) !== birth) return
      const view = this.#emitRow(sink, row, birth)
      if (!sink.takesCursors) view.settle()
    })
  }

  snapshot(): SeriesRange {
    const births = this.#head.births
    return { size: this.#slots, emit: (sink, from, to) => this.#emitSlots(sink, from, to, births) }
  }

  /** Nothing: only the thread that owns the rows writes them. */
  reset(): void {}

  /** Has more rows from now on. */
  addRows(rows: RowsEntry): void {
    const count = rows.end - rows.first
    this.#rows.push(new RowChunk(this.#memory.cellsAt(rows), this.#shape, rows.first, count))
    this.#slots += count
  }

  /** Shows these exemplars from now on, for as long as their series is the same. */
  showExemplars(shown: SeriesExemplars): void {
    if (shown.exemplars.length > 0) this.#exemplars.set(shown.row, shown)
    else this.#exemplars.delete(shown.row)
  }

  /** Writes those of the slots that were series already when `births` was the last. */
  #emitSlots(sink: Sink, from: number, to: number, births: number): void {
    this.#visit(() => {
      let last: RowView | undefined
      for (let slot = from; slot < to; slot++) {
        const row = rowOfSlot(slot)
        const birth = this.#birthOf(row, births)
        if (birth !== 0) last = this.#emitRow(sink, row, birth)
      }
      if (!sink.takesCursors) last?.settle()
    })
  }

  /** Looks at the rows, unless they are gone, while none that is dropped is used again. */
  #visit(look: (births: number) => void): void {
    this.#visits.during(() => {
      try {
        if (this.#head.isOpen) look(this.#head.births)
      } finally {
        this.#memory.forgetTexts()
      }
    })
  }

  /** The birth of a row that was a series when `births` was the last, with labels that this thread can read; or 0. */
  #birthOf(row: number, births: number): number {
    const chunk = this.#rows[row >> INDEX_BITS]!
    const { words } = chunk
    const at = chunk.birthAt(row & INDEX_MASK)
    const birth = Atomics.load(words, at)
    if (birth === 0 || ((birth - births) | 0) > 0) return 0
    for (let i = 1; i <= this.labelNames.length; i++) if (!this.#memory.hasText(words[at + i]!)) return 0
    return birth
  }

  #emitRow(sink: Sink, row: number, birth: number): RowView {
    const chunk = this.#rows[row >> INDEX_BITS]!
    const view = sink.takesCursors ? this.#cursor : new RowView(this.#pairNames, this.#memory)
    view.moveTo(chunk, row & INDEX_MASK, birth)
    const began = this.#createdAt === undefined ? undefined : view.cells[view.at + this.#createdAt]!
    emitCells(this.#layout, sink, view, this.#memory, this.#exemplarsOf(row, birth, began))
    // Its owner has taken the row in this very moment where it says nothing yet.
    if (began !== undefined && began > 0) sink.created?.(view, began)
    return view
  }

  #exemplarsOf(row: number, birth: number, began: number | undefined) {
    const shown = this.#exemplars.get(row)
    if (shown === undefined) return undefined
    if (shown.birth === birth && shown.began === began) return fresh(shown)
    this.#exemplars.delete(row)
    return undefined
  }
}

function fresh({ exemplars, retentionSeconds }: SeriesExemplars): readonly (Exemplar | undefined)[] {
  const since = Date.now() / 1000 - retentionSeconds
  return exemplars.map((exemplar) => (exemplar && exemplar.timestamp > since ? exemplar : undefined))
}
