/** Consecutive slots of a slab: `values[at]` to `values[at + length - 1]`. */
export interface Cells {
  readonly values: Float64Array
  readonly at: number
}

const FIRST_CHUNK = 128
const LARGEST_CHUNK = 32_768

/**
 * The storage of all values of one registry: chunks of doubles over shared memory, so that another thread can
 * read every cell while this one records. Only the owning thread writes.
 *
 * Chunks never move, so a handle keeps its array and its offset for life. They double from 1 KiB to 256 KiB.
 */
export class Slab {
  readonly #chunks: Float64Array[] = []
  readonly #freed = new Map<number, Cells[]>()
  #used = 0

  /** The chunks in the order they were made; for readers in other threads. */
  get chunks(): readonly Float64Array[] {
    return this.#chunks
  }

  /** Bytes held, used or not. */
  get bytes(): number {
    return this.#chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
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

  /** Takes cells back and zeroes them. The caller must hold no reference any longer. */
  free(cells: Cells, length: number): void {
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
