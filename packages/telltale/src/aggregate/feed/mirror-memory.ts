import type { Cells } from '../../metrics/slab.js'
import { chunkOfRecord, EMPTY_TEXT } from '../../metrics/text-record.js'
import type { Place } from './feed-event.js'

/** The memory of a registry of another thread: its chunks, as far as this thread has been told of them. */
export class MirrorMemory {
  readonly chunks: Float64Array[] = []
  readonly words: Int32Array[] = []

  add(memory: ArrayBufferLike): void {
    this.chunks.push(new Float64Array(memory))
    this.words.push(new Int32Array(memory))
  }

  /** The cells at a place, whose chunk was told before it. */
  cellsAt({ chunk, at }: Place): Cells {
    return { values: this.chunks[chunk]!, words: this.words[chunk]!, at }
  }

  /** Whether this thread has been told of the chunk that a text is in. */
  hasText(id: number): boolean {
    return id === EMPTY_TEXT || chunkOfRecord(id) < this.words.length
  }
}
