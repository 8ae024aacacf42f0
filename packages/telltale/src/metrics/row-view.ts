import { writtenName } from '../model/name-escaping.js'
import type { SeriesCells } from './cell-place.js'
import type { RowChunk } from './row-chunk.js'
import type { SeriesIdentity } from './sample-line.js'
import {
  copyRecord,
  EMPTY_TEXT,
  escapedRecord,
  recordLength,
  type TextMemory,
  unescapedText,
} from './text-record.js'
import { WordText } from './word-text.js'

/** How the label names of a family stand before each value. */
export class PairNames {
  /** `name="` for each label. */
  readonly texts: readonly string[]
  /** The same as bytes. */
  readonly bytes: readonly WordText[]
  /** The same behind another pair. */
  readonly further: readonly WordText[]

  constructor(names: readonly string[]) {
    this.texts = names.map((name) => `${writtenName(name, 'label', 'allow-utf-8')}="`)
    this.bytes = this.texts.map((text) => new WordText(text))
    this.further = this.texts.map((text) => new WordText(`",${text}`))
  }
}

const QUOTE = 34
/** A quote and a comma. */
const SEPARATORS = 2

const nowhere: Pick<SeriesCells, 'cells' | 'words'> = { cells: new Float64Array(), words: new Int32Array() }

/**
 * One series for the time that a scrape writes it: its labels and where its cells are. Labels are read when they are
 * asked for, so ask while the scrape is at this series. For sinks that take cursors it goes on from one series to the
 * next: an object for each would be most of the garbage of a scrape.
 */
export class RowView implements SeriesIdentity, SeriesCells {
  cells = nowhere.cells
  at = 0
  words = nowhere.words
  wordAt = 0
  birth = 0
  readonly #names: PairNames
  readonly #texts: TextMemory
  #idsAt = 0
  /** The label values as they are kept, once they were read. */
  #escaped: readonly string[] | undefined = undefined
  #values: readonly string[] | undefined = undefined
  #pairs: string | undefined = undefined

  /** Of no series until it is moved to one. */
  constructor(names: PairNames, texts: TextMemory) {
    this.#names = names
    this.#texts = texts
  }

  /**
   * Is of this series from now on, and returns itself. The birth is as it was found: in another thread, the row may have
   * been dropped since.
   */
  moveTo(chunk: RowChunk, index: number, birth: number): this {
    this.cells = chunk.values
    this.at = chunk.cellAt(index)
    this.words = chunk.words
    this.wordAt = chunk.wordAt(index)
    this.birth = birth
    this.#idsAt = chunk.birthAt(index) + 1
    this.#escaped = undefined
    this.#values = undefined
    this.#pairs = undefined
    return this
  }

  get values(): readonly string[] {
    this.#values ??= this.#read().map(unescapedText)
    return this.#values
  }

  get pairs(): string {
    this.#pairs ??= this.#joined(this.#read())
    return this.#pairs
  }

  get pairsSize(): number {
    if (this.#escaped !== undefined) return this.pairs.length * 3
    const { bytes } = this.#names
    let size = 0
    for (let i = 0; i < bytes.length; i++) {
      const id = this.words[this.#idsAt + i]!
      if (id !== EMPTY_TEXT) size += bytes[i]!.length + recordLength(this.#texts, id) + SEPARATORS
    }
    return size
  }

  writePairs(target: DataView, at: number): number {
    if (this.#escaped !== undefined) return new WordText(this.pairs).copy(target, at)
    const { bytes, further } = this.#names
    let to = at
    for (let i = 0; i < bytes.length; i++) {
      const id = this.words[this.#idsAt + i]!
      if (id === EMPTY_TEXT) continue
      const name = to > at ? further[i]! : bytes[i]!
      to = copyRecord(this.#texts, id, target, name.copy(target, to))
    }
    if (to > at) target.setUint8(to++, QUOTE)
    return to
  }

  /** Reads the labels now, for who holds on to the series when the scrape goes on. */
  settle(): void {
    this.#read()
  }

  #read(): readonly string[] {
    if (this.#escaped !== undefined) return this.#escaped
    const escaped: string[] = []
    for (let i = 0; i < this.#names.texts.length; i++) {
      escaped.push(escapedRecord(this.#texts, this.words[this.#idsAt + i]!))
    }
    this.#escaped = escaped
    return escaped
  }

  #joined(escaped: readonly string[]): string {
    let pairs = ''
    for (let i = 0; i < escaped.length; i++) {
      if (escaped[i] !== '') pairs += `${pairs === '' ? '' : ','}${this.#names.texts[i]}${escaped[i]}"`
    }
    return pairs
  }
}
