import { type Mount, mountOf } from './express-mount.js'
import { joinPaths, pathMembers, pathText, withoutTrailingSlash } from './express-path.js'
import {
  type ExpressApp,
  type ExpressRoute,
  type ExpressRouter,
  isApp,
  isRoute,
  isRouter,
  type RouterLayer,
  routerOf,
} from './express-shape.js'

/** Where a route is registered. */
export interface Registration {
  readonly layer: RouterLayer
  readonly router: ExpressRouter
}

interface Step {
  readonly mount: Mount
  /** What the mounted application says it is mounted on, where the layer hides which one it is. */
  readonly mountpaths?: readonly string[]
}

interface RouteEntry extends Registration {
  readonly chains: (readonly Step[])[]
  /** The last prefix that was worked out, and for which concrete one. */
  memo?: { readonly baseUrl: string; readonly prefix: string }
}

/** A list that was walked, and how long it was then. */
interface Visit {
  readonly read: () => readonly unknown[] | undefined
  readonly stack: readonly unknown[] | undefined
  readonly length: number | undefined
}

/** Ends the walk over routers that contain each other without end. */
const MAX_LAYERS = 100_000

/**
 * Every route below one application, with the layers a request passes on its way there. Built by walking the
 * routers once, and again only when a route is missing and a router has grown since.
 */
export class RouteIndex {
  readonly #root: ExpressApp
  readonly #applications = new Set<ExpressApp>()
  #entries = new Map<ExpressRoute, RouteEntry>()
  #visits: Visit[] = []
  #built = false
  #layersLeft = 0

  constructor(root: ExpressApp) {
    this.#root = root
  }

  /** Where the route is registered; `undefined` when it is not below this application. */
  registration(route: ExpressRoute, app: ExpressApp): Registration | undefined {
    this.#learn(app)
    return this.#entry(route)
  }

  /**
   * The pattern of everything the route is mounted on.
   *
   * @param baseUrl the concrete path taken off on the way to the route, not empty
   * @param app the application that the route belongs to
   * @returns `undefined` when no way to the route fits `baseUrl`
   */
  prefix(route: ExpressRoute, baseUrl: string, app: ExpressApp): string | undefined {
    const memo = this.#entries.get(route)?.memo
    if (memo?.baseUrl === baseUrl) return memo.prefix
    this.#learn(app)
    const prefix = this.#resolve(this.#entry(route), baseUrl)
    if (prefix !== undefined || !this.#isStale()) return prefix
    this.#build()
    return this.#resolve(this.#entries.get(route), baseUrl)
  }

  #resolve(entry: RouteEntry | undefined, baseUrl: string): string | undefined {
    if (entry === undefined) return undefined
    let prefix: string | undefined
    for (const chain of entry.chains) {
      const way = follow(chain, baseUrl)
      if (way === undefined) continue
      prefix ??= way.prefix
      if (!way.certain) continue
      prefix = way.prefix
      break
    }
    if (prefix !== undefined) entry.memo = { baseUrl, prefix }
    return prefix
  }

  #entry(route: ExpressRoute): RouteEntry | undefined {
    if (!this.#built || (!this.#entries.has(route) && this.#isStale())) this.#build()
    return this.#entries.get(route)
  }

  /** A layer does not tell which application it leads to, so those that routes came from are remembered. */
  #learn(app: ExpressApp): void {
    for (let inner = app; inner !== this.#root && !this.#applications.has(inner); ) {
      this.#applications.add(inner)
      this.#built = false
      if (!isApp(inner.parent)) return
      inner = inner.parent
    }
  }

  #isStale(): boolean {
    return this.#visits.some(({ read, stack, length }) => {
      const now = read()
      return now !== stack || now?.length !== length
    })
  }

  #build(): void {
    this.#entries = new Map()
    this.#visits = []
    this.#layersLeft = MAX_LAYERS
    this.#built = true
    this.#walkApp(this.#root, [], [])
  }

  #walkApp(app: ExpressApp, chain: readonly Step[], within: readonly unknown[]): void {
    if (within.includes(app)) return
    const read = (): ExpressRouter | undefined => routerOf(app)
    const router = read()
    this.#visit(() => read()?.stack)
    if (router !== undefined) this.#walkRouter(router, chain, [...within, app], app)
  }

  #walkRouter(
    router: ExpressRouter,
    chain: readonly Step[],
    within: readonly unknown[],
    app?: ExpressApp,
  ): void {
    if (within.includes(router)) return
    const inside = [...within, router]
    if (app === undefined) this.#visit(() => router.stack)
    for (const layer of router.stack) {
      if (this.#layersLeft-- <= 0) return
      if (isRoute(layer.route)) this.#walkRoute(layer.route, { layer, router }, chain, inside)
      else if (app !== undefined && layer.name === 'mounted_app')
        this.#walkMounted(layer, router, chain, inside, app)
      else this.#walkHandle(layer.handle, () => [...chain, { mount: mountOf(layer, router) }], inside)
    }
  }

  #walkRoute(
    route: ExpressRoute,
    at: Registration,
    chain: readonly Step[],
    within: readonly unknown[],
  ): void {
    const entry = this.#entries.get(route) ?? { ...at, chains: [] }
    entry.chains.push(chain)
    this.#entries.set(route, entry)
    this.#visit(() => route.stack)
    for (const layer of route.stack as readonly RouterLayer[]) {
      this.#walkHandle(layer.handle, () => chain, within)
    }
  }

  #walkHandle(handle: unknown, chain: () => readonly Step[], within: readonly unknown[]): void {
    if (isRouter(handle)) this.#walkRouter(handle, chain(), within)
    else if (isApp(handle)) this.#walkApp(handle, chain(), within)
  }

  #walkMounted(
    layer: RouterLayer,
    router: ExpressRouter,
    chain: readonly Step[],
    within: readonly unknown[],
    parent: ExpressApp,
  ): void {
    for (const app of this.#applications) {
      if (app.parent !== parent) continue
      const mountpaths = pathMembers(app.mountpath).map(pathText)
      this.#walkApp(app, [...chain, { mount: mountOf(layer, router), mountpaths }], within)
    }
  }

  #visit(read: () => readonly unknown[] | undefined): void {
    const stack = read()
    this.#visits.push({ read, stack, length: stack?.length })
  }
}

interface Way {
  readonly prefix: string
  /** No layer on the way was taken for one that leads to another application. */
  readonly certain: boolean
}

function follow(chain: readonly Step[], baseUrl: string): Way | undefined {
  let rest = baseUrl
  let prefix = ''
  let certain = true
  for (const { mount, mountpaths } of chain) {
    const entered = mount.enter(rest === '' ? '/' : rest)
    if (entered === undefined) return undefined
    const consumed = withoutTrailingSlash(entered.consumed)
    if (!rest.startsWith(consumed)) return undefined
    rest = rest.slice(consumed.length)
    const declared = mountpaths?.find((path) => path.toLowerCase() === entered.pattern.toLowerCase())
    certain &&= mountpaths === undefined || declared !== undefined || entered.pattern === ''
    prefix = joinPaths(prefix, declared ?? entered.pattern)
  }
  return rest === '' ? { prefix: prefix === '/' ? '' : prefix, certain } : undefined
}
