import { doneAtOnce, doneInSlices } from '../../exposition/slices.js'
import { DEFAULT_COLLECT_SECONDS, Registry } from '../../registry/registry.js'
import type { Gathering, ScrapeSource } from '../../registry/scrape-source.js'
import type { LocalSource } from '../group/local-changes.js'
import type { EndpointSource } from '../metric-pages.js'
import { JoinedFamilies } from './joined-families.js'
import type { ThreadHub } from './thread-hub.js'

/** One thread's registry with those of the other threads of the process: a metric of several threads is one family. */
export class JoinedSource implements EndpointSource, LocalSource {
  readonly #own: EndpointSource & LocalSource
  readonly #hub: ThreadHub
  readonly #families = new JoinedFamilies()

  constructor(own: EndpointSource & LocalSource, hub: ThreadHub) {
    this.#own = own
    this.#hub = hub
  }

  get names(): ScrapeSource['names'] {
    return this.#own.names
  }

  get openMetrics2(): boolean {
    return this.#own.openMetrics2
  }

  /** Sets the values of the first registry back; those of other threads go on. */
  async reset(): Promise<void> {
    await this.#own.reset?.()
  }

  async gather(seconds = DEFAULT_COLLECT_SECONDS): Promise<Gathering> {
    const [own] = await Promise.all([this.#own.gather(seconds), this.#hub.collect(seconds)])
    return doneInSlices(this.#joined(own))
  }

  /** What all threads have now, without running collectors. */
  gathering(): Gathering {
    return doneAtOnce(this.#joined(gatheringOf(this.#own)))
  }

  #joined(own: Gathering): Generator<void, Gathering> {
    return this.#families.join(own, this.#hub.gatherings(), this.#hub.ended)
  }
}

function gatheringOf(source: EndpointSource & LocalSource): Gathering {
  if (source.gathering !== undefined) return source.gathering()
  if (source instanceof Registry) return { families: source.families, defaultLabels: source.defaultLabels }
  throw new Error('BUG: a source of threads that cannot say what it has now')
}
