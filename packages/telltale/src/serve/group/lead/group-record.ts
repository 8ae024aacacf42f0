import type { GroupLedger } from '../../../aggregate/group/group-ledger.js'
import type { LedgerEvent } from '../../../aggregate/group/ledger-event.js'
import type { ProcessUpdate } from '../../../aggregate/group/process-update.js'

/** Where the leader says what happens: it goes into the ledger, and to all that have to know what is in it. */
export class GroupRecord {
  readonly ledger: GroupLedger
  readonly #process: string
  readonly #relay: (event: LedgerEvent) => void
  #isClosed = false

  /** `process` is the one that leads. */
  constructor(process: string, ledger: GroupLedger, relay: (event: LedgerEvent) => void) {
    this.#process = process
    this.ledger = ledger
    this.#relay = relay
  }

  add(event: LedgerEvent): void {
    if (this.#isClosed) return
    this.ledger.apply(event)
    this.#relay(event)
  }

  /** What the leading process has counted itself. */
  addOwn(updates: readonly ProcessUpdate[]): void {
    for (const update of updates) this.add({ kind: 'updated', process: this.#process, update })
  }

  /** Whatever happens from now on is for the next leader to say. */
  close(): void {
    this.#isClosed = true
  }
}
