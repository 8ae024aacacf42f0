/** What Express 4 and 5 and the `router` package keep about a route, as far as it is read here. */
export interface ExpressRoute {
  readonly path: unknown
  readonly stack: readonly unknown[]
}

/** One entry of a router's stack: a route, a middleware, a mounted router or application. */
export interface RouterLayer {
  readonly name?: unknown
  readonly handle?: unknown
  readonly route?: unknown
  /** Express 4. */
  readonly regexp?: unknown
  /** Express 4. */
  readonly keys?: unknown
  /** router 2, one for each member of an array of paths. */
  readonly matchers?: unknown
  /** router 2.3 and later. */
  readonly rawPath?: unknown
  /** router 2: mounted on `/`, which takes nothing off the path. */
  readonly slash?: unknown
}

/** A router: Express 4's, or the `router` package's. */
export interface ExpressRouter {
  readonly stack: readonly RouterLayer[]
  readonly caseSensitive?: unknown
  readonly strict?: unknown
}

export interface ExpressApp {
  readonly parent?: unknown
  readonly mountpath?: unknown
}

/** What the router knew at the moment it chose a route; a thrown error takes it back afterwards. */
export interface ExpressMatch {
  readonly route: ExpressRoute
  readonly baseUrl: string
  readonly url: string
  readonly app: ExpressApp | undefined
}

/** The value of `req.route`, the last match, and the application that the request was seen in first. */
export interface ExpressTrace {
  value: unknown
  match: ExpressMatch | undefined
  readonly entry: ExpressApp | undefined
}

/** The constructor of a layer, the same in every version. */
export type LayerConstructor = new (
  path: unknown,
  options: { readonly sensitive: boolean; readonly strict: boolean; readonly end: boolean },
  handle: () => void,
) => RouterLayer

export function isRoute(value: unknown): value is ExpressRoute {
  return isObject(value) && 'path' in value && 'stack' in value && Array.isArray(value.stack)
}

/** On handlers that are registered as routes and are none. Registered, for an ESM and a CommonJS copy. */
const MIDDLEWARE = Symbol.for('telltale.http.middleware.v1')

/** Has a function that a framework registers as the handler of a route pass for the middleware that it is. */
export function markMiddleware(handle: object): void {
  Object.defineProperty(handle, MIDDLEWARE, { value: true, configurable: true })
}

/** Whether all that a route leads to is marked as middleware. */
export function leadsToMiddleware({ stack }: ExpressRoute): boolean {
  return (
    stack.length > 0 &&
    (stack as readonly RouterLayer[]).every(
      ({ handle }) => typeof handle === 'function' && MIDDLEWARE in handle,
    )
  )
}

export function isRouter(value: unknown): value is ExpressRouter {
  return typeof value === 'function' && 'stack' in value && Array.isArray(value.stack)
}

export function isApp(value: unknown): value is ExpressApp {
  return typeof value === 'function' && 'mountpath' in value && 'set' in value && 'handle' in value
}

/** The router of an application; `undefined` while it has none. */
export function routerOf(app: ExpressApp): ExpressRouter | undefined {
  const candidate = '_router' in app ? app._router : ownRouter(app)
  return isRouter(candidate) ? candidate : undefined
}

/** Express 4's `router` is a getter that throws, and is reached while the application has no route. */
function ownRouter(app: ExpressApp): unknown {
  try {
    return 'router' in app ? app.router : undefined
  } catch {
    return undefined
  }
}

/** The application that this one is mounted in, over and over. */
export function rootOf(app: ExpressApp): ExpressApp {
  let root = app
  // 32 levels of mounting, so that a cycle of parents ends.
  for (let depth = 0; depth < 32 && isApp(root.parent); depth += 1) root = root.parent
  return root
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
