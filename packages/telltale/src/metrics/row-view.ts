import { writtenName } from '../model/name-escaping.js'
import type { SeriesCells } from './cell-layout.js'
import type { RowChunk } from './row-chunk.js'
import type { SeriesIdentity } from './sample-line.js'
import { copyRecord, escapedRecord, recordLength, recordText, type TextMemory } from './text-record.js'

/** How the label names of a family stand before each value. */
export class PairNames {
  /** `name="` for each label. */
  readonly texts: readonly string[]
  /** The same as bytes. */
  readonly bytes: readonly Uint8Array[]
  /** Bytes of all, with what closes and separates pairs. */
  readonly size: number

  constructor(names: readonly string[]) {
    this.texts = names.map((name) => `${writtenName(name, 'label', 'allow-utf-8')}="`)
    this.bytes = this.texts.map((text) => Buffer.from(text))
    this.size = this.bytes.reduce((sum, bytes) => sum + bytes.length + 2, 0)
  }
}

const QUOTE = 34
const COMMA = 44

/**
 * One series for the time that a scrape writes it: its labels and where its cells are. Labels are read when they are
 * asked for, so ask while the scrape is at this series.
 */
export class RowView implements SeriesIdentity, SeriesCells {
  readonly cells: Float64Array
  readonly at: number
  readonly words: Int32Array
  readonly wordAt: number
  readonly #names: PairNames
  readonly #texts: TextMemory
  readonly #idsAt: number
  #values: readonly string[] | undefined = undefined
  #pairs: string | undefined = undefined

  constructor(names: PairNames, texts: TextMemory, chunk: RowChunk, index: number) {
    this.cells = chunk.values
    this.at = chunk.cellAt(index)
    this.words = chunk.words
    this.wordAt = chunk.wordAt(index)
    this.#names = names
    this.#texts = texts
    this.#idsAt = chunk.birthAt(index) + 1
  }

  get values(): readonly string[] {
    this.#values ??= this.#names.texts.map((_, i) => recordText(this.#texts, this.words[this.#idsAt + i]!))
    return this.#values
  }

  get pairs(): string {
    this.#pairs ??= this.#readPairs()
    return this.#pairs
  }

  /** Bytes of the pairs, at most. */
  get pairsSize(): number {
    let { size } = this.#names
    const { length } = this.#names.bytes
    for (let i = 0; i < length; i++) size += recordLength(this.#texts, this.words[this.#idsAt + i]!)
    return size
  }

  writePairs(target: Uint8Array, at: number): number {
    const { bytes } = this.#names
    let to = at
    for (let i = 0; i < bytes.length; i++) {
      const id = this.words[this.#idsAt + i]!
      if (id === 0) continue
      if (to > at) target[to++] = COMMA
      const name = bytes[i]!
      for (let j = 0; j < name.length; j++) target[to++] = name[j]!
      to = copyRecord(this.#texts, id, target, to)
      target[to++] = QUOTE
    }
    return to
  }

  /** Reads the labels now, for who holds on to the series when the scrape goes on. */
  settle(): void {
    this.#values = this.values
    this.#pairs = this.pairs
  }

  #readPairs(): string {
    const pairs: string[] = []
    this.#names.texts.forEach((name, i) => {
      const id = this.words[this.#idsAt + i]!
      if (id !== 0) pairs.push(`${name}${escapedRecord(this.#texts, id)}"`)
    })
    return pairs.join(',')
  }
}
