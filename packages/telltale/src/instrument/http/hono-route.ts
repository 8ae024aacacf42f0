import type { RouteSource } from './request-state.js'

/** What is used of Hono's context. */
export interface HonoContext {
  readonly env: unknown
  readonly req: {
    readonly routeIndex: number
    /** What the path of the request fits, in the order of registration: middleware and handlers. */
    readonly matchedRoutes: readonly HonoEntry[]
  }
}

/** A middleware or a handler, with the pattern that it was registered on. */
export interface HonoEntry {
  readonly path: string
  readonly method: string
  readonly handler: unknown
}

/** Where Hono keeps the handler of a mounted application that has an error handler of its own. */
const COMPOSED_HANDLER = '__COMPOSED_HANDLER'

/**
 * Where the pattern of a request is in Hono 4: in the last of the matched entries that answers requests by itself,
 * whether it was reached or a middleware before it refused.
 */
export function honoRoute(context: HonoContext): RouteSource {
  return () => {
    const { matchedRoutes, routeIndex } = context.req
    const handler = matchedRoutes.findLast(answers) ?? matchedRoutes.findLast(isMaybeHandler)
    return (handler ?? mounted(matchedRoutes, routeIndex))?.path
  }
}

/** A handler takes the context only; a middleware takes `next` too. */
function answers({ handler }: HonoEntry): boolean {
  return inner(handler).length < 2
}

/** A handler that has `next`, registered for a method; middleware is registered for all of them. */
function isMaybeHandler({ method }: HonoEntry): boolean {
  return method !== 'ALL'
}

/** A foreign application under `app.mount`, when it is the one that answered. Its routes cannot be known. */
function mounted(entries: readonly HonoEntry[], answered: number): HonoEntry | undefined {
  const entry = entries[answered]
  return entry?.path.endsWith('/*') && inner(entry.handler).name === 'handler' ? entry : undefined
}

function inner(handler: unknown): { readonly length: number; readonly name: string } {
  if (typeof handler !== 'function') return { length: 2, name: '' }
  const composed: unknown = Reflect.get(handler, COMPOSED_HANDLER)
  return composed === undefined ? handler : inner(composed)
}
