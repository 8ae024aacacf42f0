import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** Published by node:http when a request's headers are parsed, before any listener of the server runs. */
const REQUEST_START = 'http.server.request.start'

/** Registered, so that an ESM and a CommonJS copy of the library stamp a request once between them. */
const ARRIVAL = Symbol.for('telltale.http.arrival.v1')

interface Stamped extends IncomingMessage {
  [ARRIVAL]?: number
}

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
    const { request } = message as { request: Stamped }
    request[ARRIVAL] ??= performance.now()
  }
  subscribe(REQUEST_START, stamp)
  return {
    stop() {
      unsubscribe(REQUEST_START, stamp)
    },
  }
}

/** When the request arrived, in milliseconds of `performance.now()`; `undefined` if nothing tracked it. */
export function arrivalOf(req: IncomingMessage): number | undefined {
  const stamped: Stamped = req
  return stamped[ARRIVAL]
}
