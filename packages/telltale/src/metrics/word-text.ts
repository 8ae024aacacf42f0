const IS_LITTLE_ENDIAN = new Uint8Array(Int32Array.of(1).buffer)[0] === 1

/**
 * A text as UTF-8 in words of four bytes, filled up with zeros: short texts are copied in a quarter of the time that a
 * native copy takes to begin.
 */
export class WordText {
  readonly words: Int32Array
  /** In bytes. */
  readonly length: number

  constructor(text: string) {
    const bytes = Buffer.from(text)
    this.length = bytes.length
    this.words = new Int32Array((bytes.length + 3) >> 2)
    new Uint8Array(this.words.buffer).set(bytes)
  }

  /** Copies the text to byte `at` and behind, and up to three zeros after it; returns where it ends. */
  copy(target: DataView, at: number): number {
    return copyWords(this.words, 0, this.length, target, at)
  }
}

/** Copies `length` bytes that begin with a word, and what follows in the last word; returns where they end. */
export function copyWords(
  words: Int32Array,
  from: number,
  length: number,
  target: DataView,
  at: number,
): number {
  const end = at + length
  let word = from
  for (let to = at; to < end; to += 4) target.setInt32(to, words[word++]!, IS_LITTLE_ENDIAN)
  return end
}
