/**
 * Consecutive slots of a slab: `values[at]` to `values[at + length - 1]`. `words` is the same memory as whole numbers
 * of 32 bits, two for each slot.
 */
export interface Cells {
  readonly values: Float64Array
  readonly words: Int32Array
  readonly at: number
}

const FIRST_CHUNK = 128
const LARGEST_CHUNK = 32_768
/** From here on, what is allocated has a chunk of its own, so that little is left over at the end of the others. */
const OWN_CHUNK = 2048

/** Another thread that reads the cells, as the thread that owns them sees it. */
export interface SlabReader {
  /** The reader does not look any longer at what was freed before `freed` had this value. */
  acknowledge(freed: number): void
  /** There is no reader any more. */
  close(): void
}

interface Freed {
  readonly number: number
  readonly reuse: () => void
}

/**
 * The storage of all values and label texts of one registry: chunks over shared memory, so that another thread can
 * read everything while this one records. Only the owning thread writes.
 *
 * Chunks never move. They double from 1 KiB to 256 KiB; what is longer has one of its own. What was freed keeps its
 * values and is not used again until every reader has acknowledged that.
 */
export class Slab {
  readonly #chunks: Float64Array[] = []
  readonly #words: Int32Array[] = []
  readonly #freed = new Map<number, Cells[]>()
  /** What each reader has acknowledged. */
  readonly #readers = new Map<SlabReader, number>()
  /** What each reader does when a chunk is made. */
  readonly #told = new Map<SlabReader, () => void>()
  #held: Freed[] = []
  #freedCount = 0
  /** The number of the chunk that is being filled; -1 before the first. */
  #filling = -1
  #used = 0

  /** The chunks in the order they were made; for readers in other threads. */
  get chunks(): readonly Float64Array[] {
    return this.#chunks
  }

  /** The same as whole numbers. */
  get words(): readonly Int32Array[] {
    return this.#words
  }

  /** Bytes held, used or not. */
  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
  }

  /** How often something was freed so far. */
  get freedCount(): number {
    return this.#freedCount
  }

  /** Returns `length` cells that are zero. Constant cost; a new chunk when there is no room. */
  allocate(length: number): Cells {
    const reused = this.#freed.get(length)?.pop()
    if (reused !== undefined) return reused
    if (length >= OWN_CHUNK) return this.#cells(this.#addChunk(length), 0)
    if (this.#filling < 0 || this.#used + length > this.#chunks[this.#filling]!.length) this.#grow(length)
    const cells = this.#cells(this.#filling, this.#used)
    this.#used += length
    return cells
  }

  /** The number of the chunk that these cells are in, in the order of `chunks`; -1 for cells of another slab. */
  chunkOf({ values }: Cells): number {
    return this.#chunks.lastIndexOf(values)
  }

  /** Takes cells back. The caller must hold no reference any longer. */
  free(cells: Cells, length: number): void {
    this.whenUnread(() => this.#reuse(cells, length))
  }

  /** Calls `reuse` when no reader looks any longer at what it sees now: at once where there are no readers. */
  whenUnread(reuse: () => void): void {
    this.#freedCount++
    if (this.#readers.size === 0) reuse()
    else this.#held.push({ number: this.#freedCount, reuse })
  }

  /** From now on what is freed waits for this reader, too, and it is told of each new chunk. */
  addReader(chunkAdded: () => void = () => {}): SlabReader {
    const reader: SlabReader = {
      acknowledge: (freed) => {
        if (!this.#readers.has(reader)) return
        this.#readers.set(reader, freed)
        this.#settle()
      },
      close: () => {
        this.#readers.delete(reader)
        this.#told.delete(reader)
        this.#settle()
      },
    }
    this.#readers.set(reader, this.#freedCount)
    this.#told.set(reader, chunkAdded)
    return reader
  }

  /** Gives out again what no reader looks at any longer. */
  #settle(): void {
    const settled = Math.min(this.#freedCount, ...this.#readers.values())
    const first = this.#held.findIndex(({ number }) => number > settled)
    for (const { reuse } of this.#held.splice(0, first < 0 ? this.#held.length : first)) reuse()
  }

  #reuse(cells: Cells, length: number): void {
    cells.values.fill(0, cells.at, cells.at + length)
    const freed = this.#freed.get(length)
    if (freed === undefined) this.#freed.set(length, [cells])
    else freed.push(cells)
  }

  #grow(length: number): void {
    const before = this.#chunks[this.#filling]?.length ?? FIRST_CHUNK / 2
    this.#filling = this.#addChunk(Math.max(Math.min(before * 2, LARGEST_CHUNK), length))
    this.#used = 0
  }

  #addChunk(length: number): number {
    const memory = new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT)
    this.#words.push(new Int32Array(memory))
    const number = this.#chunks.push(new Float64Array(memory)) - 1
    for (const chunkAdded of this.#told.values()) chunkAdded()
    return number
  }

  #cells(chunk: number, at: number): Cells {
    return { values: this.#chunks[chunk]!, words: this.#words[chunk]!, at }
  }
}

/** Cells of nobody: a removed series, or one that the limits refused, keeps its values here. */
export function privateCells(length: number): Cells {
  const values = new Float64Array(length)
  return { values, words: new Int32Array(values.buffer), at: 0 }
}
