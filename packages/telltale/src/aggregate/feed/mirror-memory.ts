import type { Cells } from '../../metrics/slab.js'
import { chunkOfRecord, EMPTY_TEXT } from '../../metrics/text-record.js'
import type { Place } from './feed-event.js'

/** The memory of a registry of another thread: its chunks, as far as this thread has been told of them. */
export class MirrorMemory {
  readonly chunks: Float64Array[] = []
  readonly words: Int32Array[] = []
  /** Texts that were read in this visit. Series share them, and what keeps series keeps each text once. */
  readonly known = new Map<number, string>()
  /** Takes in what the owner has posted and nobody has read yet: memory that it names was told of before. */
  readonly hear: () => void

  constructor(hear: () => void) {
    this.hear = hear
  }

  add(memory: ArrayBufferLike): void {
    this.chunks.push(new Float64Array(memory))
    this.words.push(new Int32Array(memory))
  }

  /** The cells at a place, whose chunk was told before it. */
  cellsAt({ chunk, at }: Place): Cells {
    return { values: this.chunks[chunk]!, words: this.words[chunk]!, at }
  }

  /** At the end of a visit: from then on their ids may become those of others. */
  forgetTexts(): void {
    if (this.known.size > 0) this.known.clear()
  }

  /** Whether this thread has been told of the chunk that a text is in, if it may be only now. */
  hasText(id: number): boolean {
    if (id === EMPTY_TEXT || chunkOfRecord(id) < this.words.length) return true
    this.hear()
    return chunkOfRecord(id) < this.words.length
  }
}
