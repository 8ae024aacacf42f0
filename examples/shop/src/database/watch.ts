import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../log.js'
import { type ConnectionCounts, type Database, NO_CONNECTIONS } from './database.js'
import { migrate } from './migration.js'

const PING_INTERVAL_MS = 1_000
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 2_000

export type DatabaseState = 'starting' | 'up' | 'down'

/**
 * Keeps asking whether the database answers, and creates its tables whenever it comes or comes back. It never
 * throws: a database that is down is a state, not an error.
 */
export class DatabaseWatch {
  readonly #database: Database
  readonly #log: Log
  readonly #end = new AbortController()
  readonly #firstUp: Promise<void>
  #announceUp: () => void = () => {}
  #state: DatabaseState = 'starting'
  #running: Promise<void> = Promise.resolve()

  constructor(database: Database, log: Log) {
    this.#database = database
    this.#log = log
    this.#firstUp = new Promise((resolve) => {
      this.#announceUp = resolve
    })
  }

  get state(): DatabaseState {
    return this.#state
  }

  /** The connections that can be used: none while the database does not answer, open sockets or not. */
  connections(): ConnectionCounts {
    const counts = this.#database.connections()
    return this.#state === 'up' ? counts : { ...NO_CONNECTIONS, waiting: counts.waiting }
  }

  start(): void {
    this.#running = this.#run()
  }

  async stop(): Promise<void> {
    this.#end.abort()
    await this.#running
  }

  /** Resolves when the database has answered once, with its tables in place. */
  ready(): Promise<void> {
    return this.#firstUp
  }

  async #run(): Promise<void> {
    const { signal } = this.#end
    let retry = FIRST_RETRY_MS
    while (!signal.aborted) {
      await this.#check()
      const pause = this.#state === 'up' ? PING_INTERVAL_MS : retry
      retry = this.#state === 'up' ? FIRST_RETRY_MS : Math.min(retry * 2, LAST_RETRY_MS)
      await sleep(pause, undefined, { signal }).catch(() => {})
    }
  }

  async #check(): Promise<void> {
    try {
      await this.#database.loaded()
      if (this.#state === 'up') await this.#database.query('SELECT 1')
      else await migrate(this.#database)
      this.#become('up', 'Database: up.')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#become('down', `${reason}. The shop keeps serving and tries again until it answers.`)
    }
  }

  #become(state: 'up' | 'down', line: string): void {
    if (state === this.#state || this.#end.signal.aborted) return
    this.#state = state
    if (state === 'down') {
      this.#log.warn(line)
    } else {
      this.#log.info(line)
      this.#announceUp()
    }
  }
}
