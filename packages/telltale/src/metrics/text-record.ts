import { copyWords } from './word-text.js'

/** The id of the empty text, which takes no room and is never freed. */
export const EMPTY_TEXT = 0

/** Words before the bytes of a record: how often its text is held, and how many bytes it has. */
export const RECORD_HEADER = 2

/** The memory that records are in: its chunks, as words. */
export interface TextMemory {
  readonly words: readonly Int32Array[]
  /** Texts that were read, as they are kept, for as long as no id is given to another text. */
  readonly known?: Map<number, string>
}

/** An id is the number of a chunk of a slab and, in the lower bits, the number of a word in it. */
const CHUNK_SHIFT = 16
const WORD_MASK = 2 ** CHUNK_SHIFT - 1

export function recordId(chunk: number, word: number): number {
  return (chunk << CHUNK_SHIFT) | word
}

export function chunkOfRecord(id: number): number {
  return id >>> CHUNK_SHIFT
}

export function wordOfRecord(id: number): number {
  return id & WORD_MASK
}

/** Copies an escaped text, as the bytes that it is kept as, to byte `at` and behind; returns where it ends. */
export function copyRecord({ words }: TextMemory, id: number, target: DataView, at: number): number {
  if (id === EMPTY_TEXT) return at
  const chunk = words[chunkOfRecord(id)]!
  const record = wordOfRecord(id)
  return copyWords(chunk, record + RECORD_HEADER, chunk[record + 1]!, target, at)
}

/** How many bytes an escaped text has. */
export function recordLength(memory: TextMemory, id: number): number {
  return id === EMPTY_TEXT ? 0 : memory.words[chunkOfRecord(id)]![wordOfRecord(id) + 1]!
}

/** A text as it is kept, escaped. */
export function escapedRecord(memory: TextMemory, id: number): string {
  if (id === EMPTY_TEXT) return ''
  const known = memory.known?.get(id)
  if (known !== undefined) return known
  const start = (wordOfRecord(id) + RECORD_HEADER) * 4
  const { buffer } = memory.words[chunkOfRecord(id)]!
  const text = Buffer.from(buffer, start, recordLength(memory, id)).toString()
  memory.known?.set(id, text)
  return text
}

/** A text as it was given. */
export function recordText(memory: TextMemory, id: number): string {
  return unescapedText(escapedRecord(memory, id))
}

/** A text as it was given, of one as it is kept. */
export function unescapedText(escaped: string): string {
  if (!escaped.includes('\\')) return escaped
  return escaped.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character))
}
