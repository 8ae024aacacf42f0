/** What a protobuf message breaks, and at which byte. */
export class WireError extends Error {
  readonly byte: number
  readonly expected: string

  constructor(byte: number, got: string, expected: string) {
    super(got)
    this.byte = byte
    this.expected = expected
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads one protobuf message, field by field; what is not asked for is skipped. */
export class WireReader {
  field = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #end: number
  #at: number
  #wire = 0
  #read = true

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = at
    this.#end = end
  }

  get position(): number {
    return this.#at
  }

  /** Goes to the next field; false at the end of the message. */
  next(): boolean {
    if (!this.#read) this.#skip()
    if (this.#at >= this.#end) return false
    const key = this.#varint()
    this.field = Number(key >> 3n)
    this.#wire = Number(key & 7n)
    this.#read = false
    return true
  }

  /** An int64 or an enum. */
  int(): number {
    this.#take(0, 'a varint')
    return Number(BigInt.asIntN(64, this.#varint()))
  }

  uint(): number {
    this.#take(0, 'a varint')
    return Number(this.#varint())
  }

  /** An sint32 or sint64. */
  sint(): number {
    this.#take(0, 'a varint')
    return zigzag(this.#varint())
  }

  double(): number {
    this.#take(1, 'a double')
    return this.#double()
  }

  string(): string {
    const [start, end] = this.#range()
    try {
      return utf8.decode(this.#bytes.subarray(start, end))
    } catch {
      throw new WireError(start, 'bytes that are not UTF-8', 'a text in UTF-8')
    }
  }

  message(): WireReader {
    const [start, end] = this.#range()
    return new WireReader(this.#bytes, start, end)
  }

  /** Repeated numbers, which come one by one or packed. */
  sints(into: number[]): void {
    if (this.#wire === 2) this.#packed(() => into.push(zigzag(this.#varint())))
    else into.push(this.sint())
  }

  doubles(into: number[]): void {
    if (this.#wire === 2) this.#packed(() => into.push(this.#double()))
    else into.push(this.double())
  }

  /** The message that follows with its length in front: the delimited encoding. */
  delimited(): WireReader {
    const [start, end] = this.#lengthAndRange()
    return new WireReader(this.#bytes, start, end)
  }

  get ended(): boolean {
    return this.#at >= this.#end
  }

  #packed(read: () => void): void {
    const [start, end] = this.#range()
    this.#at = start
    while (this.#at < end) read()
  }

  #range(): readonly [start: number, end: number] {
    this.#take(2, 'a length and as many bytes')
    return this.#lengthAndRange()
  }

  #lengthAndRange(): readonly [start: number, end: number] {
    const length = Number(this.#varint())
    const start = this.#at
    if (length > this.#end - start) {
      throw new WireError(start, `${this.#end - start} bytes`, `${length} bytes, as the length says`)
    }
    this.#at = start + length
    return [start, this.#at]
  }

  #take(wire: number, what: string): void {
    if (this.#wire !== wire) {
      throw new WireError(this.#at, `wire type ${this.#wire} in field ${this.field}`, what)
    }
    this.#read = true
  }

  #skip(): void {
    const wire = this.#wire
    if (wire === 0) this.#varint()
    else if (wire === 1) this.#advance(8)
    else if (wire === 2) this.#lengthAndRange()
    else if (wire === 5) this.#advance(4)
    else throw new WireError(this.#at, `wire type ${wire}`, 'a wire type of proto2 or proto3 without groups')
    this.#read = true
  }

  #advance(bytes: number): number {
    const start = this.#at
    if (start + bytes > this.#end) throw new WireError(start, 'the end of the message', `${bytes} more bytes`)
    this.#at += bytes
    return start
  }

  #double(): number {
    return this.#view.getFloat64(this.#advance(8), true)
  }

  #varint(): bigint {
    let low = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#bytes[this.#advance(1)]!
      low += (byte & 127) << shift
      if (byte < 128) return BigInt(low)
    }
    let value = BigInt(low)
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#advance(1)]!
      value += BigInt(byte & 127) << shift
      if (byte < 128) return BigInt.asUintN(64, value)
    }
    throw new WireError(this.#at, 'a number of more than ten bytes', 'a varint')
  }
}

function zigzag(value: bigint): number {
  return Number((value >> 1n) ^ -(value & 1n))
}
