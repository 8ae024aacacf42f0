import { types } from 'node:util'
import { systemClock } from '../../model/clock.js'
import { isMethod, type Method, QueryCall, type QueryStatus } from './query-call.js'
import type { Statement } from './statement.js'
import { StatementCache } from './statement-cache.js'
import { hasQuery, WatchedObject } from './watched-object.js'

/** One finished query: what it did, to which table, how it ended and how long it took. */
export interface WatchedQuery extends Statement {
  readonly status: QueryStatus
  readonly durationSeconds: number
}

export interface QueryWatchOptions {
  /** Told, in a sentence, about an object that cannot be watched because it is frozen. */
  readonly warn?: (message: string) => void
  /** A monotonic clock, in seconds. */
  readonly now?: () => number
}

/** One call of `watchQueries`, shared by the database object and by the clients that it hands out. */
interface Watch {
  readonly onQuery: (query: WatchedQuery) => void
  readonly now: () => number
  active: boolean
}

/** A watched object. A client that its pool holds for a query of the pool's own is not counted again. */
interface Handle {
  readonly object: WatchedObject
  watch: Watch
  holder: 'application' | 'pool'
}

/** What all watches of the process share, in however many copies the library is loaded. */
interface Shared {
  readonly handles: WeakMap<object, Handle>
  readonly refused: WeakSet<object>
  readonly statements: StatementCache
  /** True while a watched method runs synchronously: what it calls is part of the same query. */
  inside: boolean
}

const queryMethods = ['query', 'execute', 'exec']
const checkoutMethods = ['connect', 'getConnection']
const sharedKey = Symbol.for('telltale.database.watched/1')
const frozenMessage = 'Queries of a frozen database object are not counted: pass one that is not frozen.'
const nothing = () => {}

/**
 * Reports every query that goes through `db` and through the clients and transactions that it hands out, once
 * each: `query`, `execute` and `exec`, with a callback, a promise, a stream or a plain return value. Arguments,
 * `this`, results and errors pass through unchanged; a promise is one that settles the same way.
 *
 * Returns the undo. An object that is watched already is left as it is, and that undo does nothing. An object
 * without `query` is ignored. A frozen one is left alone and named to `warn`, once. Never throws, and
 * `onQuery` may throw without harm.
 */
export function watchQueries(
  db: unknown,
  onQuery: (query: WatchedQuery) => void,
  options: QueryWatchOptions = {},
): () => void {
  const { warn = nothing, now = systemClock.monotonic } = options
  const shared = sharedState()
  if (!hasQuery(db) || shared.refused.has(db) || shared.handles.get(db)?.watch.active) return nothing
  const watch: Watch = { onQuery, now, active: true }
  if (!watchObject(shared, db, watch)) {
    shared.refused.add(db)
    attempt(() => warn(frozenMessage), undefined)
  }
  return () => {
    watch.active = false
    const handle = shared.handles.get(db)
    const isOwn = handle?.watch === watch
    if (isOwn && attempt(() => handle.object.restore(), false)) shared.handles.delete(db)
  }
}

function sharedState(): Shared {
  const fresh = (): Shared => ({
    handles: new WeakMap(),
    refused: new WeakSet(),
    statements: new StatementCache(),
    inside: false,
  })
  const existing: Shared | undefined = Reflect.get(globalThis, sharedKey)
  const shared = existing ?? fresh()
  if (!existing) Object.defineProperty(globalThis, sharedKey, { value: shared })
  return shared
}

function watchObject(shared: Shared, object: object, watch: Watch): boolean {
  const known = shared.handles.get(object)
  if (known) {
    known.watch = watch
    return true
  }
  const handle: Handle = { object: new WatchedObject(object), watch, holder: 'application' }
  const adopt = (client: unknown, holder: Handle['holder']) => {
    if (client !== object && handle.watch.active) adoptClient(shared, client, handle.watch, holder)
  }
  const replacements = new Map([
    ...queryMethods.map((name) => [name, (original: Method) => watched(shared, handle, original)] as const),
    ...checkoutMethods.map(
      (name) => [name, (original: Method) => checkout(shared, original, adopt)] as const,
    ),
    ['transaction', (original: Method) => transaction(original, adopt)] as const,
  ])
  if (!attempt(() => handle.object.replace(replacements), false)) {
    attempt(() => handle.object.restore(), false)
    return false
  }
  shared.handles.set(object, handle)
  return true
}

type Adopt = (client: unknown, holder: Handle['holder']) => void

function adoptClient(shared: Shared, client: unknown, watch: Watch, holder: Handle['holder']): void {
  if (!hasQuery(client)) return
  const handle = shared.handles.get(client)
  if (handle) {
    handle.holder = holder
    if (!handle.watch.active) handle.watch = watch
  } else if (holder === 'application') {
    watchObject(shared, client, watch)
  }
}

function watched(shared: Shared, handle: Handle, original: Method): Method {
  return function (this: unknown, ...args) {
    const { watch, holder } = handle
    if (shared.inside || !watch.active || holder === 'pool') return Reflect.apply(original, this, args)
    const ended = reporter(shared, watch, args[0])
    const call = new QueryCall(args, ended, (run) => within(shared, false, run))
    const passed = attempt(() => call.arguments(), args)
    let returned: unknown
    try {
      returned = within(shared, true, () => Reflect.apply(original, this, passed))
    } catch (error) {
      ended('error')
      throw error
    }
    return attempt(() => call.result(returned), returned)
  }
}

function within(shared: Shared, inside: boolean, run: () => unknown): unknown {
  const before = shared.inside
  shared.inside = inside
  try {
    return run()
  } finally {
    shared.inside = before
  }
}

function reporter(shared: Shared, watch: Watch, query: unknown): (status: QueryStatus) => void {
  const { operation, table } = shared.statements.describe(query)
  const startedAt = watch.now()
  let open = true
  return (status) => {
    if (!open || !watch.active) return
    open = false
    const durationSeconds = watch.now() - startedAt
    attempt(() => watch.onQuery({ operation, table, status, durationSeconds }), undefined)
  }
}

function checkout(shared: Shared, original: Method, adopt: Adopt): Method {
  return function (this: unknown, ...args) {
    const holder = shared.inside ? 'pool' : 'application'
    const callback = args.at(-1)
    if (isMethod(callback)) {
      args[args.length - 1] = function (this: unknown, ...results: unknown[]) {
        adopt(results[1], holder)
        return Reflect.apply(callback, this, results)
      }
    }
    const returned = Reflect.apply(original, this, args)
    if (!types.isPromise(returned)) return returned
    const adopted = (client: unknown) => {
      adopt(client, holder)
      return client
    }
    return attempt(() => returned.then(adopted), returned)
  }
}

/** `transaction(async (tx) => …)` lends a client for as long as the function runs. */
function transaction(original: Method, adopt: Adopt): Method {
  return function (this: unknown, ...args) {
    const lent = args.map((argument) => {
      if (!isMethod(argument)) return argument
      return function (this: unknown, ...given: unknown[]) {
        adopt(given[0], 'application')
        return Reflect.apply(argument, this, given)
      }
    })
    return Reflect.apply(original, this, lent)
  }
}

/** The application's query must not fail because of what counts it. */
function attempt<T>(action: () => T, otherwise: T): T {
  try {
    return action()
  } catch {
    return otherwise
  }
}
