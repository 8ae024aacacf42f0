import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:net'

/** Published by node:http when a request's headers are parsed, before any listener of the server runs. */
const REQUEST_START = 'http.server.request.start'

type RequestListener = (req: IncomingMessage, res: ServerResponse) => void

/** A running subscription. Stopping it twice is harmless. */
export interface RequestTracking {
  stop(): void
}

/**
 * Tells every request of every `node:http` and `node:https` server in the process at its arrival, until stopped. No
 * server is touched. HTTP/2, and what goes to an `upgrade` or `connect` listener, are not told. `listener` must not throw.
 */
export function onEveryRequest(listener: RequestListener): RequestTracking {
  return onRequests((_server, req, res) => listener(req, res))
}

/** The same for one server, while it listens: nothing is kept of a server that was closed. */
export function onServerRequests(server: Server, listener: RequestListener): RequestTracking {
  let tracking: RequestTracking | undefined
  const pause = (): void => {
    tracking?.stop()
    tracking = undefined
  }
  const start = (): void => {
    tracking ??= onRequests((which, req, res) => {
      if (which === server) listener(req, res)
    })
  }
  if (server.listening) start()
  server.on('listening', start)
  server.on('close', pause)
  return {
    stop() {
      server.off('listening', start)
      server.off('close', pause)
      pause()
    },
  }
}

function onRequests(
  listener: (server: unknown, req: IncomingMessage, res: ServerResponse) => void,
): RequestTracking {
  const told = (message: unknown): void => {
    // The channel's message is untyped; node:http documents these fields.
    const { server, request, response } = message as {
      server: unknown
      request: IncomingMessage
      response: ServerResponse
    }
    listener(server, request, response)
  }
  subscribe(REQUEST_START, told)
  return {
    stop() {
      unsubscribe(REQUEST_START, told)
    },
  }
}
