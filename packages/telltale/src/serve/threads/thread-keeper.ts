import type { FeedEvent } from '../../aggregate/feed/feed-event.js'
import { Visits } from '../../metrics/visits.js'
import { readerNumber } from './reader-number.js'
import { type Arrival, type DeskMessage, type Offer, ThreadChannel } from './thread-channel.js'

/** How many threads that have ended are kept for a hub that comes later, and how many bytes of their memory. */
const ENDED_LIMIT = 100
const ENDED_BYTES = 16 * 2 ** 20

/** What a thread has offered. */
interface Kept {
  readonly channel: ThreadChannel<Offer, Offer>
  parts: number
  events: FeedEvent[]
  isOver: boolean
}

/**
 * Keeps what other threads offer until a hub asks: a thread may sleep by then, for ever. It takes some hundred bytes for
 * each definition of each thread, and the memory of the last threads that have ended. It reads nothing, and keeps no
 * thread alive.
 */
export class ThreadKeeper {
  readonly #arrivals: ThreadChannel<Arrival, Arrival>
  readonly #desk: ThreadChannel<DeskMessage, DeskMessage>
  readonly #kept = new Map<number, Kept>()

  /** `keeper` is the thread that keeps, as those know it that offer. */
  constructor(keeper: number) {
    this.#arrivals = ThreadChannel.arrivals(keeper, (arrival) => this.#arrive(arrival))
    this.#desk = ThreadChannel.desk((message) => this.#hear(message))
  }

  #arrive(arrival: Arrival): void {
    const { thread, index, isHeard } = arrival
    if (index === 0) {
      const channel = ThreadChannel.offers(thread, (offer) => this.#take(offer))
      this.#kept.set(thread, { channel, parts: 0, events: [], isOver: false })
      Atomics.store(new Int32Array(isHeard), 0, 1)
    }
    this.#keep(arrival)
    if (index === 0) this.#tell(thread)
  }

  /** What was said on the other channel before is kept before. */
  #take(offer: Offer): void {
    if (this.#kept.get(offer.thread)?.parts !== offer.index) this.#arrivals.hearNow()
    this.#keep(offer)
  }

  #hear(message: DeskMessage): void {
    if (message.kind === 'call') {
      for (const thread of message.thread === undefined ? this.#kept.keys() : [message.thread])
        this.#tell(thread)
    } else if (message.kind === 'ended') this.#end(message.thread)
    else if (message.kind === 'hub-gone') this.#release(readerNumber(message.hub))
  }

  #keep({ thread, index, events }: Offer): void {
    const kept = this.#kept.get(thread)
    // Without its beginning, nothing can be made of it.
    if (kept === undefined || kept.parts !== index) return
    kept.parts = index + 1
    for (const event of events) {
      if (event.kind === 'family-left') kept.events = without(kept.events, event.family)
      else kept.events.push(event)
    }
  }

  #tell(thread: number): void {
    const kept = this.#kept.get(thread)
    if (kept === undefined) return
    const { parts, events, isOver } = kept
    this.#desk.postMessage({ kind: 'kept', thread, parts, events, isOver })
  }

  #end(thread: number): void {
    this.#arrivals.hearNow()
    const kept = this.#kept.get(thread)
    if (kept === undefined || kept.isOver) return
    kept.channel.hearNow()
    kept.channel.close()
    kept.isOver = true
    // Behind those that have ended before.
    this.#kept.delete(thread)
    if (kept.events.some(({ kind }) => kind === 'family')) this.#kept.set(thread, kept)
    this.#forgetOldest()
  }

  #forgetOldest(): void {
    const ended = [...this.#kept].filter(([, { isOver }]) => isOver)
    let bytes = ended.reduce((sum, [, kept]) => sum + bytesOf(kept), 0)
    for (let i = 0; bytes > ENDED_BYTES || ended.length - i > ENDED_LIMIT; i++) {
      const [thread, kept] = ended[i]!
      bytes -= bytesOf(kept)
      this.#kept.delete(thread)
    }
  }

  /** The thread of this reader may have ended while it read. */
  #release(reader: number): void {
    for (const { events } of this.#kept.values()) {
      for (const event of events) {
        if (event.kind === 'registry') for (const memory of event.visits) new Visits(memory).release(reader)
      }
    }
  }
}

function without(events: readonly FeedEvent[], family: number): FeedEvent[] {
  return events.filter(
    (event) => (event.kind !== 'family' && event.kind !== 'rows') || event.family !== family,
  )
}

function bytesOf({ events }: Kept): number {
  return events.reduce((sum, event) => sum + (event.kind === 'chunk' ? event.memory.byteLength : 0), 0)
}
