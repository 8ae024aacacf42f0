import { isMethod, isObject, property } from './query-call.js'

/** How the connections of a pool are used at this moment. */
export interface PoolConnections {
  /**
   * Established connections that take queries, in use or idle. The guide's alert on
   * `database_connections_active{state="active"} == 0` means "no connection to the database", so a healthy
   * pool at rest must not read 0, and a connection that is only being attempted must not count.
   */
  readonly active: number
  /** Established connections that the application holds. */
  readonly in_use: number
  /** Established connections that wait for work. */
  readonly idle: number
  /** Requests that wait for a connection. */
  readonly waiting: number
  /** How many connections the pool may have; absent where it does not say or has no limit. */
  readonly max?: number
}

/**
 * Reads the connections of a pool of `pg`, `mysql2` (callback or promise form) or `mysql`; `undefined` for
 * anything else. Costs one step per connection and never throws.
 *
 * A pool that closes all its idle connections, as pg's does after 10 seconds without `min`, has none: give
 * the pool `min: 1`, or ping the database, where an alert watches `active`.
 */
export function readPoolConnections(pool: unknown): PoolConnections | undefined {
  return readPg(pool) ?? readMysql(pool) ?? readMysql(property(pool, 'pool'))
}

function readPg(pool: unknown): PoolConnections | undefined {
  const total = count(property(pool, 'totalCount'))
  const idle = count(property(pool, 'idleCount'))
  const waiting = count(property(pool, 'waitingCount'))
  if (total === undefined || idle === undefined || waiting === undefined) return undefined
  // totalCount includes attempts to connect; only the clients themselves tell them apart.
  const clients = property(pool, '_clients')
  const active = Array.isArray(clients) ? clients.filter(isUsablePgClient).length : total
  return {
    active,
    in_use: Math.max(0, active - idle),
    idle,
    waiting,
    ...limit(property(pool, 'options'), 'max'),
  }
}

function isUsablePgClient(client: unknown): boolean {
  return property(client, '_connected') !== false && property(client, '_queryable') !== false
}

function readMysql(pool: unknown): PoolConnections | undefined {
  const all = elements(property(pool, '_allConnections'))
  const free = elements(property(pool, '_freeConnections'))
  const queue = elements(property(pool, '_connectionQueue'))
  if (!all || !free || !queue) return undefined
  const active = all.filter(isUsableMysqlConnection).length
  const idle = Math.min(active, free.length)
  const most = limit(property(pool, 'config'), 'connectionLimit')
  return { active, in_use: active - idle, idle, waiting: queue.length, ...most }
}

function isUsableMysqlConnection(connection: unknown): boolean {
  const state = property(connection, 'state')
  if (typeof state === 'string') return state === 'authenticated'
  return property(connection, 'authorized') !== false && !property(connection, '_closing')
}

/** mysql keeps arrays, mysql2 a double-ended queue. */
function elements(list: unknown): readonly unknown[] | undefined {
  if (Array.isArray(list)) return list
  const toArray = property(list, 'toArray')
  if (!isObject(list) || !isMethod(toArray)) return undefined
  const copy = Reflect.apply(toArray, list, [])
  return Array.isArray(copy) ? copy : undefined
}

function limit(settings: unknown, name: string): { readonly max?: number } {
  const max = count(property(settings, name))
  return max === undefined || max === 0 ? {} : { max }
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}
