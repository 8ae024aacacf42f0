const FIRST_CAPACITY = 1024
const LONGEST_VARINT = 10

const VARINT = 0
const FIXED_64 = 1
const DELIMITED = 2

/** The fields of one message of Protocol Buffers, or of several, one after the other. */
export class ProtobufWriter {
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY)
  #at = 0

  /** Bytes written. */
  get length(): number {
    return this.#at
  }

  /** What was written: to be read before anything else is written. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#at)
  }

  /** Forgets what was written and keeps the room. */
  clear(): void {
    this.#at = 0
  }

  /** Gives away what was written and goes on with an empty message. */
  take(): Uint8Array {
    const { written } = this
    this.#bytes = Buffer.allocUnsafeSlow(this.#bytes.length)
    this.#at = 0
    return written
  }

  /** A whole number from 0 to 2^53, as `uint32`, `uint64`, `int64` and enumerations have it. */
  wholeField(field: number, value: number): void {
    this.#reserve(2 * LONGEST_VARINT)
    this.#varint(field * 8 + VARINT)
    this.#varint(value)
  }

  /** A whole number of either sign, as `sint32` and `sint64` have it: 0, -1, 1, -2 become 0, 1, 2, 3. */
  signedField(field: number, value: number): void {
    this.wholeField(field, value < 0 ? -2 * value - 1 : 2 * value)
  }

  doubleField(field: number, value: number): void {
    this.#reserve(LONGEST_VARINT + 8)
    this.#varint(field * 8 + FIXED_64)
    this.#at = this.#bytes.writeDoubleLE(value, this.#at)
  }

  textField(field: number, text: string): void {
    const length = Buffer.byteLength(text)
    this.#open(field, length)
    this.#at += this.#bytes.write(text, this.#at, 'utf8')
  }

  messageField(field: number, message: ProtobufWriter): void {
    this.#open(field, message.length)
    this.bytes(message.written)
  }

  /** Fields that were written elsewhere. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  /** The length that goes before a message where messages follow each other. */
  messageLength(length: number): void {
    this.#reserve(LONGEST_VARINT)
    this.#varint(length)
  }

  #open(field: number, length: number): void {
    this.#reserve(2 * LONGEST_VARINT + length)
    this.#varint(field * 8 + DELIMITED)
    this.#varint(length)
  }

  #varint(value: number): void {
    let rest = value
    // Shifts are for 32 bits only; larger numbers are rare enough for a division.
    for (; rest > 0x7fffffff; rest = Math.floor(rest / 128)) this.#bytes[this.#at++] = (rest % 128) | 0x80
    for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#at++] = (rest & 0x7f) | 0x80
    this.#bytes[this.#at++] = rest
  }

  #reserve(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#bytes.length, this.#at + length))
    larger.set(this.written)
    this.#bytes = larger
  }
}
