import { Endpoint, type EndpointCallbacks, type EndpointSettings, type EndpointSource } from '../endpoint.js'
import { EndpointMetrics } from '../endpoint-metrics.js'
import type { LocalSource } from '../group/local-changes.js'
import { SharedEndpoint } from '../group/shared-endpoint.js'
import type { ListenAddress } from '../listener.js'
import { GroupedSource, type GroupSettings } from './grouped-source.js'
import { type PushTarget, pushLast } from './last-push.js'

export interface ServingSettings {
  readonly endpoint: EndpointSettings
  readonly group?: GroupSettings | undefined
  /** Where the last values go. */
  readonly push?: PushTarget | undefined
}

/** The endpoint of a process over its metrics, or those of its group, in whichever thread it is. */
export class Serving {
  readonly #source: GroupedSource
  readonly #endpoint: Endpoint | SharedEndpoint
  readonly #pushTarget: PushTarget | undefined
  #farewell: Promise<void> | undefined
  #closed: Promise<void> | undefined

  /** Throws `TELLTALE_OPTION` for settings that are none. */
  constructor(
    local: EndpointSource & LocalSource,
    { endpoint: settings, group, push }: ServingSettings,
    callbacks: EndpointCallbacks,
  ) {
    const { port, host, selfMetrics } = settings
    // Below the group: what each process counted of its scrapes goes on when another one has the port.
    const metrics = new EndpointMetrics()
    this.#source = new GroupedSource(selfMetrics ? metrics.addedTo(local) : local)
    const endpoint = new Endpoint(this.#source, settings, callbacks, metrics)
    this.#endpoint = group ? new SharedEndpoint(endpoint, this.#source.join(group), { port, host }) : endpoint
    this.#pushTarget = push
  }

  /** Where the metrics are: served by this process, or by another one of its group. */
  get address(): ListenAddress | undefined {
    return this.#endpoint.address
  }

  /** Rejects as an endpoint does, having left the group. */
  async open(): Promise<ListenAddress> {
    try {
      return await this.#endpoint.open()
    } catch (error) {
      await this.#source.leave()
      throw error
    }
  }

  /** Belongs to a group from now on, unless it does already. */
  join(group: GroupSettings): void {
    this.#source.join(group)
  }

  /** Lets the process end while the endpoint serves. */
  unref(): void {
    this.#endpoint.unref()
  }

  /**
   * Stops listening, and sends the last values to the group and to the target of the last push. Resolves when they
   * are sent, once for all calls; connections may have two seconds more. Never rejects.
   */
  sayFarewell(): Promise<void> {
    this.#farewell ??= this.#sendLast()
    return this.#farewell
  }

  async close(): Promise<void> {
    await this.sayFarewell()
    await this.#closed
  }

  async #sendLast(): Promise<void> {
    // While this process belongs to its group, so that what is pushed is of all.
    if (this.#pushTarget !== undefined) await pushLast(this.#source, this.#pushTarget)
    // Before it leaves: its own counts alone would look as if those of the group had fallen.
    this.#closed = this.#endpoint.close()
    await this.#source.leave()
  }
}
