import type { FeedEvent } from '../../aggregate/feed/feed-event.js'
import { RegistryFeed } from '../../aggregate/feed/registry-feed.js'
import type { Registry } from '../../registry/registry.js'
import { type Arrival, type Offer, ThreadChannel } from './thread-channel.js'

/** So many hubs at most read what a thread offers to all at the same time. Each costs 50 ns where memory is freed. */
const READERS = 4

/**
 * Says where the registry of a thread is, now and whenever there is more, without having been asked: the thread may
 * sleep when a hub begins. It needs no turn of the event loop, and gives no signs of life.
 */
export class RegistryOffer {
  readonly #thread: number
  readonly #channel: ThreadChannel<Offer, Offer>
  readonly #isHeard = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  /** Until the keeper hears the other channel. All that arrive hear this one, so it is not kept for longer. */
  #arrivals: ThreadChannel<Arrival, Arrival> | undefined
  #index = 0

  constructor(registry: Registry, thread: number, keeper: number) {
    this.#thread = thread
    this.#arrivals = ThreadChannel.arrivals(keeper, () => {})
    this.#channel = ThreadChannel.offers(thread, () => {})
    new RegistryFeed(registry, (events) => this.#say(events), READERS)
  }

  #say(events: readonly FeedEvent[]): void {
    const offer = { thread: this.#thread, index: this.#index++, events }
    if (this.#arrivals !== undefined && Atomics.load(this.#isHeard, 0) === 1) {
      this.#arrivals.close()
      this.#arrivals = undefined
    }
    if (this.#arrivals === undefined) this.#channel.postMessage(offer)
    else this.#arrivals.postMessage({ ...offer, isHeard: this.#isHeard.buffer })
  }
}
