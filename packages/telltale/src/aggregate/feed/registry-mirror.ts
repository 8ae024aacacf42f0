import type { SeriesCells } from '../../metrics/cell-place.js'
import type { Family } from '../../metrics/sample-line.js'
import type { NameRule } from '../../model/name-escaping.js'
import type { Gathering } from '../../registry/scrape-source.js'
import { MergedFamily } from '../merged-family.js'
import type { CellPlace, FeedBatch, FeedEvent, Gathered, SeriesEntry } from './feed-event.js'
import { MirrorFamily } from './mirror-family.js'

/** More places than the largest chunk has. */
const PLACES = 2 ** 24

/**
 * A registry of another thread, as its {@link RegistryFeed} tells of it. Counters, gauges and histograms are read from
 * shared memory at the moment they are written, whatever the other thread does; what only the other thread can make
 * (what collectors bring, quantiles, exemplars) is as of its last collection.
 */
export class RegistryMirror {
  readonly #chunks: Float64Array[] = []
  readonly #words: Int32Array[] = []
  readonly #memory = { chunks: this.#chunks, words: this.#words }
  readonly #families = new Map<number, MirrorFamily>()
  #names: NameRule = 'legacy'
  #openMetrics2 = false
  /** What the last collection showed: numbers of families, and families as data. */
  #shown: readonly (number | Family)[] = []
  /** Families that were defined since. */
  #unseen = new Set<number>()
  #defaultLabels: Readonly<Record<string, string>> = {}

  get names(): NameRule {
    return this.#names
  }

  get openMetrics2(): boolean {
    return this.#openMetrics2
  }

  /** Takes in what the other thread posted; its batches must come in order. */
  apply({ events }: FeedBatch): void {
    for (const event of events) this.#take(event)
  }

  /** What a scrape shows now. A family whose collector failed in the last collection is left out. */
  gathering(): Gathering {
    const families: Family[] = []
    for (const shown of [...this.#shown, ...this.#unseen]) {
      const family = typeof shown === 'number' ? this.#families.get(shown) : shown
      if (family !== undefined) families.push(family)
    }
    return { families, defaultLabels: this.#defaultLabels }
  }

  #take(event: FeedEvent): void {
    switch (event.kind) {
      case 'registry':
        this.#names = event.names
        this.#openMetrics2 = event.openMetrics2
        return
      case 'chunk':
        this.#chunks.push(new Float64Array(event.memory))
        this.#words.push(new Int32Array(event.memory))
        return
      case 'family':
        this.#families.set(event.family, new MirrorFamily(event.header, event.layout, this.#memory))
        this.#unseen.add(event.family)
        return
      case 'family-left':
        this.#families.delete(event.family)
        this.#unseen.delete(event.family)
        return
      case 'gathered':
        this.#gathered(event)
        return
      default:
        this.#takeSeries(event)
    }
  }

  #takeSeries(event: Extract<FeedEvent, { readonly kind: `series${string}` }>): void {
    const family = this.#families.get(event.family)
    const key = keyOf(event)
    if (event.kind === 'series-left') family?.leave(key)
    else if (event.kind === 'series-began') family?.begin(key, event.began)
    else family?.enter(key, event.values, this.#cellsOf(event), event.began)
  }

  #cellsOf({ chunk, at, wordAt }: SeriesEntry): SeriesCells {
    return { cells: this.#chunks[chunk]!, at, words: this.#words[chunk]!, wordAt }
  }

  #gathered({ families, defaultLabels, exemplars }: Gathered): void {
    this.#shown = families.map((shown) => (typeof shown === 'number' ? shown : new MergedFamily(shown)))
    // Numbers ascend: what is beyond the last one was defined while the other thread was collecting.
    const last = Math.max(-1, ...families.filter((shown) => typeof shown === 'number'))
    this.#unseen = new Set([...this.#unseen].filter((number) => number > last))
    this.#defaultLabels = defaultLabels
    for (const shown of exemplars) this.#families.get(shown.family)?.showExemplars(keyOf(shown), shown)
  }
}

function keyOf({ chunk, at }: CellPlace): number {
  return chunk * PLACES + at
}
