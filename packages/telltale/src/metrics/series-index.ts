import { LabelColumn } from './label-column.js'
import type { LabelTexts } from './label-texts.js'
import type { RowShape } from './row-chunk.js'
import { RowTable } from './row-table.js'
import type { Slab } from './slab.js'

/** Where the series of a registry are kept. */
export interface SeriesMemory {
  readonly slab: Slab
  readonly texts: LabelTexts
}

const NOT_THERE = -1

/**
 * Finds the row of a family by its label values. Each value is turned into the id of its text, and the row is found by
 * its ids, so that no two label sets can be taken for each other. A hit on values that were asked for before allocates
 * nothing.
 */
export class SeriesIndex {
  readonly table: RowTable
  readonly memory: SeriesMemory
  readonly #columns: readonly LabelColumn[]
  /** The ids that were looked up last. */
  readonly #ids: number[]

  constructor(memory: SeriesMemory, shape: RowShape, table = new RowTable(memory.slab, shape)) {
    this.memory = memory
    this.table = table
    this.#columns = Array.from({ length: shape.labels }, () => new LabelColumn(memory.texts))
    this.#ids = new Array<number>(shape.labels).fill(0)
  }

  /** The row of values that were asked for before; -1 for any other. */
  findByPosition(values: readonly unknown[]): number {
    const columns = this.#columns
    const ids = this.#ids
    for (let i = 0; i < columns.length; i++) {
      const id = columns[i]!.known(values[i])
      if (id < 0) return NOT_THERE
      ids[i] = id
    }
    return this.#rowOfIds()
  }

  /**
   * The same, with the values taken from an object by label name. The first three labels have a line of their own
   * each: V8 remembers one property name for a line, and in a loop over the names that took twice the time.
   */
  findByName(names: readonly string[], labels: Readonly<Record<string, unknown>>): number {
    const columns = this.#columns
    const ids = this.#ids
    const count = columns.length
    if (count === 0) return NOT_THERE
    if ((ids[0] = columns[0]!.known(labels[names[0]!])) < 0) return NOT_THERE
    if (count > 1 && (ids[1] = columns[1]!.known(labels[names[1]!])) < 0) return NOT_THERE
    if (count > 2 && (ids[2] = columns[2]!.known(labels[names[2]!])) < 0) return NOT_THERE
    for (let i = 3; i < count; i++) {
      if ((ids[i] = columns[i]!.known(labels[names[i]!])) < 0) return NOT_THERE
    }
    return this.#rowOfIds()
  }

  /** The row of these texts, whether they were asked for before or not; -1 when there is none. */
  findTexts(texts: readonly string[]): number {
    for (let i = 0; i < texts.length; i++) {
      const id = this.idOf(texts[i]!)
      if (id < 0) return NOT_THERE
      this.#ids[i] = id
    }
    return this.#rowOfIds()
  }

  /** The id of a text; -1 when no series of the registry has it. */
  idOf(text: string): number {
    return this.memory.texts.find(text)
  }

  /** Takes a row for texts that none has. */
  enter(texts: readonly string[]): number {
    this.table.prepare()
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
  copy(memory: SeriesMemory): SeriesIndex {
    const { shape } = this.table
    const table = this.table.copy(memory.slab, (id) => memory.texts.hold(this.memory.texts.text(id)))
    return new SeriesIndex(memory, shape, table)
  }

  /** Gives all memory back; nothing may be called afterwards. */
  release(): void {
    for (const column of this.#columns) column.forgetAll()
    for (let slot = 0; slot < this.table.slots; slot++) {
      const row = this.table.rowAt(slot)
      if (this.table.birthOf(row) === 0) continue
      for (let i = 0; i < this.#columns.length; i++) this.memory.texts.release(this.idAt(row, i))
    }
    this.table.release()
  }

  #rowOfIds(): number {
    const ids = this.#ids
    return this.table.find(ids[0]!, ids[1]!, ids[2]!, ids)
  }
}
