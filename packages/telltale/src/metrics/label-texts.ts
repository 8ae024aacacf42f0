import { escapeLabelValue } from '../model/label-text.js'
import type { Slab } from './slab.js'
import {
  chunkOfRecord,
  EMPTY_TEXT,
  RECORD_HEADER,
  recordId,
  recordText,
  wordOfRecord,
} from './text-record.js'

/** In slots of the slab, of two words each. */
const FIRST_BLOCK = 32
const LARGEST_BLOCK = 32_768
const FIRST_TABLE = 64
const FIRST_SCRATCH = 1024
/** 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1

/**
 * The label values of a registry, each once: as escaped UTF-8 in its slab, so that any thread can copy them into an
 * exposition. A text is there for as long as somebody holds it. It takes eight bytes, some six in the table that
 * finds it, and its own length.
 */
export class LabelTexts {
  readonly #slab: Slab
  /** So that nobody can choose label values that all meet in one place of the table. */
  readonly #seed = (Math.random() * 2 ** 32) | 0
  /** Ids by the hash of their text, with open addressing; 0 where there is none. */
  #table = new Int32Array(FIRST_TABLE)
  #size = 0
  /** Records that may be used again, by their length. */
  readonly #freed = new Map<number, number[]>()
  /** The chunk that records are written into, and its words from the next free one on. */
  #chunk = 0
  #next = 0
  #end = 0
  #block = FIRST_BLOCK / 2
  /** The text that is looked for, as a record has it; zeros up to a whole word. */
  #sought = Buffer.alloc(FIRST_SCRATCH)
  #soughtWords = new Int32Array(this.#sought.buffer, this.#sought.byteOffset, FIRST_SCRATCH / 4)
  #soughtLength = 0

  constructor(slab: Slab) {
    this.#slab = slab
  }

  /** How many texts there are. */
  get size(): number {
    return this.#size
  }

  /** The id of a text; -1 when it is not there. */
  find(text: string): number {
    if (text === '') return EMPTY_TEXT
    this.#seek(text)
    return this.#table[this.#placeOfSought()]! || -1
  }

  /** The id of a text, which is there until it was released as often as it was held. */
  hold(text: string): number {
    if (text === '') return EMPTY_TEXT
    this.#seek(text)
    const place = this.#placeOfSought()
    const known = this.#table[place]!
    if (known !== 0) {
      this.holdAgain(known)
      return known
    }
    const id = this.#writeSought()
    this.#table[place] = id
    this.#size++
    if (this.#size * 5 > this.#table.length * 4) this.#grow()
    return id
  }

  holdAgain(id: number): void {
    if (id !== EMPTY_TEXT) this.#wordsOf(id)[wordOfRecord(id)]! += 1
  }

  release(id: number): void {
    if (id === EMPTY_TEXT) return
    const words = this.#wordsOf(id)
    const at = wordOfRecord(id)
    words[at]! -= 1
    if (words[at]! > 0) return
    this.#takeOut(id)
    const size = recordSize(words[at + 1]!)
    this.#slab.whenUnread(() => {
      const freed = this.#freed.get(size)
      if (freed === undefined) this.#freed.set(size, [id])
      else freed.push(id)
    })
  }

  /** How often a text is held. */
  holds(id: number): number {
    return id === EMPTY_TEXT ? Infinity : this.#wordsOf(id)[wordOfRecord(id)]!
  }

  text(id: number): string {
    return recordText(this.#slab, id)
  }

  #wordsOf(id: number): Int32Array {
    return this.#slab.words[chunkOfRecord(id)]!
  }

  #seek(text: string): void {
    // A unit of UTF-16 is three bytes at most, and two where it is escaped.
    if (text.length * 3 + 4 > this.#sought.length) this.#widen(text.length * 3 + 4)
    const sought = this.#sought
    let length = text.length
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 127 || unit === 34 || unit === 92 || unit === 10) {
        length = sought.write(escapeLabelValue(text))
        break
      }
      sought[i] = unit
    }
    this.#soughtLength = length
    for (let i = length; (i & 3) !== 0; i++) sought[i] = 0
  }

  #widen(length: number): void {
    const size = 2 ** Math.ceil(Math.log2(length))
    this.#sought = Buffer.from(new ArrayBuffer(size))
    this.#soughtWords = new Int32Array(this.#sought.buffer)
  }

  /** Where the table has the text that is sought, or has room for it. */
  #placeOfSought(): number {
    const table = this.#table
    const length = this.#soughtLength
    let place = this.#placeFrom(hashOf(this.#soughtWords, 0, length, this.#seed))
    for (let id = table[place]!; id !== 0; id = table[place]!) {
      if (this.#isSought(id, length)) return place
      place = (place + 1) & (table.length - 1)
    }
    return place
  }

  #isSought(id: number, length: number): boolean {
    const words = this.#wordsOf(id)
    const at = wordOfRecord(id)
    if (words[at + 1] !== length) return false
    const sought = this.#soughtWords
    // From the end: routes begin alike.
    for (let i = ((length + 3) >> 2) - 1; i >= 0; i--) {
      if (words[at + RECORD_HEADER + i] !== sought[i]) return false
    }
    return true
  }

  #placeFrom(hash: number): number {
    return hash & (this.#table.length - 1)
  }

  #writeSought(): number {
    const length = this.#soughtLength
    const size = recordSize(length)
    const id = this.#freed.get(size)?.pop() ?? this.#newRecord(size)
    const words = this.#wordsOf(id)
    const at = wordOfRecord(id)
    const sought = this.#soughtWords
    words[at] = 1
    words[at + 1] = length
    for (let i = (length + 3) >> 2; i-- > 0; ) words[at + RECORD_HEADER + i] = sought[i]!
    return id
  }

  #newRecord(size: number): number {
    if (this.#next + size > this.#end) {
      this.#block = Math.min(this.#block * 2, LARGEST_BLOCK)
      const length = Math.max(this.#block, (size + 2) >> 1)
      const cells = this.#slab.allocate(length)
      this.#chunk = this.#slab.chunkOf(cells)
      // Id 0 is the empty text's, so nothing is at the first word of all.
      this.#next = cells.at * 2 + (this.#chunk === 0 && cells.at === 0 ? 1 : 0)
      this.#end = (cells.at + length) * 2
    }
    const at = this.#next
    this.#next += size
    return recordId(this.#chunk, at)
  }

  #grow(): void {
    const before = this.#table
    const after = new Int32Array(before.length * 2)
    this.#table = after
    for (const id of before) {
      if (id === 0) continue
      let place = this.#placeFrom(this.#hashOfRecord(id))
      while (after[place] !== 0) place = (place + 1) & (after.length - 1)
      after[place] = id
    }
  }

  /** Takes an id out of the table, and closes the gap. */
  #takeOut(id: number): void {
    const table = this.#table
    const mask = table.length - 1
    let gap = this.#placeFrom(this.#hashOfRecord(id))
    while (table[gap] !== id) gap = (gap + 1) & mask
    for (let next = (gap + 1) & mask; table[next] !== 0; next = (next + 1) & mask) {
      const wanted = this.#placeFrom(this.#hashOfRecord(table[next]!))
      if (((next - wanted) & mask) < ((next - gap) & mask)) continue
      table[gap] = table[next]!
      gap = next
    }
    table[gap] = 0
    this.#size--
  }

  #hashOfRecord(id: number): number {
    const words = this.#wordsOf(id)
    const at = wordOfRecord(id)
    return hashOf(words, at + RECORD_HEADER, words[at + 1]!, this.#seed)
  }
}

function hashOf(words: Int32Array, from: number, length: number, seed: number): number {
  let hash = seed ^ length
  const end = from + ((length + 3) >> 2)
  for (let i = from; i < end; i++) {
    hash = Math.imul(hash ^ words[i]!, SPREAD)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash, SPREAD)
  return hash ^ (hash >>> 16)
}

/**
 * Words of a record whose text has so many bytes: exact up to 32 words, then in four steps for each doubling, so that
 * what was freed fits what comes.
 */
function recordSize(bytes: number): number {
  const size = RECORD_HEADER + ((bytes + 3) >> 2)
  if (size <= 32) return size
  const step = 1 << (29 - Math.clz32(size - 1))
  return Math.ceil(size / step) * step
}
