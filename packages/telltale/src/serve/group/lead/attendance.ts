import { pidIn } from '../process-id.js'
import type { GroupRecord } from './group-record.js'
import { MissingProcesses } from './missing-processes.js'

/** A process closes its connections shortly before it is gone. */
const SOON_MS = 50

/**
 * Which processes of the group are there, by what the leader sees of them: who connects has entered, whose connection
 * is gone has departed, and who is not known to the operating system any longer has ended.
 */
export class Attendance {
  readonly #process: string
  readonly #record: GroupRecord
  readonly #now: () => number
  readonly #onEnded: () => void
  readonly #missing = new MissingProcesses()
  #isOver = false

  /** `process` is the one that leads; `onEnded` hears whenever processes that were missing have ended. */
  constructor(process: string, record: GroupRecord, now: () => number, onEnded: () => void) {
    this.#process = process
    this.#record = record
    this.#now = now
    this.#onEnded = onEnded
  }

  /** Whether a process has not come back yet that followed the leader before. */
  get isAwaiting(): boolean {
    return this.#missing.expected.length > 0
  }

  /** The processes that are there, by their numbers in the group. */
  get workers(): readonly { readonly worker: number; readonly pid: number }[] {
    return this.#record.ledger.processes
      .filter(({ isHere }) => isHere)
      .map(({ process, worker }) => ({ worker, pid: pidIn(process) }))
  }

  /** A process leads that has the ledger of those before it: all whom these knew are missing. */
  begin(): void {
    const { ledger } = this.#record
    for (const { process, isHere } of ledger.processes) {
      if (process === this.#process) continue
      if (isHere) this.#missing.expect(process, this.#now())
      else this.#missing.left(process, this.#now())
    }
    this.#record.add({ kind: 'reign', reign: ledger.reign + 1 })
    this.#enter(this.#process)
  }

  /** A process has connected; returns its number in the group. */
  welcome(process: string): number {
    this.#missing.found(process)
    this.#enter(process)
    return this.#record.ledger.processes.find((known) => known.process === process)!.worker
  }

  /** The connection of a process is gone. */
  left(process: string): void {
    if (!this.#record.ledger.has(process)) return
    this.#record.add({ kind: 'departed', process })
    this.#missing.left(process, this.#now())
    this.look()
    setTimeout(() => this.look(), SOON_MS).unref()
  }

  /** A process said that it ends. */
  ended(process: string): void {
    this.#missing.found(process)
    if (this.#record.ledger.has(process)) this.#record.add({ kind: 'ended', process })
  }

  /** Looks what became of processes that are not connected. */
  look(): void {
    if (this.#isOver) return
    const { ended, departed } = this.#missing.look(this.#now())
    for (const process of ended) this.ended(process)
    for (const process of departed) this.#record.add({ kind: 'departed', process })
    if (ended.length > 0) this.#onEnded()
  }

  close(): void {
    this.#isOver = true
  }

  #enter(process: string): void {
    const { ledger } = this.#record
    if (!ledger.has(process)) this.#record.add({ kind: 'entered', process, worker: ledger.nextWorker })
  }
}
