import type { Family } from '../../metrics/sample-line.js'
import { Visits } from '../../metrics/visits.js'
import type { NameRule } from '../../model/name-escaping.js'
import type { Gathering } from '../../registry/scrape-source.js'
import { MergedFamily } from '../merged-family.js'
import type { FeedEvent, Gathered } from './feed-event.js'
import { MirrorFamily } from './mirror-family.js'
import { MirrorMemory } from './mirror-memory.js'

export interface MirrorOptions {
  /** The number of who reads, by which others let the memory go where its thread has ended; 1 when left out. */
  readonly reader?: number
  /**
   * Applies, at once, what the other thread has posted until now. Asked for in the middle of a look, where a place is
   * in memory of which the message is still on its way; without it such a series is left out once.
   */
  readonly hearNow?: () => void
}

/**
 * A registry of another thread, as its {@link RegistryFeed} tells of it. Series are read from shared memory at the
 * moment they are written, whatever the other thread does; what only the other thread can make (what collectors bring,
 * quantiles, exemplars) is as of its last collection.
 */
export class RegistryMirror {
  readonly #memory: MirrorMemory
  readonly #families = new Map<number, MirrorFamily>()
  readonly #reader: number
  /** `undefined` while there are as many readers as there may be. */
  #visits: Visits | undefined
  #names: NameRule = 'legacy'
  #openMetrics2 = false
  /** What the last collection showed: numbers of families, and families as data. */
  #shown: readonly (number | Family)[] = []
  /** Families that were defined since. */
  #unseen = new Set<number>()
  #defaultLabels: Readonly<Record<string, string>> = {}

  constructor({ reader = 1, hearNow = () => {} }: MirrorOptions = {}) {
    this.#reader = reader
    this.#memory = new MirrorMemory(hearNow)
  }

  /** Does not read any longer. */
  release(): void {
    this.#visits?.release(this.#reader)
    this.#visits = undefined
    this.#families.clear()
  }

  get names(): NameRule {
    return this.#names
  }

  get openMetrics2(): boolean {
    return this.#openMetrics2
  }

  /** Takes in what the other thread posted, in its order. */
  apply(events: readonly FeedEvent[]): void {
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
        this.#visits = event.visits.map((memory) => new Visits(memory)).find((one) => one.take(this.#reader))
        return
      case 'chunk':
        this.#memory.add(event.memory)
        return
      case 'family':
        if (this.#visits === undefined) return
        this.#families.set(event.family, new MirrorFamily(event, this.#memory, this.#visits))
        this.#unseen.add(event.family)
        return
      case 'rows':
        this.#families.get(event.family)?.addRows(event)
        return
      case 'family-left':
        this.#families.delete(event.family)
        this.#unseen.delete(event.family)
        return
      case 'gathered':
        this.#gathered(event)
    }
  }

  #gathered({ families, defaultLabels, exemplars }: Gathered): void {
    this.#shown = families.map((shown) => (typeof shown === 'number' ? shown : new MergedFamily(shown)))
    // Numbers ascend: what is beyond the last one was defined while the other thread was collecting.
    const last = Math.max(-1, ...families.filter((shown) => typeof shown === 'number'))
    this.#unseen = new Set([...this.#unseen].filter((number) => number > last))
    this.#defaultLabels = defaultLabels
    for (const shown of exemplars) this.#families.get(shown.family)?.showExemplars(shown)
  }
}
