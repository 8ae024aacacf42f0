import type { IncomingMessage } from 'node:http'
import { ExpressRoutes } from './express-route.js'
import { type RouteSource, stateOf } from './request-state.js'

/**
 * Says where the framework has the pattern of the route of `req`. It is asked when the response is closed, by everyone
 * who records the request; the last source that was said holds. One that throws or has no text says nothing.
 */
export function nameRoute(req: IncomingMessage, source: RouteSource): void {
  stateOf(req).route = source
}

/** The pattern of the route that a request matched, in whichever framework. */
export class RequestRoutes {
  readonly #express = new ExpressRoutes()

  /** Starts to note what `req` matches in Express. Other frameworks are noted by {@link nameRoute}. */
  observe(req: IncomingMessage): void {
    this.#express.observe(req)
  }

  /** The pattern, `unmatched` where no route matched. To be asked when the response is closed. */
  routeOf(req: IncomingMessage): string {
    return named(req) ?? this.#express.routeOf(req)
  }
}

function named(req: IncomingMessage): string | undefined {
  try {
    // A framework of an unknown version may have anything there.
    const name: unknown = stateOf(req).route?.()
    return typeof name === 'string' && name !== '' ? name : undefined
  } catch {
    return undefined
  }
}
