import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import type { FeedEvent } from '../../aggregate/feed/feed-event.js'

/** From the thread that has a registry to the one that shows it. */
export type ToReader =
  /** A collection that was asked for ends with what was gathered. */
  | { readonly kind: 'events'; readonly events: readonly FeedEvent[] }
  /** A collection that was asked for brought nothing. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'reset' }

/** From the thread that shows a registry to the one that has it. */
export type ToOwner = { readonly kind: 'collect'; readonly seconds: number } | { readonly kind: 'reset' }

/** A port of either side; a `MessagePort` is one. Messages come in the order in which they were posted. */
export interface FeedPort<Sent> {
  postMessage(message: Sent): void
}

/** Hears what has come to a port until now, at once and in its order. */
export function hearNow<Heard>(port: MessagePort, onMessage: (message: Heard) => void): void {
  for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
    // What comes was posted by this very version of the program.
    onMessage(next.message as Heard)
  }
}
