import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import {
  type ConnectionCounts,
  type Database,
  DatabaseUnavailableError,
  isUnavailable,
  NO_CONNECTIONS,
  sqlState,
} from './database.js'

/** PostgreSQL inside this process, with the one connection that it has. Loading takes a few seconds. */
export class EmbeddedDatabase implements Database {
  readonly engine = 'embedded'
  readonly #folder: string | undefined
  #pglite?: PGlite
  #loading?: Promise<void>
  #state: 'open' | 'suspended' | 'closed' = 'open'
  #running = 0

  /** Without a folder the data lives in memory. */
  constructor(folder?: URL) {
    this.#folder = folder && fileURLToPath(folder)
  }

  /** Rejects when the folder cannot be used; the next call tries again. */
  loaded(): Promise<void> {
    this.#loading ??= this.#load()
    return this.#loading
  }

  async query<Row extends object>(
    sql: string,
    parameters: unknown[] = [],
  ): Promise<{ readonly rows: Row[] }> {
    const pglite = this.#connected()
    this.#running += 1
    try {
      return await pglite.query<Row>(sql, parameters)
    } catch (error) {
      const state = sqlState(error)
      if (state === undefined || isUnavailable(state))
        throw new DatabaseUnavailableError(reasonOf(error), error)
      throw error
    } finally {
      this.#running -= 1
    }
  }

  connections(): ConnectionCounts {
    if (this.#state !== 'open' || this.#pglite === undefined) return NO_CONNECTIONS
    const inUse = Math.min(this.#running, 1)
    return { active: 1, inUse, idle: 1 - inUse, waiting: this.#running - inUse }
  }

  async suspend(): Promise<void> {
    if (this.#state === 'open') this.#state = 'suspended'
  }

  resume(): void {
    if (this.#state === 'suspended') this.#state = 'open'
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    await this.#loading?.catch(() => {}) // what was never loaded has nothing to close
    await this.#pglite?.close()
    this.#pglite = undefined
  }

  async #load(): Promise<void> {
    try {
      this.#pglite = await (this.#folder ? PGlite.create(this.#folder) : PGlite.create())
    } catch (error) {
      this.#loading = undefined
      throw new DatabaseUnavailableError(reasonOf(error), error)
    }
  }

  #connected(): PGlite {
    if (this.#state !== 'open') throw new DatabaseUnavailableError(`it is ${this.#state}`)
    if (this.#pglite === undefined) throw new DatabaseUnavailableError('it is loading')
    return this.#pglite
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
