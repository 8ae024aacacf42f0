import { RegistryFeed } from '../../aggregate/feed/registry-feed.js'
import type { Registry } from '../../registry/registry.js'
import type { FeedPort, ToOwner, ToReader } from './feed-message.js'
import type { Pulse } from './pulse.js'

/** How often the loop gives a sign of life, in milliseconds. A sign costs the wake-up of an idle process. */
export const BEAT_MS = 50

/**
 * The end of a feed in the thread that has the registry: posts its changes, runs its collectors when the reader asks,
 * and gives signs of life. Never keeps the process alive.
 */
export class RegistryOwner {
  readonly #registry: Registry
  readonly #port: FeedPort<ToReader>
  readonly #pulse: Pulse
  readonly #feed: RegistryFeed
  readonly #onSilence: (seconds: number) => void
  readonly #timer: NodeJS.Timeout

  /** `onSilence` hears at each sign of life for how long there was none. */
  constructor(
    registry: Registry,
    port: FeedPort<ToReader>,
    pulse: Pulse,
    onSilence: (seconds: number) => void = () => {},
  ) {
    this.#registry = registry
    this.#port = port
    this.#pulse = pulse
    this.#onSilence = onSilence
    pulse.beat()
    this.#feed = new RegistryFeed(registry, (events) => port.postMessage({ kind: 'events', events }))
    this.#timer = setInterval(() => this.#beat(), BEAT_MS).unref()
  }

  /** Does what the reader asks for. */
  take(message: ToOwner): void {
    this.#beat()
    if (message.kind === 'collect') void this.#collect(message.seconds)
    else {
      this.#registry.reset()
      this.#port.postMessage({ kind: 'reset' })
    }
  }

  close(): void {
    clearInterval(this.#timer)
    this.#feed.close()
  }

  #beat(): void {
    const { silence } = this.#pulse
    this.#pulse.beat()
    this.#feed.settle()
    this.#onSilence(silence)
  }

  async #collect(seconds: number): Promise<void> {
    try {
      await this.#feed.collect(seconds)
    } catch (error) {
      process.emitWarning(`a collection for the telemetry thread failed: ${String(error)}`, {
        type: 'TelltaleWarning',
      })
      this.#port.postMessage({ kind: 'failed' })
    }
  }
}
