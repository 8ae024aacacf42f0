import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { stateOf } from './request-state.js'

/** Published by node:http when a request's headers are parsed, before any listener of the server runs. */
const REQUEST_START = 'http.server.request.start'

/** A running subscription. Stopping it twice is harmless. */
export interface ArrivalTracking {
  stop(): void
}

/**
 * Stamps every request of every `node:http` and `node:https` server in the process with the moment it
 * arrived, until stopped. Calls nest: requests are stamped as long as one tracking is not stopped.
 *
 * Costs one clock reading per request.
 */
export function trackArrivals(): ArrivalTracking {
  const stamp = (message: unknown): void => {
    // The channel's message is untyped; node:http documents its `request`.
    const { request } = message as { request: IncomingMessage }
    stateOf(request).arrival ??= performance.now()
  }
  subscribe(REQUEST_START, stamp)
  return {
    stop() {
      unsubscribe(REQUEST_START, stamp)
    },
  }
}
