import { type PoolConnections, readPoolConnections } from '../instrument/database/pool-connections.js'
import { type WatchedQuery, watchQueries } from '../instrument/database/query-watch.js'

/**
 * The database handles whose queries are timed. They are held weakly: an application that makes a handle for
 * each request keeps none of them alive through its metrics.
 */
export class WatchedDatabases {
  readonly #onQuery: (query: WatchedQuery) => void
  readonly #undo = new WeakMap<object, () => void>()
  #handles: WeakRef<object>[] = []
  #pruneAt = 64

  constructor(onQuery: (query: WatchedQuery) => void) {
    this.#onQuery = onQuery
  }

  /** Watches a handle from now on; one that is watched already stays as it is. */
  watch(database: object): void {
    if (this.#undo.has(database)) return
    this.#undo.set(database, watchQueries(database, this.#onQuery, { warn }))
    this.#handles.push(new WeakRef(database))
    if (this.#handles.length > this.#pruneAt) this.#prune()
  }

  /** The connections of every pool among the handles, added up; `undefined` when none is a pool. */
  connections(): PoolConnections | undefined {
    let total: PoolConnections | undefined
    for (const handle of this.#handles) {
      const database = handle.deref()
      const connections = database && readPoolConnections(database)
      if (connections) total = total ? added(total, connections) : connections
    }
    return total
  }

  /** Leaves every handle as it was before. */
  stop(): void {
    for (const handle of this.#handles.splice(0)) {
      const database = handle.deref()
      if (database === undefined) continue
      this.#undo.get(database)?.()
      this.#undo.delete(database)
    }
  }

  #prune(): void {
    this.#handles = this.#handles.filter((handle) => handle.deref() !== undefined)
    this.#pruneAt = Math.max(64, this.#handles.length * 2)
  }
}

function added(a: PoolConnections, b: PoolConnections): PoolConnections {
  return {
    active: a.active + b.active,
    in_use: a.in_use + b.in_use,
    idle: a.idle + b.idle,
    waiting: a.waiting + b.waiting,
    ...(a.max !== undefined && b.max !== undefined && { max: a.max + b.max }),
  }
}

function warn(message: string): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code: 'TELLTALE_DATABASE' })
}
