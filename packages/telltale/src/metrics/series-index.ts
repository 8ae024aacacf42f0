import { HandleCache } from './handle-cache.js'
import { LabelColumn } from './label-column.js'
import type { LabelTexts } from './label-texts.js'
import type { RowShape } from './row-chunk.js'
import { rowOfSlot } from './row-number.js'
import { RowTable } from './row-table.js'
import type { Slab } from './slab.js'

/** Where the series of a registry are kept. */
export interface SeriesMemory {
  readonly slab: Slab
  readonly texts: LabelTexts
}

const NOT_THERE = -1
/** Up to so many values are looked up one by one; more are a list. */
export const FEW_LABELS = 3

/**
 * Finds the series of a family by its label values. Each value is turned into the id of its text, and the row is found
 * by its ids, so that no two label sets can be taken for each other. A hit on values that were asked for before
 * allocates nothing while its handle is remembered.
 */
export class SeriesIndex<H> {
  readonly table: RowTable
  readonly memory: SeriesMemory
  readonly #columns: readonly LabelColumn[]
  readonly #handles: HandleCache<H>
  readonly #makeHandle: (row: number) => H
  /** The ids that were looked up last. */
  readonly #ids: number[]

  /** `makeHandle` makes the handle on a row, or gives the one that there is. */
  constructor(
    memory: SeriesMemory,
    shape: RowShape,
    makeHandle: (row: number) => H,
    table = new RowTable(memory.slab, shape),
  ) {
    this.memory = memory
    this.table = table
    this.#columns = Array.from({ length: shape.labels }, () => new LabelColumn(memory.texts))
    this.#handles = new HandleCache(shape.labels)
    this.#makeHandle = makeHandle
    this.#ids = new Array<number>(shape.labels).fill(0)
  }

  /** The handle on the series of up to three values that were asked for before; `undefined` for any other. */
  byThree(value1: unknown, value2: unknown, value3: unknown): H | undefined {
    if (this.#columns.length > FEW_LABELS) return undefined
    return this.#handles.find(value1, value2, value3) ?? this.#byKnown([value1, value2, value3])
  }

  /** The same for more than three. */
  byMore(values: readonly unknown[]): H | undefined {
    return this.#handles.findMore(values) ?? this.#byKnown(values)
  }

  /** The handle on a row. */
  handle(row: number): H {
    return this.#makeHandle(row)
  }

  /** The row of these texts, whether they were asked for before or not; -1 when there is none. */
  findTexts(texts: readonly string[]): number {
    const ids = this.#ids
    for (let i = 0; i < texts.length; i++) {
      const id = this.idOf(texts[i]!)
      if (id < 0) return NOT_THERE
      ids[i] = id
    }
    return this.#columns.length === 0 ? NOT_THERE : this.table.find(ids[0]!, ids[1] ?? 0, ids[2] ?? 0, ids)
  }

  /** The id of a text; -1 when no series of the registry has it. */
  idOf(text: string): number {
    return this.memory.texts.find(text)
  }

  /** Takes a row for texts that none has. */
  enter(texts: readonly string[]): number {
    return this.table.take(texts.map((text) => this.memory.texts.hold(text)))
  }

  /** Has the row found by what was asked for. */
  remember(row: number, texts: readonly string[], asked: readonly unknown[]): void {
    const chunk = this.table.chunkOf(row)
    const at = chunk.birthAt(this.table.indexOf(row)) + 1
    for (let i = 0; i < texts.length; i++) {
      this.#columns[i]!.remember(texts[i]!, chunk.words[at + i]!, asked[i] ?? texts[i])
    }
  }

  drop(row: number): void {
    const { texts } = this.memory
    const chunk = this.table.chunkOf(row)
    const at = chunk.birthAt(this.table.indexOf(row)) + 1
    const ids = this.#columns.map((_, i) => chunk.words[at + i]!)
    this.#handles.delete(row)
    this.table.drop(row)
    ids.forEach((id, i) => {
      this.#columns[i]!.released(id)
      texts.release(id)
    })
  }

  /** The id that a row has for a label. */
  idAt(row: number, label: number): number {
    const chunk = this.table.chunkOf(row)
    return chunk.words[chunk.birthAt(this.table.indexOf(row)) + 1 + label]!
  }

  /** The label values of a row. */
  values(row: number): readonly string[] {
    return this.#columns.map((_, i) => this.memory.texts.text(this.idAt(row, i)))
  }

  /** The same rows in other memory. */
  copy(memory: SeriesMemory): SeriesIndex<H> {
    const { shape } = this.table
    const table = this.table.copy(memory.slab, (id) => memory.texts.hold(this.memory.texts.text(id)))
    return new SeriesIndex(memory, shape, this.#makeHandle, table)
  }

  /** Gives all memory back; nothing may be called afterwards. */
  release(): void {
    for (const column of this.#columns) column.forgetAll()
    for (let slot = 0; slot < this.table.slots; slot++) {
      const row = rowOfSlot(slot)
      if (this.table.birthOf(row) === 0) continue
      for (let i = 0; i < this.#columns.length; i++) this.memory.texts.release(this.idAt(row, i))
    }
    this.table.release()
  }

  #byKnown(values: readonly unknown[]): H | undefined {
    const columns = this.#columns
    const ids = this.#ids
    if (columns.length === 0) return undefined
    for (let i = columns.length; i < values.length; i++) if (values[i] !== undefined) return undefined
    for (let i = 0; i < columns.length; i++) {
      const id = columns[i]!.known(values[i])
      if (id === undefined) return undefined
      ids[i] = id
    }
    const row = this.table.find(ids[0]!, ids[1] ?? 0, ids[2] ?? 0, ids)
    if (row < 0) return undefined
    const handle = this.#makeHandle(row)
    this.#handles.add(values, row, handle)
    return handle
  }
}
