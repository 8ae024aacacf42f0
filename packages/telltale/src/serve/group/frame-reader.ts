const HEADER = 4
/** No message is as long; what says so is none. */
const LONGEST = 2 ** 30

/** A message with its length before it. */
export function framed(payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEADER + payload.length)
  frame.writeUInt32BE(payload.length, 0)
  frame.set(payload, HEADER)
  return frame
}

/** Puts messages together from the pieces in which they arrive. */
export class FrameReader {
  #pieces: Buffer[] = []
  #length = 0

  /** Takes a piece, and returns the messages that are complete by it. Throws for what cannot be a message. */
  take(piece: Buffer): readonly Buffer[] {
    this.#pieces.push(piece)
    this.#length += piece.length
    if (this.#length < this.#wanted()) return []
    let rest = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces)
    const frames: Buffer[] = []
    while (rest.length >= HEADER && rest.length >= HEADER + lengthIn(rest)) {
      const end = HEADER + lengthIn(rest)
      frames.push(rest.subarray(HEADER, end))
      rest = rest.subarray(end)
    }
    this.#pieces = rest.length > 0 ? [rest] : []
    this.#length = rest.length
    return frames
  }

  /** How many bytes there have to be before anything is complete. */
  #wanted(): number {
    const first = this.#pieces[0]!
    return first.length < HEADER ? HEADER : HEADER + lengthIn(first)
  }
}

function lengthIn(bytes: Buffer): number {
  const length = bytes.readUInt32BE(0)
  if (length > LONGEST) throw new Error(`got a message of ${length} bytes`)
  return length
}
