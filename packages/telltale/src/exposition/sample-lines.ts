import type { SeriesIdentity } from '../metrics/sample-line.js'
import type { WordText } from '../metrics/word-text.js'
import { labelPairs } from '../model/label-text.js'
import { valueText } from '../model/number-text.js'
import { ByteWriter } from './byte-writer.js'
import type { FamilyText, LineText } from './line-text.js'

const LINE_FEED = 10
/** Room for a value in any form and the line feed. */
const VALUE_SIZE = 32

/** The bytes of sample lines, which all text formats have in common. Series may be cursors. */
export class SampleLines {
  readonly #writer = new ByteWriter()
  #lines: readonly LineText[] = []
  #labelNames: readonly string[] | undefined
  #last: SeriesIdentity | undefined
  #lastBirth: number | undefined
  #pairs = ''
  #pairsSize = 0
  #asBytes = false
  #open: WordText | undefined
  #lineStart = 0
  #labelsStart = 0
  #labelsEnd = 0

  /** Begins a family: writes its metadata, and takes what its lines are made of. */
  family(metadata: string, { lines, labelNames }: FamilyText): void {
    this.comment(metadata)
    this.#lines = lines
    this.#labelNames = labelNames
    this.#last = undefined
  }

  /** Writes whole lines that are no samples. */
  comment(lines: string): void {
    this.#writer.reserve(lines.length * 3)
    this.#writer.text(lines)
  }

  /** Writes one sample, and `after` behind its value; `line` is the index of a line of the family. */
  sample(line: number, series: SeriesIdentity, value: number, after = ''): void {
    const writer = this.#writer
    this.#upToValue(line, series, VALUE_SIZE + after.length * 3)
    if (value >= 0 && value <= Number.MAX_SAFE_INTEGER && value % 1 === 0) writer.wholeNumber(value)
    else writer.ascii(valueText(value))
    if (after !== '') writer.text(after)
    writer.byte(LINE_FEED)
  }

  /** Writes one sample whose value, with all that is behind it, is this text. */
  composite(line: number, series: SeriesIdentity, text: string): void {
    this.#upToValue(line, series, text.length * 3 + 1)
    this.#writer.text(text)
    this.#writer.byte(LINE_FEED)
  }

  /** All that was written so far and not taken, in chunks that end with a line. */
  get chunks(): readonly Uint8Array[] {
    return this.#writer.chunks
  }

  take(): readonly Uint8Array[] {
    return this.#writer.take()
  }

  reuse(chunk: Uint8Array): void {
    this.#writer.reuse(chunk)
  }

  /** Writes name and labels, with room for `size` more bytes in the same chunk. */
  #upToValue(line: number, series: SeriesIdentity, size: number): void {
    const writer = this.#writer
    const text = this.#lines[line]!
    const known = series === this.#last && series.birth === this.#lastBirth
    if (!known) this.#begin(series)
    const moved = writer.reserve(text.size + this.#pairsSize + size)
    if (this.#pairsSize === 0) writer.words(text.bare)
    else this.#labels(series, text, known && !moved)
  }

  #begin(series: SeriesIdentity): void {
    this.#last = series
    this.#lastBirth = series.birth
    this.#open = undefined
    this.#asBytes = this.#labelNames === undefined && series.writePairs !== undefined
    if (this.#asBytes) {
      this.#pairsSize = series.pairsSize!
      return
    }
    this.#pairs = this.#labelNames === undefined ? series.pairs : labelPairs(this.#labelNames, series.values)
    this.#pairsSize = this.#pairs.length * 3
  }

  /** Labels are turned into bytes once for each series; its further lines copy them, with the name if it is the same. */
  #labels(series: SeriesIdentity, text: LineText, known: boolean): void {
    const writer = this.#writer
    const lineStart = writer.position
    if (known && text.open === this.#open) writer.again(this.#lineStart, this.#labelsEnd)
    else {
      writer.words(text.open)
      if (known) writer.again(this.#labelsStart, this.#labelsEnd)
      else if (this.#asBytes) writer.pairs(series)
      else writer.text(this.#pairs)
    }
    this.#open = text.open
    this.#lineStart = lineStart
    this.#labelsStart = lineStart + text.open.length
    this.#labelsEnd = writer.position
    writer.words(text.close)
  }
}
