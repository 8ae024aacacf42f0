import { joinPaths, pathText } from './express-path.js'
import type { RouteSource } from './request-state.js'

/** What is used of Koa's context. */
export interface RoutedContext {
  readonly app: { readonly context: object }
  readonly path: string
}

/** `koa-mount` took `prefix` off the front of `path`. */
interface Mounting {
  readonly prefix: string
  readonly path: string
}

interface KoaTrace {
  mountPath: unknown
  matchedRoute: unknown
  readonly mountings: Mounting[]
  /** Of what the matched route is mounted on. */
  prefix: string
}

const TRACE = Symbol.for('telltale.http.koa.v1')

interface Traced extends RoutedContext {
  [TRACE]?: KoaTrace
  mountPath?: unknown
  _matchedRoute?: unknown
}

/**
 * Where the pattern of a request is in Koa: `@koa/router` writes it into the context without the prefixes of
 * `koa-mount`, which are written there as they are entered and never taken back.
 */
export function koaRoute(context: RoutedContext): RouteSource {
  const traced: Traced = context
  prepare(traced.app.context)
  const trace = traceOf(traced)
  return () => {
    const { matchedRoute, prefix } = trace
    if (typeof matchedRoute !== 'string' && !(matchedRoute instanceof RegExp)) return undefined
    return joinPaths(prefix, pathText(matchedRoute))
  }
}

function traceOf(context: Traced): KoaTrace {
  context[TRACE] ??= begun(context)
  return context[TRACE]
}

/** Takes over what was written before the contexts of the application were prepared. */
function begun(context: Traced): KoaTrace {
  const { mountPath, _matchedRoute: matchedRoute } = context
  if (matchedRoute !== undefined) delete context._matchedRoute
  if (typeof mountPath !== 'string') return { mountPath, matchedRoute, mountings: [], prefix: '' }
  delete context.mountPath
  const mountings = [{ prefix: mountPath, path: mountPath + context.path }]
  return { mountPath, matchedRoute, mountings, prefix: mountPath }
}

/** Has all contexts of an application note what is written to them, once. Theirs is the prototype. */
function prepare(prototype: object): void {
  if (Object.hasOwn(prototype, TRACE)) return
  Object.defineProperties(prototype, {
    [TRACE]: { value: undefined, writable: true, configurable: true },
    mountPath: {
      configurable: true,
      get(this: Traced) {
        return this[TRACE]?.mountPath
      },
      set(this: Traced, prefix: unknown) {
        const trace = traceOf(this)
        trace.mountPath = prefix
        if (typeof prefix === 'string') trace.mountings.push({ prefix, path: this.path })
      },
    },
    _matchedRoute: {
      configurable: true,
      get(this: Traced) {
        return this[TRACE]?.matchedRoute
      },
      set(this: Traced, pattern: unknown) {
        const trace = traceOf(this)
        trace.matchedRoute = pattern
        trace.prefix = prefixAt(trace.mountings, this.path)
      },
    },
  })
}

/** The prefixes of the mounts that `path` is left from; those that were left again are not among them. */
function prefixAt(mountings: readonly Mounting[], path: string): string {
  let prefix = ''
  let rest = path
  for (const mounting of mountings.toReversed()) {
    if ((mounting.path.slice(mounting.prefix.length) || '/') !== rest) continue
    prefix = joinPaths(mounting.prefix, prefix)
    rest = mounting.path
  }
  return prefix
}
