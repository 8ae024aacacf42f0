/** Consecutive slots of a slab: `values[at]` to `values[at + length - 1]`. */
export interface Cells {
  readonly values: Float64Array
  readonly at: number
}

const FIRST_CHUNK = 128
const LARGEST_CHUNK = 32_768

/** Another thread that reads the cells, as the thread that owns them sees it. */
export interface SlabReader {
  /** The number of the chunk that these cells are in; chunks are numbered in the order in which they were made. */
  chunkOf(cells: Cells): number
  /** The reader does not look any longer at what was freed before `freed` had this value. */
  acknowledge(freed: number): void
  /** There is no reader any more. */
  close(): void
}

interface Freed {
  readonly number: number
  readonly cells: Cells
  readonly length: number
}

/**
 * The storage of all values of one registry: chunks of doubles over shared memory, so that another thread can
 * read every cell while this one records. Only the owning thread writes.
 *
 * Chunks never move, so a handle keeps its array and its offset for life. They double from 1 KiB to 256 KiB. Cells
 * that were freed keep their values and are not used again until every reader has acknowledged that.
 */
export class Slab {
  readonly #chunks: Float64Array[] = []
  readonly #freed = new Map<number, Cells[]>()
  /** What each reader has acknowledged. */
  readonly #readers = new Map<SlabReader, number>()
  #held: Freed[] = []
  #freedCount = 0
  #used = 0

  /** The chunks in the order they were made; for readers in other threads. */
  get chunks(): readonly Float64Array[] {
    return this.#chunks
  }

  /** Bytes held, used or not. */
  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
  }

  /** How often cells were freed so far. */
  get freedCount(): number {
    return this.#freedCount
  }

  /** Returns `length` cells that are zero. Constant cost; a new chunk when the last one is full. */
  allocate(length: number): Cells {
    const reused = this.#freed.get(length)?.pop()
    if (reused !== undefined) return reused
    let chunk = this.#chunks.at(-1)
    if (chunk === undefined || this.#used + length > chunk.length) {
      chunk = this.#grow(length)
    }
    const cells = { values: chunk, at: this.#used }
    this.#used += length
    return cells
  }

  /** Takes cells back. The caller must hold no reference any longer. */
  free(cells: Cells, length: number): void {
    this.#freedCount++
    if (this.#readers.size === 0) this.#reuse(cells, length)
    else this.#held.push({ number: this.#freedCount, cells, length })
  }

  /** From now on cells that are freed wait for this reader, too. */
  addReader(): SlabReader {
    const reader: SlabReader = {
      chunkOf: ({ values }) => this.#chunks.lastIndexOf(values),
      acknowledge: (freed) => {
        if (!this.#readers.has(reader)) return
        this.#readers.set(reader, freed)
        this.#settle()
      },
      close: () => {
        this.#readers.delete(reader)
        this.#settle()
      },
    }
    this.#readers.set(reader, this.#freedCount)
    return reader
  }

  /** Gives out again what no reader looks at any longer. */
  #settle(): void {
    const settled = Math.min(this.#freedCount, ...this.#readers.values())
    let count = 0
    for (const { number, cells, length } of this.#held) {
      if (number > settled) break
      this.#reuse(cells, length)
      count++
    }
    this.#held.splice(0, count)
  }

  #reuse(cells: Cells, length: number): void {
    cells.values.fill(0, cells.at, cells.at + length)
    const freed = this.#freed.get(length)
    if (freed === undefined) this.#freed.set(length, [cells])
    else freed.push(cells)
  }

  #grow(length: number): Float64Array {
    const doubled = Math.min((this.#chunks.at(-1)?.length ?? FIRST_CHUNK / 2) * 2, LARGEST_CHUNK)
    const size = Math.max(doubled, length)
    const chunk = new Float64Array(new SharedArrayBuffer(size * Float64Array.BYTES_PER_ELEMENT))
    this.#chunks.push(chunk)
    this.#used = 0
    return chunk
  }
}
