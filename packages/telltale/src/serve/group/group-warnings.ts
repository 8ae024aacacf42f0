import type { Connection } from './connection.js'

/** So many different messages are told of; what varies without end is not to fill a log. */
const MOST = 100

/** What a process has to say about its group. */
export class GroupWarnings {
  readonly #told = new Set<string>()
  readonly #tell: (message: string) => void

  /** `tell` is `process.emitWarning` when left out. */
  constructor(tell: ((message: string) => void) | undefined) {
    this.#tell = tell ?? emitWarning
  }

  /** Each message once, however often it comes. */
  once(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (this.#told.has(message) || this.#told.size > MOST) return
    this.#told.add(message)
    this.#tell(message)
  }

  each(message: string): void {
    this.#tell(message)
  }

  /** Says why the connection ended, where that was because of what came. */
  watch(connection: Connection): void {
    void connection.closed.then(() => {
      if (connection.fault !== undefined) this.once(connection.fault)
    })
  }
}

function emitWarning(message: string): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code: 'TELLTALE_GROUP' })
}
