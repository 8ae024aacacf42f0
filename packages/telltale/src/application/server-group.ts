import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'
import { processWide } from '../model/process-wide.js'
import type { Registry } from '../registry/registry.js'
import type { GroupSettings } from '../serve/telemetry/grouped-source.js'
import { atFirstWorker, ownAnchor, ownGroupName } from '../serve/telemetry/own-group.js'

/** Which processes are shown together with this one. */
export interface GroupOptions {
  /**
   * Processes of one user with the same name are one group: any of them serves the metrics of all. When left out, the
   * name in `TELLTALE_GROUP`, else the processes of a `node:cluster` or of one application of PM2 are a group. False
   * is none.
   */
  readonly group?: string | false
  /** How often what changed goes to the group, in seconds: what a killed process loses at most. 1 when left out. */
  readonly groupIntervalSeconds?: number
}

/** Finds the group of a server, and hears of one that begins later. */
export class ServerGroup {
  readonly #options: GroupOptions
  readonly #registry: Registry
  #stop = () => {}

  /** Throws `TELLTALE_OPTION` for a name or an interval that is none. */
  constructor(options: GroupOptions, registry: Registry) {
    checkGroup(options)
    this.#options = options
    this.#registry = registry
  }

  /** The group that the process is in; where it is in none, `late` hears of the one that it is in later. */
  find(late: (group: GroupSettings) => void): GroupSettings | undefined {
    const { group } = this.#options
    if (group === false) return undefined
    const name = group ?? ownGroupName()
    if (name === undefined) this.#stop = atFirstWorker((later) => late(this.#settings(later)))
    return name === undefined ? undefined : this.#settings(name)
  }

  /** Hears no more. */
  stop(): void {
    this.#stop()
  }

  #settings(name: string): GroupSettings {
    const intervalSeconds = this.#options.groupIntervalSeconds
    return { name, identity: servedAs(this.#registry), intervalSeconds, anchor: ownAnchor() }
  }
}

/** A registry has the same name whenever it is served, so that its counts are not taken for those of another. */
export function servedAs(registry: Registry): string {
  const known = processWide('telltale.served-registries.1', () => ({
    ids: new WeakMap<Registry, number>(),
    count: 0,
  }))
  const id = known.ids.get(registry) ?? ++known.count
  known.ids.set(registry, id)
  return `registry-${id}`
}

function checkGroup({ group, groupIntervalSeconds: interval }: GroupOptions): void {
  if (group !== undefined && group !== false && (typeof group !== 'string' || group === '')) {
    throw wrong(`group ${shown(group)}, expected a name or false`)
  }
  if (interval !== undefined && !(Number.isFinite(interval) && interval >= 0.01 && interval <= 3600)) {
    throw wrong(`groupIntervalSeconds ${shown(interval)}, expected a number of seconds from 0.01 to 3600`)
  }
}

function wrong(got: string): TelltaleError {
  return new TelltaleError('TELLTALE_OPTION', `MetricsServer: got ${got}`)
}
