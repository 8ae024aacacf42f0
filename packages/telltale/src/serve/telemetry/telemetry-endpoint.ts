import type { Registry } from '../../registry/registry.js'
import { Endpoint, type EndpointCallbacks } from '../endpoint.js'
import type { ListenAddress } from '../listener.js'
import { JoinedSource } from '../threads/joined-source.js'
import { ThreadHub } from '../threads/thread-hub.js'
import { LastPush } from './last-push.js'
import { NoThread, TelemetryThread, type TelemetryThreadSettings } from './telemetry-thread.js'

export interface TelemetrySettings extends TelemetryThreadSettings {
  /** Whether a thread of its own serves; the application's own does when not. */
  readonly thread: boolean
}

/**
 * The endpoint of an application: in a thread of its own, or in the application's where that is wanted or no thread
 * can be had, which a warning says.
 */
export class TelemetryEndpoint {
  readonly #registry: Registry
  readonly #settings: TelemetrySettings
  readonly #callbacks: EndpointCallbacks
  #serving: TelemetryThread | Endpoint | undefined
  /** The other threads of the process, where this one serves. */
  #hub: ThreadHub | undefined

  constructor(registry: Registry, settings: TelemetrySettings, callbacks: EndpointCallbacks) {
    this.#registry = registry
    this.#settings = settings
    this.#callbacks = callbacks
  }

  /** Where the endpoint listens, `undefined` unless it does. */
  get address(): ListenAddress | undefined {
    return this.#serving?.address
  }

  /** Listens. Rejects with `TELLTALE_PORT` when the port cannot be had, and may then be called again. */
  async open(): Promise<ListenAddress> {
    if (!this.#settings.thread) return this.#openHere(this.#settings.endpoint.port)
    const thread = new TelemetryThread(this.#registry, this.#settings, {
      log: this.#callbacks.log,
      lost: (reason, { port }) => void this.#replace(thread, reason, port),
    })
    this.#serving = thread
    try {
      return await thread.open()
    } catch (error) {
      if (!(error instanceof NoThread)) throw error
      warn(`no telemetry thread could be started (${error.message})`)
      return this.#openHere(this.#settings.endpoint.port)
    }
  }

  /** Stops listening within two seconds. */
  async close(): Promise<void> {
    const serving = this.#serving
    this.#serving = undefined
    if (serving instanceof Endpoint) await this.#pushLast()
    await serving?.close()
    this.#hub?.close()
    this.#hub = undefined
  }

  async #openHere(port: number): Promise<ListenAddress> {
    this.#hub ??= new ThreadHub()
    const source = new JoinedSource(this.#registry, this.#hub)
    const endpoint = new Endpoint(source, { ...this.#settings.endpoint, port }, this.#callbacks)
    this.#serving = endpoint
    const address = await endpoint.open()
    if (!this.#settings.keepAlive) endpoint.unref()
    return address
  }

  async #pushLast(): Promise<void> {
    const { pushOnExit } = this.#settings
    if (pushOnExit !== undefined) await new LastPush().run(this.#registry, pushOnExit)
  }

  /** Goes on from the application's thread at the same port. */
  async #replace(thread: TelemetryThread, reason: string, port: number): Promise<void> {
    if (this.#serving !== thread) return
    warn(`the telemetry thread was lost (${reason})`)
    await this.#openHere(port).catch((error) => warn(String(error)))
  }
}

function warn(what: string): void {
  const message = `${what}: metrics are served from the application's own thread`
  process.emitWarning(message, { type: 'TelltaleWarning' })
}
