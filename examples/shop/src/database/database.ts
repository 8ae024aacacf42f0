import { HttpError } from '../http-error.js'

/** What a repository needs. Requests have one at `req.db`, whose queries are measured. */
export interface DatabaseHandle {
  /** Throws a DatabaseUnavailableError when the statement did not reach a working database. */
  query<Row extends object>(sql: string, parameters?: unknown[]): Promise<{ readonly rows: Row[] }>
}

export interface ConnectionCounts {
  /** Established connections, used or ready. */
  readonly active: number
  readonly inUse: number
  readonly idle: number
  /** Queries that wait for a connection. */
  readonly waiting: number
  /** How many connections there may be; absent where there is no pool. */
  readonly max?: number
}

export const NO_CONNECTIONS: ConnectionCounts = { active: 0, inUse: 0, idle: 0, waiting: 0 }

/** A PostgreSQL, in this process or elsewhere. */
export interface Database extends DatabaseHandle {
  readonly engine: 'postgres' | 'embedded'
  /** Resolves when queries can be tried: at once for a server, after a few seconds for an embedded one. */
  loaded(): Promise<void>
  connections(): ConnectionCounts
  /** Closes every connection and refuses queries until `resume`. The data stays. */
  suspend(): Promise<void>
  resume(): void
  close(): Promise<void>
}

/** The database's name, as the label `database`. */
export const DATABASE_NAME = 'shop'

export class DatabaseUnavailableError extends HttpError {
  constructor(reason: string, cause?: unknown) {
    super(503, 'DatabaseUnavailableError', `The database is not available: ${reason}`, { cause })
  }
}

/** The SQLSTATE of a statement that PostgreSQL refused, such as 23505 for a duplicate. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/**
 * 08 connection, 53 out of resources, 57P shutdown or start, 42P01 no such table: right after a database came
 * (back), before the migration has run.
 */
export function isUnavailable(state: string | undefined): boolean {
  return state !== undefined && /^(08|53|57P|42P01)/.test(state)
}
