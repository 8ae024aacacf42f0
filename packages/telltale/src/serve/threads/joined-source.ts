import { type FamilySnapshot, snapshotOf } from '../../aggregate/family-snapshot.js'
import { groupModeOf } from '../../aggregate/group/group-mode.js'
import { mergeSnapshots } from '../../aggregate/merge.js'
import { MergedFamily } from '../../aggregate/merged-family.js'
import type { Family } from '../../metrics/family.js'
import { DEFAULT_COLLECT_SECONDS, Registry } from '../../registry/registry.js'
import type { Gathering, ScrapeSource } from '../../registry/scrape-source.js'
import type { LocalSource } from '../group/local-changes.js'
import type { EndpointSource } from '../metric-pages.js'
import type { ThreadHub } from './thread-hub.js'
import { modeInThreads } from './thread-mode.js'

/** One thread's registry with those of the other threads of the process: a metric of several threads is one family. */
export class JoinedSource implements EndpointSource, LocalSource {
  readonly #own: EndpointSource & LocalSource
  readonly #hub: ThreadHub

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
    return joined(own, this.#hub.gatherings(), this.#hub.ended)
  }

  /** What all threads have now, without running collectors. */
  gathering(): Gathering {
    return joined(gatheringOf(this.#own), this.#hub.gatherings(), this.#hub.ended)
  }
}

function gatheringOf(source: EndpointSource & LocalSource): Gathering {
  if (source.gathering !== undefined) return source.gathering()
  if (source instanceof Registry) return { families: source.families, defaultLabels: source.defaultLabels }
  throw new Error('BUG: a source of threads that cannot say what it has now')
}

/**
 * Families that only one thread has are shown as they are; what several have becomes one, as the processes of a group
 * would. What is of a process as a whole, such as its memory, is the same in all threads: the first one's is shown.
 */
function joined(own: Gathering, others: readonly Gathering[], ended: readonly FamilySnapshot[]): Gathering {
  if (ended.length === 0 && others.every(({ families }) => families.length === 0)) return own
  const all = [own, ...others.map(withoutKnown(own))]
  const uses = new Map<string, number>()
  for (const { families } of all) for (const { name } of families) uses.set(name, (uses.get(name) ?? 0) + 1)
  for (const { name } of ended) uses.set(name, (uses.get(name) ?? 0) + 1)
  const isAlone = ({ name }: Family) => uses.get(name) === 1
  const shared = all.map(({ families, defaultLabels }) =>
    snapshotOf({ families: families.filter((family) => !isAlone(family)), defaultLabels }, modeInThreads),
  )
  const alone = all.flatMap(({ families }) => families.filter(isAlone))
  const merged = mergeSnapshots([...shared, ended]).map((snapshot) => new MergedFamily(snapshot))
  return { families: inOrder(own.families, [...alone, ...merged]), defaultLabels: own.defaultLabels }
}

/** Leaves out what is of the process as a whole and shown already. */
function withoutKnown({ families: known }: Gathering) {
  const names = new Set(known.map(({ name }) => name))
  return ({ families, defaultLabels }: Gathering): Gathering => ({
    families: families.filter((family) => !groupModeOf(family).perProcess || !names.has(family.name)),
    defaultLabels,
  })
}

/** Families in the order in which the first thread has them, then the others. */
function inOrder(order: readonly Family[], families: readonly Family[]): readonly Family[] {
  const places = new Map(order.map(({ name }, place) => [name, place]))
  const place = ({ name }: Family) => places.get(name) ?? places.size
  return [...families].sort((a, b) => place(a) - place(b))
}
