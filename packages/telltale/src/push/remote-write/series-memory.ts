import { STALE } from './stale-marker.js'
import type { WrittenSample } from './write-request.js'

/** Which series the last collection had, so that one that is gone can be said to have ended. */
export class SeriesMemory {
  #last = new Map<string, WrittenSample>()

  /** The samples of a collection, and after them a stale marker for each series that the one before had besides. */
  withEnded(samples: readonly WrittenSample[], timestamp: number): readonly WrittenSample[] {
    const now = new Map(samples.map((sample) => [JSON.stringify(sample.labels), sample]))
    const ended: WrittenSample[] = []
    for (const [key, { family, labels }] of this.#last) {
      if (!now.has(key)) ended.push({ family, labels, value: STALE, exemplars: [], timestamp })
    }
    this.#last = now
    return [...samples, ...ended]
  }
}
