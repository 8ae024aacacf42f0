import type { Gathering, ScrapeSource } from '../../registry/scrape-source.js'
import type { EndpointSource } from '../endpoint.js'
import type { GroupAnchor } from '../group/group-anchor.js'
import type { LocalSource } from '../group/local-changes.js'
import { ProcessGroup } from '../group/process-group.js'

/** The group of processes that a process belongs to, as plain data. */
export interface GroupSettings {
  readonly name: string
  /** Names the registry within its process. */
  readonly identity: string
  /** How often what changed goes to the group; 1 when left out. */
  readonly intervalSeconds?: number | undefined
  /** By which the group goes on when all its processes are killed. */
  readonly anchor?: GroupAnchor | undefined
}

/** The metrics of one process, or of its whole group once it belongs to one. */
export class GroupedSource implements EndpointSource {
  readonly #local: EndpointSource & LocalSource
  #group: ProcessGroup | undefined

  constructor(local: EndpointSource & LocalSource) {
    this.#local = local
  }

  get names(): ScrapeSource['names'] {
    return this.#local.names
  }

  get openMetrics2(): boolean {
    return this.#local.openMetrics2
  }

  /** Belongs to a group from now on; a second call changes nothing. Returns the group that it is in. */
  join({ name, identity, intervalSeconds, anchor }: GroupSettings): ProcessGroup {
    this.#group ??= ProcessGroup.join({
      name,
      identity,
      source: this.#local,
      ...(intervalSeconds !== undefined && { intervalSeconds }),
      ...(anchor !== undefined && { anchor }),
    })
    return this.#group
  }

  gather(seconds?: number): Promise<Gathering> {
    return (this.#group ?? this.#local).gather(seconds)
  }

  /** Sets the values of this process back; those of the others go on. */
  async reset(): Promise<void> {
    await this.#local.reset?.()
  }

  /** Leaves the group with the last values of this process in it. */
  async leave(): Promise<void> {
    await this.#group?.stop()
  }
}
