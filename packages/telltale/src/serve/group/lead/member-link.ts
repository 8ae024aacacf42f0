import type { Connection } from '../connection.js'

/** A member that has not answered for so long is not waited for until it is heard of, in seconds. */
const SILENT_SECONDS = 0.1

/** What the leader knows of a member's connection. */
export class MemberLink {
  readonly process: string
  readonly connection: Connection
  /** When it was heard of last, on the clock that never goes back. */
  heardAt: number
  /** Whether it has said all that there is since it connected. */
  isKnown = false
  #asked = 0
  #answered = 0
  #waitingSince: number | undefined

  constructor(process: string, connection: Connection, now: number) {
    this.process = process
    this.connection = connection
    this.heardAt = now
  }

  /** Whether an answer is due that did not come in time. */
  isSilentAt(now: number): boolean {
    return this.#waitingSince !== undefined && now - this.#waitingSince > SILENT_SECONDS
  }

  /** Whether everything that it was asked for has come. */
  get hasAnswered(): boolean {
    return this.#answered >= this.#asked
  }

  /** Asks for what changed, unless an answer is due anyway: a blocked member's queue does not grow. */
  pull(ask: number, seconds: number, now: number): void {
    if (this.#waitingSince !== undefined) return
    this.#asked = ask
    this.#waitingSince = now
    this.connection.send({ kind: 'pull', ask, seconds })
  }

  answered(ask: number): void {
    this.#answered = ask
    this.#waitingSince = undefined
  }
}
