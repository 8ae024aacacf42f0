import type { SeriesIdentity } from '../metrics/sample-line.js'
import type { WordText } from '../metrics/word-text.js'

const FIRST_CHUNK = 16_384
/** The memory for a larger one comes from the system each time. */
const SECOND_CHUNK = 65_536
const CHUNK = 262_144
const DIGIT_0 = 48
/** Room behind what was reserved, for what a text in words has after its last byte. */
const SLACK = 3

/**
 * Bytes in chunks that never move, so that growing copies nothing. The caller reserves room for a whole line before
 * it writes the line's pieces; a line is therefore never cut in two.
 */
export class ByteWriter {
  #full: Uint8Array[] = []
  readonly #spare: Buffer[] = []
  #chunk: Buffer = Buffer.allocUnsafeSlow(FIRST_CHUNK)
  #view = viewOf(this.#chunk)
  #at = 0

  /** Where the next byte goes within the present chunk. */
  get position(): number {
    return this.#at
  }

  /** What was written, in order. */
  get chunks(): readonly Uint8Array[] {
    return [...this.#full, this.#chunk.subarray(0, this.#at)]
  }

  /** Gives away the chunks that are full, in order. */
  take(): readonly Uint8Array[] {
    const full = this.#full
    this.#full = []
    return full
  }

  /** Takes a chunk back that `take` gave and that nobody reads any longer: its room is written into again. */
  reuse({ buffer }: Uint8Array): void {
    if (buffer.byteLength === CHUNK) this.#spare.push(Buffer.from(buffer))
  }

  /** Makes room for `length` bytes in one piece; true when that started a new chunk. */
  reserve(length: number): boolean {
    if (this.#at + length + SLACK <= this.#chunk.length) return false
    this.#full.push(this.#chunk.subarray(0, this.#at))
    const spare = length + SLACK <= CHUNK ? this.#spare.pop() : undefined
    const size = this.#chunk.length < SECOND_CHUNK ? SECOND_CHUNK : CHUNK
    this.#chunk = spare ?? Buffer.allocUnsafeSlow(Math.max(size, length + SLACK))
    this.#view = viewOf(this.#chunk)
    this.#at = 0
    return true
  }

  /** Appends a text that is words already. */
  words(text: WordText): void {
    this.#at = text.copy(this.#view, this.#at)
  }

  /** Appends what this chunk has from `from` up to `to`; a third of the time that a short text takes. */
  again(from: number, to: number): void {
    this.#chunk.copyWithin(this.#at, from, to)
    this.#at += to - from
  }

  /** Appends the labels of a series that has them as bytes. */
  pairs(series: SeriesIdentity): void {
    this.#at = series.writePairs!(this.#view, this.#at)
  }

  /** Appends a text as UTF-8: at most three bytes for each of its units. */
  text(text: string): void {
    this.#at += this.#chunk.write(text, this.#at, 'utf8')
  }

  /** Appends a short text of ASCII: a native write takes longer to begin. */
  ascii(text: string): void {
    const chunk = this.#chunk
    for (let i = 0; i < text.length; i++) chunk[this.#at++] = text.charCodeAt(i)
  }

  /** Appends the digits of a whole number from 0 to 2^53: at most 16 bytes. */
  wholeNumber(value: number): void {
    let digits = 1
    for (let limit = 10; digits < 16 && value >= limit; limit *= 10) digits++
    const chunk = this.#chunk
    let at = this.#at + digits
    this.#at = at
    // Integer arithmetic below 2^31; larger numbers are rare enough for the slower division of doubles.
    while (value > 0x7fffffff) {
      const quotient = Math.floor(value / 10)
      chunk[--at] = DIGIT_0 + (value - quotient * 10)
      value = quotient
    }
    let rest = value | 0
    do {
      const quotient = (rest / 10) | 0
      chunk[--at] = DIGIT_0 + (rest - quotient * 10)
      rest = quotient
    } while (rest > 0)
  }

  /** Appends one byte. */
  byte(byte: number): void {
    this.#chunk[this.#at++] = byte
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
