import pg from 'pg'
import {
  type ConnectionCounts,
  type Database,
  DatabaseUnavailableError,
  isUnavailable,
  NO_CONNECTIONS,
} from './database.js'

const CONNECT_TIMEOUT_MS = 2_000
const QUERY_TIMEOUT_MS = 5_000
const MAX_CONNECTIONS = 10
const IDLE_TIMEOUT_MS = 30_000

/** A PostgreSQL server, through at most ten connections. It reconnects by itself, at the next query. */
export class PooledDatabase implements Database {
  readonly engine = 'postgres'
  readonly #url: string
  readonly #established = new Set<pg.PoolClient>()
  #pool: pg.Pool
  #suspended = false

  constructor(url: string) {
    this.#url = url
    this.#pool = this.#open()
  }

  async loaded(): Promise<void> {}

  async query<Row extends object>(
    sql: string,
    parameters: unknown[] = [],
  ): Promise<{ readonly rows: Row[] }> {
    const client = await this.#connect()
    let broken = false
    try {
      return await client.query<Row>(sql, parameters)
    } catch (error) {
      broken = isBroken(error)
      throw broken || isUnavailable(stateOf(error)) ? unavailable(error) : error
    } finally {
      client.release(broken)
    }
  }

  connections(): ConnectionCounts {
    if (this.#suspended) return NO_CONNECTIONS
    const active = this.#established.size
    const idle = Math.min(this.#pool.idleCount, active)
    return {
      active,
      inUse: active - idle,
      idle,
      waiting: this.#pool.waitingCount,
      max: this.#pool.options.max,
    }
  }

  async suspend(): Promise<void> {
    if (this.#suspended) return
    this.#suspended = true
    await this.#pool.end()
  }

  resume(): void {
    if (!this.#suspended) return
    this.#pool = this.#open()
    this.#suspended = false
  }

  async close(): Promise<void> {
    await this.suspend()
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#suspended) throw new DatabaseUnavailableError('its connections were closed on purpose')
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw unavailable(error)
    }
  }

  #open(): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.#url,
      application_name: 'telltale-shop',
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      min: 1, // a quiet night must not look like an outage
      max: MAX_CONNECTIONS,
      keepAlive: true,
    })
    pool.on('connect', (client) => this.#track(client))
    pool.on('remove', (client) => this.#established.delete(client))
    pool.on('error', () => {}) // without a listener a lost idle connection would end the process
    return pool
  }

  #track(client: pg.PoolClient): void {
    this.#established.add(client)
    const lost = () => this.#established.delete(client)
    client.on('error', lost) // also keeps a connection lost while in use from ending the process
    client.on('end', lost)
  }
}

function stateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/** After anything but an answer of the server, or after its last one, the connection cannot be used again. */
function isBroken(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || error.severity === 'FATAL' || error.severity === 'PANIC'
}

function unavailable(error: unknown): DatabaseUnavailableError {
  return new DatabaseUnavailableError(reasonOf(error), error)
}

/** Connecting to a name with several addresses fails with an AggregateError that has no message. */
function reasonOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : String(first)
}
