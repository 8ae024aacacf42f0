const encoder = new TextEncoder()
const FIRST_SIZE = 16_384
const DIGIT_0 = 48

/**
 * Bytes that grow. Written by hand in loops: for pieces as short as a label or a number that was two to four times
 * as fast as `Buffer.write`, and needs no intermediate string.
 */
export class ByteWriter {
  #bytes = new Uint8Array(FIRST_SIZE)
  #length = 0

  /** How many bytes there are; the position of the next one. */
  get length(): number {
    return this.#length
  }

  /** A view of what was written, valid until more is written. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Appends bytes. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    const target = this.#bytes
    let at = this.#length
    for (let i = 0; i < bytes.length; i++) target[at++] = bytes[i]!
    this.#length = at
  }

  /** Appends what was written before at `from` up to `to`. */
  again(from: number, to: number): void {
    this.#reserve(to - from)
    this.#bytes.copyWithin(this.#length, from, to)
    this.#length += to - from
  }

  /** Appends a text as UTF-8. */
  text(text: string): void {
    this.#reserve(text.length * 3)
    const target = this.#bytes
    let at = this.#length
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) {
        at = this.#length + this.#unicode(text)
        break
      }
      target[at++] = code
    }
    this.#length = at
  }

  /** Appends the digits of a whole number from 0 to 2^53. */
  wholeNumber(value: number): void {
    this.#reserve(16)
    let digits = 1
    for (let limit = 10; digits < 16 && value >= limit; limit *= 10) digits++
    let at = this.#length + digits
    this.#length = at
    // Integer arithmetic below 2^31; the rest is rare enough for the slower division of doubles.
    while (value > 0x7fffffff) {
      const quotient = Math.floor(value / 10)
      this.#bytes[--at] = DIGIT_0 + (value - quotient * 10)
      value = quotient
    }
    let rest = value | 0
    do {
      const quotient = (rest / 10) | 0
      this.#bytes[--at] = DIGIT_0 + (rest - quotient * 10)
      rest = quotient
    } while (rest > 0)
  }

  /** Writes a text that is not ASCII from the start, and returns how many bytes it has. */
  #unicode(text: string): number {
    return encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more))
    grown.set(this.written)
    this.#bytes = grown
  }
}
