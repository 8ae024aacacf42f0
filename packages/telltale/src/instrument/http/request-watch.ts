import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { foldMethod } from './method.js'
import { stateOf } from './request-state.js'
import { UNMATCHED_ROUTE } from './route-label.js'

/** The status recorded for a request that was never answered in full, after nginx' "client closed request". */
export const ABORTED_STATUS = 499

/** One request, told when its response is closed. */
export interface FinishedRequest {
  /** A standard method, or `OTHER`. */
  readonly method: string
  /** What `WatchOptions.route` said, `unmatched` without it. */
  readonly route: string
  /** The status that was sent, or 499 when the response did not get out in full. */
  readonly statusCode: number
  /** The connection ended, or the server gave up, before the response had been handed to the system. */
  readonly aborted: boolean
  /** From the request's arrival to the close of its response. */
  readonly durationSeconds: number
  readonly req: IncomingMessage
  readonly res: ServerResponse
}

export interface WatchOptions {
  /** The route label, asked once the response is closed. Throwing gives `unmatched`. */
  readonly route?: (req: IncomingMessage, res: ServerResponse) => string
  /**
   * On whose behalf the request is watched, such as a registry: one request is told once to each owner.
   * Without it, all callers are the same owner.
   */
  readonly owner?: object
  /** Told what `onFinished` threw; whatever this throws in turn is dropped. */
  readonly onError?: (error: unknown) => void
}

const ANYONE = Symbol.for('telltale.http.anyone.v1')
const QUEUED = Symbol.for('telltale.http.queued.v1')

interface Queueing extends Socket {
  [QUEUED]?: Set<() => void>
}

/**
 * Calls `onFinished` exactly once, when the response to `req` is closed, however it ended: answered, streamed,
 * aborted by the client at any point, given up by the server. Nothing that `onFinished` throws reaches the
 * request. Requests that a server handed to its `upgrade` or `connect` listener have no response and are not
 * for this function.
 *
 * @returns `false` when the request is already watched for the same owner: nothing will be told twice.
 */
export function watchRequest(
  req: IncomingMessage,
  res: ServerResponse,
  options: WatchOptions,
  onFinished: (finished: FinishedRequest) => void,
): boolean {
  const { owners, arrival } = stateOf(req)
  const owner = options.owner ?? ANYONE
  if (owners.includes(owner)) return false
  owners.push(owner)
  const start = arrival ?? performance.now()
  const isWhole = wholenessOf(res)
  onClosed(req, res, () => {
    const durationSeconds = (performance.now() - start) / 1000
    const aborted = !isWhole()
    try {
      onFinished({
        method: foldMethod(req.method),
        route: routeOf(req, res, options),
        statusCode: aborted ? ABORTED_STATUS : res.statusCode,
        aborted,
        durationSeconds,
        req,
        res,
      })
    } catch (error) {
      report(error, options)
    }
  })
  return true
}

/** What a framework only pretends to send, as Fastify's `inject` does, tells by its event alone that it is whole. */
function wholenessOf(res: ServerResponse): () => boolean {
  // HTTP/2 calls a response finished that nobody ended.
  const isSent = (): boolean => res.writableEnded && res.writableFinished
  if (!res.socket || res.socket instanceof Duplex) return isSent
  let finished = false
  res.once('finish', () => {
    finished = true
  })
  return () => finished || isSent()
}

function onClosed(req: IncomingMessage, res: ServerResponse, listener: () => void): void {
  if (res.closed) listener()
  else if (res.socket === null) onQueuedClosed(req.socket, res, listener)
  else res.once('close', listener)
}

/** node:http never closes a pipelined response whose connection ended before its turn came. */
function onQueuedClosed(socket: Socket, res: ServerResponse, listener: () => void): void {
  if (socket.closed) {
    listener()
    return
  }
  const queue = queueOf(socket)
  const closeOnce = (): void => {
    if (!queue.delete(closeOnce)) return
    res.off('close', closeOnce)
    listener()
  }
  queue.add(closeOnce)
  res.once('close', closeOnce)
}

/** The responses waiting for their turn on a connection, under one listener however many they are. */
function queueOf(socket: Queueing): Set<() => void> {
  const existing = socket[QUEUED]
  if (existing !== undefined) return existing
  const queue = new Set<() => void>()
  socket.once('close', () => {
    for (const close of [...queue]) close()
  })
  socket[QUEUED] = queue
  return queue
}

function routeOf(req: IncomingMessage, res: ServerResponse, options: WatchOptions): string {
  if (options.route === undefined) return UNMATCHED_ROUTE
  try {
    return options.route(req, res)
  } catch {
    return UNMATCHED_ROUTE
  }
}

function report(error: unknown, options: WatchOptions): void {
  try {
    options.onError?.(error)
  } catch {
    // A failing error handler must not end the process.
  }
}
