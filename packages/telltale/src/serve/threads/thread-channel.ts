import { BroadcastChannel, type MessagePort } from 'node:worker_threads'
import type { FamilySnapshot } from '../../aggregate/family-snapshot.js'
import type { FeedEvent } from '../../aggregate/feed/feed-event.js'
import { hearNow, type ToOwner, type ToReader } from '../telemetry/feed-message.js'

/** Names the channel on which threads and hubs find each other, with the version of what they say there. */
const MEETING = 'telltale.threads.1'
/** Where keepers and hubs speak of what threads offer. Those that only offer do not hear it. */
const DESK = 'telltale.threads.1.desk'

/** What is said where everybody hears it: little, because every thread of the process wakes up for it. */
export type MeetingMessage =
  /** A hub wants to know who there is. */
  | { readonly kind: 'call' }
  /** A thread with a registry; it says so when it begins, and when it is called. */
  | { readonly kind: 'here'; readonly thread: number }
  /** A hub listens on a channel of its own for this thread. */
  | { readonly kind: 'invite'; readonly thread: number; readonly hub: string }
  /** A thread has ended; it says itself what it had counted, and others can tell only that it has. */
  | { readonly kind: 'ended'; readonly thread: number; readonly families?: readonly FamilySnapshot[] }
  | { readonly kind: 'hub-gone'; readonly hub: string }

/** A part of the feed of a thread, said as it comes; a thread that sleeps then can be read nevertheless. */
export interface Offer {
  readonly thread: number
  /** How many parts were before. */
  readonly index: number
  readonly events: readonly FeedEvent[]
}

/** The parts of the feed of a thread up to now, from who has kept them. */
export interface KeptOffers {
  readonly thread: number
  /** How many parts they are. */
  readonly parts: number
  readonly events: readonly FeedEvent[]
  /** Whether the thread has ended. */
  readonly isOver: boolean
}

/** The first offers of a thread, until its keeper has opened the channel that is its own. */
export interface Arrival extends Offer {
  /** Becomes 1 when it has. */
  readonly isHeard: SharedArrayBuffer
}

/** Between those that keep and those that show what threads offer. */
export type DeskMessage =
  | ({ readonly kind: 'kept' } & KeptOffers)
  /** A hub wants to know what was kept, of one thread or of all. */
  | { readonly kind: 'call'; readonly thread?: number }
  | { readonly kind: 'ended'; readonly thread: number }
  | { readonly kind: 'hub-gone'; readonly hub: string }

/** From a thread to the hub that invited it. */
export type ToHub = { readonly kind: 'pulse'; readonly memory: SharedArrayBuffer } | ToReader

/** One end of a channel between threads of the process. It keeps no thread alive. */
export class ThreadChannel<Sent, Heard> {
  readonly #channel: BroadcastChannel
  readonly #onMessage: (message: Heard) => void

  private constructor(name: string, onMessage: (message: Heard) => void) {
    const channel = new BroadcastChannel(name)
    channel.unref()
    // What comes was posted by this module in another thread; an older or newer version uses another name.
    channel.onmessage = (event) => onMessage((event as MessageEvent).data as Heard)
    this.#channel = channel
    this.#onMessage = onMessage
  }

  /** Where all threads and hubs of the process meet. */
  static meeting(
    onMessage: (message: MeetingMessage) => void,
  ): ThreadChannel<MeetingMessage, MeetingMessage> {
    return new ThreadChannel(MEETING, onMessage)
  }

  /** Where threads make their first offers to one keeper. */
  static arrivals(keeper: number, onMessage: (message: Arrival) => void): ThreadChannel<Arrival, Arrival> {
    return new ThreadChannel(`${MEETING}.arrivals.${keeper}`, onMessage)
  }

  /** Where one thread makes its offers to all that have opened this. */
  static offers(thread: number, onMessage: (message: Offer) => void): ThreadChannel<Offer, Offer> {
    return new ThreadChannel(`${MEETING}.offers.${thread}`, onMessage)
  }

  static desk(onMessage: (message: DeskMessage) => void): ThreadChannel<DeskMessage, DeskMessage> {
    return new ThreadChannel(DESK, onMessage)
  }

  /** The hub's end of the channel between it and one thread. */
  static ofHub(
    hub: string,
    thread: number,
    onMessage: (message: ToHub) => void,
  ): ThreadChannel<ToOwner, ToHub> {
    return new ThreadChannel(`${MEETING}.${hub}.${thread}`, onMessage)
  }

  /** The thread's end of that channel. */
  static ofThread(
    hub: string,
    thread: number,
    onMessage: (message: ToOwner) => void,
  ): ThreadChannel<ToHub, ToOwner> {
    return new ThreadChannel(`${MEETING}.${hub}.${thread}`, onMessage)
  }

  postMessage(message: Sent): void {
    this.#channel.postMessage(message)
  }

  /** Hears what has come until now, at once. */
  hearNow(): void {
    // Node.js takes a channel here as well; its types do not say so.
    hearNow(this.#channel as unknown as MessagePort, this.#onMessage)
  }

  close(): void {
    this.#channel.close()
  }
}
