import { type CellMemory, cellsAt, publish } from './cell-place.js'
import { type NativeHistogram, nativeCounts } from './native-histogram.js'
import type { Cells, Slab } from './slab.js'

/*
 * The populated buckets of a native histogram in consecutive cells: what they are counted by, a zero bucket, and counts
 * by index and sign in a hash table of words. A dense window would be as large as the distance between the smallest and
 * the largest value; this is as large as the number of buckets, 16 bytes each at most once it has grown.
 *
 * A table never changes but for its counts, which only rise, and for new buckets. Whatever changes several things at
 * once makes another table, and has the word of the series name that one. So a thread that reads sees the one or the
 * other, whenever it looks, and even when the owner is terminated in the middle.
 */

/** Words of the head, from its first one on. */
const CAPACITY = 0
const SCHEMA = 1
/** 1 where it is to start again as soon as it may. */
const RESTARTS = 2
const SIZE = 3
const CARRIES = 4
/** Cells of the head, from its first one on. */
const THRESHOLD = 3
const ZERO_COUNT = 4
const STARTED_AT = 5
/** Cells of the head. Behind it, there are two words for each slot: a key, 0 where there is none, and a count. */
const HEAD = 6

const FIRST_CAPACITY = 16
/** Above all indexes, so that no key is 0. */
const KEY_BIAS = 2 ** 20
/** Of the key under which the higher word of a count is, where it needs two. */
const CARRY = 2 ** 30
/** A word that counts no further. */
const FULL = -1
const WORD = 2 ** 32
/** 2^32 divided by the golden ratio: spreads indexes that follow a pattern as well as those that do not. */
const SPREAD = 0x9e3779b1

/** What the buckets of a table are counted by. */
export interface NativeForm {
  readonly schema: number
  readonly zeroThreshold: number
}

/** Counts by key, and what they are counted by. */
export interface NativeContent extends NativeForm {
  readonly zeroCount: number
  readonly counts: ReadonlyMap<number, number>
}

export function keyOf(index: number, negative: boolean): number {
  return index * 2 + (negative ? KEY_BIAS + 1 : KEY_BIAS)
}

export function indexOf(key: number): number {
  return (key - KEY_BIAS) >> 1
}

export function isNegative(key: number): boolean {
  return (key & 1) === 1
}

/** Makes an empty table; `startedAt` is for its owner. */
export function newTable(slab: Slab, form: NativeForm, startedAt: number, capacity = FIRST_CAPACITY): Cells {
  const table = slab.allocate(lengthOf(capacity))
  table.words[2 * table.at + CAPACITY] = capacity
  table.words[2 * table.at + SCHEMA] = form.schema
  table.values[table.at + THRESHOLD] = form.zeroThreshold
  table.values[table.at + STARTED_AT] = startedAt
  return table
}

/** Whether it is to start again as soon as it may. */
export function isToRestart({ words, at }: Cells): boolean {
  return words[2 * at + RESTARTS] === 1
}

/** Adds 1 to the zero bucket when the magnitude belongs there. */
export function countsAsZero({ values, at }: Cells, magnitude: number): boolean {
  if (!(magnitude <= values[at + THRESHOLD]!)) return false
  values[at + ZERO_COUNT]! += 1
  return true
}

/** How many buckets are populated, the zero bucket not counted. */
export function sizeOf({ words, at }: Cells): number {
  return words[2 * at + SIZE]!
}

export function startedAt({ values, at }: Cells): number {
  return values[at + STARTED_AT]!
}

/** Where a table counts, so that who records need not read its head each time. */
export interface NativeSlots {
  readonly words: Int32Array
  /** The word of the first slot. */
  readonly first: number
  /** How many slots there are, less 1. */
  readonly mask: number
  /** How much of a hash is not the number of a slot. */
  readonly shift: number
}

export function slotsOf({ words, at }: Cells): NativeSlots {
  const capacity = words[2 * at + CAPACITY]!
  return { words, first: 2 * (at + HEAD), mask: capacity - 1, shift: Math.clz32(capacity) + 1 }
}

/** Adds 1 to the bucket of a key; false, and nothing is added, when it is not populated or counts no further. */
export function increment({ words, first, mask, shift }: NativeSlots, key: number): boolean {
  let word = first + 2 * (Math.imul(key, SPREAD) >>> shift)
  for (let held = words[word]!; held !== key; held = words[word]!) {
    if (held === 0) return false
    word = first + ((word - first + 2) & (2 * mask))
  }
  const count = words[word + 1]!
  if (count === FULL) return false
  words[word + 1] = count + 1
  return true
}

/** Whether a bucket is populated. */
export function hasBucket({ words, at }: Cells, key: number): boolean {
  return words[slotWord(words, at, key)] === key
}

/** Whether there is room for a bucket more. */
export function hasRoom({ words, at }: Cells): boolean {
  const used = words[2 * at + SIZE]! + words[2 * at + CARRIES]!
  return (used + 1) * 4 <= words[2 * at + CAPACITY]! * 3
}

/** Populates the bucket of a key that has none yet; there has to be room. */
export function populate(table: Cells, key: number, count = 1): void {
  enter(table, key, (count % WORD) | 0)
  table.words[2 * table.at + SIZE]! += 1
  if (count < WORD) return
  enter(table, key + CARRY, Math.floor(count / WORD))
  table.words[2 * table.at + CARRIES]! += 1
}

function enter({ words, at }: Cells, key: number, count: number): void {
  const word = slotWord(words, at, key)
  words[word + 1] = count
  // Last, and seen by other threads after the count.
  Atomics.store(words, word, key)
}

/** The word where a key is, or where it would go. */
function slotWord(words: Int32Array, at: number, key: number): number {
  const capacity = words[2 * at + CAPACITY]!
  const first = 2 * (at + HEAD)
  let slot = Math.imul(key, SPREAD) >>> (Math.clz32(capacity) + 1)
  for (;;) {
    const held = words[first + 2 * slot]!
    if (held === 0 || held === key) return first + 2 * slot
    slot = (slot + 1) & (capacity - 1)
  }
}

/**
 * A table for other content, as large as the one before or larger, which is to start again as soon as it may, or not;
 * the one before is still there.
 */
export function rebuilt(slab: Slab, before: Cells, content: NativeContent, comesBack: boolean): Cells {
  // As if each count needed two words: few do, and then there is a bucket for 2^32 values.
  let used = content.counts.size
  for (const count of content.counts.values()) if (count >= WORD) used++
  let capacity = capacityOf(before)
  while ((used + 1) * 4 > capacity * 3) capacity *= 2
  const table = newTable(slab, content, startedAt(before), capacity)
  table.values[table.at + ZERO_COUNT] = content.zeroCount
  table.words[2 * table.at + RESTARTS] = comesBack ? 1 : 0
  for (const [key, count] of content.counts) populate(table, key, count)
  return table
}

/** The same content, with a bucket more or one whose count needs another word. */
export function withOne(slab: Slab, table: Cells, key: number): Cells {
  return rebuilt(slab, table, contentWith(table, key), isToRestart(table))
}

/** What a table holds, and one value more. */
export function contentWith(table: Cells, key: number): NativeContent {
  const content = contentOf(table)
  const counts = new Map(content.counts)
  return { ...content, counts: counts.set(key, (counts.get(key) ?? 0) + 1) }
}

/** What a table holds now. */
export function contentOf(table: Cells): NativeContent {
  const counts = new Map<number, number>()
  visit(table, (key, count) => counts.set(key, count))
  return { ...formOf(table), zeroCount: zeroCountOf(table), counts }
}

/** What was counted so far, in the form of the formats; with no table, nothing. The count is that of the buckets. */
export function nativeHistogram(table: Cells | undefined, form: NativeForm, sum: number): NativeHistogram {
  const { schema, zeroThreshold } = table === undefined ? form : formOf(table)
  const zeroCount = table === undefined ? 0 : zeroCountOf(table)
  const positive = new Map<number, number>()
  const negative = new Map<number, number>()
  let count = zeroCount
  if (table !== undefined) {
    visit(table, (key, inBucket) => {
      count += inBucket
      const side = isNegative(key) ? negative : positive
      side.set(indexOf(key), inBucket)
    })
  }
  return {
    schema,
    zeroThreshold,
    zeroCount,
    count,
    sum,
    positive: nativeCounts(positive),
    negative: nativeCounts(negative),
  }
}

/** Gives the table back that a word names, if it names one, and has it name none. */
export function freeTable(slab: Slab, words: Int32Array, at: number): void {
  const table = cellsAt(slab, words[at]!)
  Atomics.store(words, at, 0)
  if (table !== undefined) slab.free(table, lengthOf(capacityOf(table)))
}

/** Has a word name this table in place of the one before, which is given back; returns the place. */
export function replaceTable(slab: Slab, words: Int32Array, at: number, table: Cells): number {
  const before = cellsAt(slab, words[at]!)
  const place = publish(slab, words, at, table)
  if (before !== undefined) slab.free(before, lengthOf(capacityOf(before)))
  return place
}

/** Moves a table from another slab, whose place is in the word still. */
export function moveTable(from: CellMemory & Slab, to: Slab, words: Int32Array, at: number): void {
  const table = cellsAt(from, words[at]!)
  if (table === undefined) return
  const length = lengthOf(capacityOf(table))
  const moved = to.allocate(length)
  moved.values.set(table.values.subarray(table.at, table.at + length), moved.at)
  freeTable(from, words, at)
  publish(to, words, at, moved)
}

/** Visits every populated bucket, in no order. */
function visit({ words, at }: Cells, each: (key: number, count: number) => void): void {
  const first = 2 * (at + HEAD)
  const end = first + 2 * words[2 * at + CAPACITY]!
  const carries = words[2 * at + CARRIES]! > 0 ? carriesIn(words, first, end) : undefined
  for (let word = first; word < end; word += 2) {
    const key = words[word]!
    if (key === 0 || key >= CARRY) continue
    const count = (words[word + 1]! >>> 0) + (carries?.get(key) ?? 0)
    if (count > 0) each(key, count)
  }
}

/** The higher words of counts that need two. */
function carriesIn(words: Int32Array, first: number, end: number): ReadonlyMap<number, number> {
  const carries = new Map<number, number>()
  for (let word = first; word < end; word += 2) {
    const key = words[word]!
    if (key >= CARRY) carries.set(key - CARRY, words[word + 1]! * WORD)
  }
  return carries
}

function zeroCountOf({ values, at }: Cells): number {
  return values[at + ZERO_COUNT]!
}

/** What the buckets of a table are counted by. */
export function formOf(table: Cells): NativeForm {
  const { values, words, at } = table
  return { schema: words[2 * at + SCHEMA]!, zeroThreshold: values[at + THRESHOLD]! }
}

function capacityOf({ words, at }: Cells): number {
  return words[2 * at + CAPACITY]!
}

function lengthOf(capacity: number): number {
  return HEAD + capacity
}
