import { Visits } from './visits.js'

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
  /** When it looks at them. */
  readonly visits: Visits
  /** There is no reader any more. */
  close(): void
}

/**
 * The storage of all values and label texts of one registry: chunks over shared memory, so that another thread can
 * read everything while this one records. Only the owning thread writes.
 *
 * Chunks never move. They double from 1 KiB to 256 KiB; what is longer has one of its own. What was freed keeps its
 * values and is not used again while a reader is there that may have found it before.
 */
export class Slab {
  readonly #chunks: Float64Array[] = []
  readonly #words: Int32Array[] = []
  /** What can be used again, by its length or its pool. */
  readonly #freed = new Map<number | string, Cells[]>()
  /** What each reader does when a chunk is made. */
  readonly #readers = new Map<Visits, (memory: ArrayBufferLike) => void>()
  /** What is used again when these visits are over, and what was freed since. */
  #awaited = new Map<Visits, number>()
  #held: (() => void)[] = []
  #freedSince: (() => void)[] = []
  #serial = 0
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

  /** Another number each time. */
  nextSerial(): number {
    return ++this.#serial
  }

  /**
   * Returns `length` cells that are zero. Constant cost; a new chunk when there is no room. What is freed to a pool is
   * used again for nothing else than that pool.
   */
  allocate(length: number, pool: number | string = length): Cells {
    const reused = this.#freed.get(pool)?.pop()
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
  free(cells: Cells, length: number, pool: number | string = length): void {
    this.whenUnread(() => this.#reuse(cells, length, pool))
  }

  /**
   * Calls `reuse` for what cannot be found any longer in the memory of now, as soon as no reader looks at it that may
   * have found it before: at once where nobody looks.
   */
  whenUnread(reuse: () => void): void {
    if (this.#isVisited()) this.#freedSince.push(reuse)
    else reuse()
    this.settle()
  }

  /** Has what was held for visits be used again, as far as these are over. */
  settle(): void {
    if (this.#held.length + this.#freedSince.length === 0) return
    for (const [visits, visit] of this.#awaited) if (!visits.isOver(visit)) return
    const unread = [this.#held]
    this.#held = this.#freedSince
    this.#freedSince = []
    this.#awaited = this.#openVisits()
    if (this.#awaited.size === 0) unread.push(this.#held.splice(0))
    for (const reuses of unread) for (const reuse of reuses) reuse()
  }

  /** From now on what is freed waits for the visits of this reader, and each new chunk is told. */
  addReader(chunkAdded: (memory: ArrayBufferLike) => void): SlabReader {
    const visits = new Visits()
    this.#readers.set(visits, chunkAdded)
    return {
      visits,
      close: () => {
        this.#readers.delete(visits)
        this.#awaited.delete(visits)
        this.settle()
      },
    }
  }

  #isVisited(): boolean {
    for (const visits of this.#readers.keys()) if (visits.ask() !== 0) return true
    return false
  }

  #openVisits(): Map<Visits, number> {
    const open = new Map<Visits, number>()
    for (const visits of this.#readers.keys()) {
      const visit = visits.ask()
      if (visit !== 0) open.set(visits, visit)
    }
    return open
  }

  #reuse(cells: Cells, length: number, pool: number | string): void {
    cells.values.fill(0, cells.at, cells.at + length)
    const freed = this.#freed.get(pool)
    if (freed === undefined) this.#freed.set(pool, [cells])
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
    for (const chunkAdded of this.#readers.values()) chunkAdded(memory)
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
