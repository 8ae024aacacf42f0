import { RegistryMirror } from '../../aggregate/feed/registry-mirror.js'
import type { Gathering } from '../../registry/scrape-source.js'
import { type KeptOffers, type Offer, ThreadChannel } from './thread-channel.js'

/** The registry of a thread, of which its hub knows what the thread said without having been asked. */
export class OfferedRegistry {
  readonly #reader: number
  readonly #channel: ThreadChannel<Offer, Offer>
  #mirror: RegistryMirror
  /** How many parts of the feed were taken in. */
  #parts = 0
  /** Parts that came before those that are kept elsewhere. */
  #early: Offer[] = []

  /** Hears what the thread offers from now on; what it offered before is to be asked for. */
  constructor(thread: number, reader: number) {
    this.#reader = reader
    this.#mirror = this.#newMirror()
    this.#channel = ThreadChannel.offers(thread, (offer) => this.#hear(offer))
  }

  /** Takes in what was said before. */
  kept({ parts, events }: KeptOffers): void {
    if (parts <= this.#parts) return
    this.#mirror.release()
    this.#mirror = this.#newMirror()
    this.#take(parts, events)
    const early = this.#early
    this.#early = []
    for (const offer of early) this.#hear(offer)
  }

  gathering(): Gathering {
    return this.#mirror.gathering()
  }

  /** Hears what has come until now, at once. */
  hearNow(): void {
    this.#channel.hearNow()
  }

  /** Does not read the thread any longer. */
  release(): void {
    this.#channel.close()
    this.#mirror.release()
  }

  #newMirror(): RegistryMirror {
    return new RegistryMirror({ reader: this.#reader, hearNow: () => this.hearNow() })
  }

  #hear(offer: Offer): void {
    if (offer.index === this.#parts) this.#take(offer.index + 1, offer.events)
    else if (offer.index > this.#parts) this.#early.push(offer)
  }

  #take(parts: number, events: Offer['events']): void {
    this.#mirror.apply(events)
    this.#parts = parts
  }
}
