import { BroadcastChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { FamilySnapshot } from '../../aggregate/family-snapshot.js'
import type { ToOwner, ToReader } from '../telemetry/feed-message.js'

/** Names the channel on which threads and hubs find each other, with the version of what they say there. */
const MEETING = 'telltale.threads.1'

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
    const port = this.#channel as unknown as MessagePort
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      this.#onMessage(next.message as Heard)
    }
  }

  close(): void {
    this.#channel.close()
  }
}
