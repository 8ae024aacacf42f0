import type { IncomingMessage } from 'node:http'
import type { ExpressTrace } from './express-shape.js'

/** Says the pattern of a request's route; `undefined` where none matched. */
export type RouteSource = () => string | undefined

/** Something that records requests, installed once by the application. */
export interface Installation {
  /** On whose behalf it records, such as a registry. */
  readonly owner: object
  /** What it is installed in. One in each is no mistake: the server sees all requests, the framework names them. */
  readonly place: 'server' | 'framework'
}

/** All that is kept about one request, in one property of it. */
export interface RequestState {
  /** When it arrived, in milliseconds of `performance.now()`. */
  arrival: number | undefined
  /** Those on whose behalf it is watched. */
  readonly owners: (object | symbol)[]
  /** Those that it came past. */
  readonly installations: Installation[]
  express: ExpressTrace | undefined
  /** Where a framework other than Express has the pattern. */
  route: RouteSource | undefined
}

/** Registered, so that an ESM and a CommonJS copy of the library share what they keep. */
const STATE = Symbol.for('telltale.http.request.v1')

interface Watched extends IncomingMessage {
  [STATE]?: RequestState
}

/**
 * The state of a request, made when it is first asked for. Made at arrival it costs next to nothing; once
 * Express has changed the request's prototype, adding a property to it takes more than a microsecond.
 */
export function stateOf(req: IncomingMessage): RequestState {
  const watched: Watched = req
  watched[STATE] ??= {
    arrival: undefined,
    owners: [],
    installations: [],
    express: undefined,
    route: undefined,
  }
  return watched[STATE]
}
