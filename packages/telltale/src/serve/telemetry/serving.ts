import { Endpoint, type EndpointCallbacks, type EndpointSettings } from '../endpoint.js'
import { SharedEndpoint } from '../group/shared-endpoint.js'
import type { ListenAddress } from '../listener.js'
import type { GroupedSource } from './grouped-source.js'
import { type PushTarget, pushLast } from './last-push.js'

/** The endpoint of a process over its metrics, or those of its group, in whichever thread it is. */
export class Serving {
  readonly #source: GroupedSource
  readonly #endpoint: Endpoint | SharedEndpoint
  readonly #pushTarget: PushTarget | undefined
  #farewell: Promise<void> | undefined
  #closed: Promise<void> | undefined

  /** Throws `TELLTALE_OPTION` for settings that are none. */
  constructor(
    source: GroupedSource,
    settings: EndpointSettings,
    callbacks: EndpointCallbacks,
    pushTarget: PushTarget | undefined,
  ) {
    const endpoint = new Endpoint(source, settings, callbacks)
    const { port, host } = settings
    this.#source = source
    this.#endpoint = source.group ? new SharedEndpoint(endpoint, source.group, { port, host }) : endpoint
    this.#pushTarget = pushTarget
  }

  /** Where the metrics are: served by this process, or by another one of its group. */
  get address(): ListenAddress | undefined {
    return this.#endpoint.address
  }

  open(): Promise<ListenAddress> {
    return this.#endpoint.open()
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
