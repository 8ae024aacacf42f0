import type { GroupLedger } from '../../aggregate/group/group-ledger.js'
import { systemClock } from '../../model/clock.js'
import { isAlive } from './process-id.js'

/** How long a deputy waits for one before it that is there but does nothing, in seconds. */
const DEPUTY_SECONDS = 0.5
/** The same for a process that knows nothing of what the others have counted: totals would begin again with it. */
const STRANGER_SECONDS = 10

/** What a process knows when a leader is gone. */
export interface Known {
  /** What the group has counted, where this process is a deputy. */
  readonly ledger: GroupLedger | undefined
  /** The deputies, the first one first. */
  readonly deputies: readonly string[]
}

/** Who takes the lead after a leader is gone. */
export class Succession {
  /** What the group has counted, where this process knows. */
  readonly ledger: GroupLedger | undefined
  readonly #process: string
  readonly #deputies: readonly string[]
  readonly #since = systemClock.monotonic()

  constructor(process: string, known: Known = { ledger: undefined, deputies: [] }) {
    this.#process = process
    this.ledger = known.ledger
    this.#deputies = known.deputies
  }

  /** Whether this process knows anything of who comes next. */
  get isInformed(): boolean {
    return this.ledger !== undefined || this.#deputies.length > 0
  }

  /**
   * The succession after a leader that this process followed. While that leader had no deputies yet, those of the one
   * before it know most.
   */
  after(leader: Known): Succession {
    const known =
      leader.ledger === undefined && leader.deputies.length === 0
        ? { ledger: this.ledger, deputies: this.#deputies }
        : leader
    return new Succession(this.#process, known)
  }

  /** Whether it is this process's turn: those before it are dead, or had their time. */
  isNext(): boolean {
    const own = this.ledger === undefined ? -1 : this.#deputies.indexOf(this.#process)
    const before = own < 0 ? this.#deputies : this.#deputies.slice(0, own)
    const patience = own < 0 ? STRANGER_SECONDS : DEPUTY_SECONDS * own
    return systemClock.monotonic() - this.#since >= patience * Number(before.some(isAlive))
  }
}

/** What the later leader knew; of one leader the journal, in which everything is first. */
export function newestLedger(
  journal: GroupLedger | undefined,
  deputy: GroupLedger | undefined,
): GroupLedger | undefined {
  if (journal === undefined || deputy === undefined) return journal ?? deputy
  return journal.reign >= deputy.reign ? journal : deputy
}
