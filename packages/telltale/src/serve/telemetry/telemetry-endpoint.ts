import { randomUUID } from 'node:crypto'
import type { Registry } from '../../registry/registry.js'
import type { EndpointCallbacks } from '../endpoint.js'
import type { ListenAddress } from '../listener.js'
import { JoinedSource } from '../threads/joined-source.js'
import { tellNewThreads } from '../threads/open-hubs.js'
import { ThreadHub } from '../threads/thread-hub.js'
import type { GroupSettings } from './grouped-source.js'
import { Serving } from './serving.js'
import { NoThread, TelemetryThread, type TelemetryThreadSettings } from './telemetry-thread.js'

export interface TelemetrySettings extends Omit<TelemetryThreadSettings, 'hub'> {
  /** Whether a thread of its own serves; the application's own does when not. */
  readonly thread: boolean
}

/** What serves in the application's own thread. */
interface Here {
  readonly hub: ThreadHub
  readonly serving: Serving
}

/**
 * The endpoint of an application: in a thread of its own, or in the application's where that is wanted or no thread
 * can be had, which a warning says.
 */
export class TelemetryEndpoint {
  readonly #registry: Registry
  readonly #settings: TelemetrySettings
  readonly #callbacks: EndpointCallbacks
  #group: GroupSettings | undefined
  #thread: TelemetryThread | undefined
  #here: Here | undefined
  #hub = ''
  #untellThreads = () => {}

  constructor(registry: Registry, settings: TelemetrySettings, callbacks: EndpointCallbacks) {
    this.#registry = registry
    this.#settings = settings
    this.#callbacks = callbacks
    this.#group = settings.group
  }

  /** Where the metrics are, `undefined` unless they are served. */
  get address(): ListenAddress | undefined {
    return this.#thread?.address ?? this.#here?.serving.address
  }

  /** Has threads that are made from now on, before it listens, be in the scrape from their beginning. */
  expectThreads(): void {
    this.#untellThreads()
    this.#hub = randomUUID()
    if (this.#settings.thread) this.#untellThreads = tellNewThreads(this.#hub)
  }

  /** Listens. Rejects with `TELLTALE_PORT` when the port cannot be had, and may then be called again. */
  async open(): Promise<ListenAddress> {
    const { port } = this.#settings.endpoint
    if (!this.#settings.thread) return this.#openHere(port)
    const settings = { ...this.#settings, hub: this.#hub, group: this.#group }
    const thread = new TelemetryThread(this.#registry, settings, {
      log: this.#callbacks.log,
      serving: this.#callbacks.serving,
      lost: (reason, address) => void this.#replace(thread, reason, address.port),
    })
    this.#thread = thread
    try {
      return await thread.open()
    } catch (error) {
      this.#thread = undefined
      if (!(error instanceof NoThread)) throw error
      warn(`no telemetry thread could be started (${error.message})`)
      return this.#openHere(port)
    }
  }

  /** Belongs to a group from now on, unless it does already. */
  join(group: GroupSettings): void {
    this.#group ??= group
    this.#thread?.join(group)
    this.#here?.serving.join(group)
  }

  /** Stops listening within two seconds, after the last values are sent. */
  async close(): Promise<void> {
    this.#untellThreads()
    const [thread, here] = [this.#thread, this.#here]
    this.#thread = this.#here = undefined
    await thread?.close()
    await here?.serving.close()
    here?.hub.close()
  }

  async #openHere(port: number): Promise<ListenAddress> {
    this.#untellThreads()
    const { endpoint, pushOnExit, keepAlive } = this.#settings
    const hub = new ThreadHub()
    const settings = { endpoint: { ...endpoint, port }, group: this.#group, push: pushOnExit }
    const serving = new Serving(new JoinedSource(this.#registry, hub), settings, this.#callbacks)
    this.#here = { hub, serving }
    try {
      const address = await serving.open()
      if (!keepAlive) serving.unref()
      return address
    } catch (error) {
      this.#here = undefined
      hub.close()
      throw error
    }
  }

  /** Goes on from the application's thread at the same port. */
  async #replace(thread: TelemetryThread, reason: string, port: number): Promise<void> {
    if (this.#thread !== thread) return
    this.#thread = undefined
    warn(`the telemetry thread was lost (${reason})`)
    await this.#openHere(port).catch((error) => warn(String(error)))
  }
}

function warn(what: string): void {
  const message = `${what}: metrics are served from the application's own thread`
  process.emitWarning(message, { type: 'TelltaleWarning' })
}
