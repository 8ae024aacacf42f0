import type { IncomingMessage } from 'node:http'
import type { Registration } from './express-index.js'
import { RouteIndex } from './express-index.js'
import { layerLike, matchersOf } from './express-mount.js'
import { joinPaths, pathMembers, pathText, UNKNOWN_PREFIX } from './express-path.js'
import {
  type ExpressApp,
  type ExpressMatch,
  type ExpressRoute,
  isApp,
  isRoute,
  leadsToMiddleware,
  rootOf,
} from './express-shape.js'
import { stateOf } from './request-state.js'
import { UNMATCHED_ROUTE } from './route-label.js'

interface ExpressRequest extends IncomingMessage {
  route?: unknown
  baseUrl?: unknown
  app?: unknown
}

/** One descriptor for all requests, so that they keep one hidden class. */
const ROUTE_PROPERTY: PropertyDescriptor & ThisType<ExpressRequest> = {
  configurable: true,
  enumerable: true,
  get() {
    return stateOf(this).express?.value
  },
  set(value: unknown) {
    const trace = stateOf(this).express
    if (trace === undefined) return
    trace.value = value
    if (isRoute(value) && !leadsToMiddleware(value)) trace.match = matchOf(this, value)
  },
}

/**
 * The pattern of the route that a request matched in Express 4 or 5, with the patterns of everything it is
 * mounted on: `/api/v1/orgs/:org/items/:id`.
 *
 * Neither the order of middleware nor that of loading matters, and errors do not change the answer: the route
 * is noted when the router assigns it to `req.route`. A concrete path is never part of the answer. What a
 * router that is called from inside a plain function is mounted on cannot be known, and is written as `/*`.
 * A request that a handler passed on, and that no other route took, keeps the route of that handler.
 */
export class ExpressRoutes {
  readonly #indexes = new WeakMap<ExpressApp, RouteIndex>()

  /** Starts to note what `req` matches. To be called before its route is chosen, or in the route itself. */
  observe(req: IncomingMessage): void {
    const request: ExpressRequest = req
    const state = stateOf(req)
    if (state.express !== undefined) return
    const value = request.route
    const match = isRoute(value) ? matchOf(request, value) : undefined
    state.express = { value, match, entry: isApp(request.app) ? request.app : undefined }
    Object.defineProperty(request, 'route', ROUTE_PROPERTY)
  }

  /** The pattern of the last route that `req` matched; `unmatched` if none did, or `req` was not observed. */
  routeOf(req: IncomingMessage): string {
    const trace = stateOf(req).express
    if (trace?.match === undefined) return UNMATCHED_ROUTE
    try {
      return this.#pattern(trace.match, trace.entry)
    } catch {
      return UNMATCHED_ROUTE
    }
  }

  #pattern(match: ExpressMatch, entry: ExpressApp | undefined): string {
    const { path } = match.route
    const text = Array.isArray(path) ? this.#memberText(match, entry) : pathText(path)
    return match.baseUrl === '' ? joinPaths('', text) : joinPaths(this.#prefix(match, entry), text)
  }

  #prefix({ route, baseUrl, app }: ExpressMatch, entry: ExpressApp | undefined): string {
    for (const root of rootsOf(app, entry)) {
      const prefix = this.#index(root).prefix(route, baseUrl, app ?? root)
      if (prefix !== undefined) return prefix
    }
    return UNKNOWN_PREFIX
  }

  #memberText(match: ExpressMatch, entry: ExpressApp | undefined): string {
    const { route, app, url } = match
    for (const root of rootsOf(app, entry)) {
      const registration = this.#index(root).registration(route, app ?? root)
      const member = registration && matchedMember(route, registration, pathnameOf(url))
      if (member !== undefined) return pathText(member)
    }
    return pathMembers(route.path).map(pathText).join('|')
  }

  #index(root: ExpressApp): RouteIndex {
    let index = this.#indexes.get(root)
    if (index === undefined) {
      index = new RouteIndex(root)
      this.#indexes.set(root, index)
    }
    return index
  }
}

function matchOf(request: ExpressRequest, route: ExpressRoute): ExpressMatch {
  const { baseUrl, app, url } = request
  return {
    route,
    baseUrl: typeof baseUrl === 'string' ? baseUrl : '',
    url: url ?? '',
    app: isApp(app) ? app : undefined,
  }
}

/** Where to look: above the application of the route, then above the one that the request was seen in first. */
function rootsOf(app: ExpressApp | undefined, entry: ExpressApp | undefined): ReadonlySet<ExpressApp> {
  const roots = new Set<ExpressApp>()
  if (app !== undefined) roots.add(rootOf(app))
  if (entry !== undefined) roots.add(rootOf(entry))
  return roots
}

/** Of an array of paths, the one that let the request in. */
function matchedMember(route: ExpressRoute, { layer, router }: Registration, pathname: string): unknown {
  const matchers = matchersOf(layer)
  if (matchers.length > 0) {
    // Flattened since router 2.3 only.
    const members = 'rawPath' in layer ? pathMembers(layer.rawPath) : (route.path as readonly unknown[])
    return members[matchers.findIndex((matcher) => matcher(pathname))]
  }
  const sensitive = router.caseSensitive === true
  const strict = router.strict === true
  return pathMembers(route.path).find((member) => {
    const { regexp } = layerLike(layer, member, { sensitive, strict, end: true })
    return regexp instanceof RegExp && regexp.exec(pathname) !== null
  })
}

function pathnameOf(url: string): string {
  return url.startsWith('/') ? url.replace(/\?.*$/s, '') : new URL(url).pathname
}
