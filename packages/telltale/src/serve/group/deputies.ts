import type { GroupLedger } from '../../aggregate/group/group-ledger.js'
import type { LedgerEvent } from '../../aggregate/group/ledger-event.js'
import { nextTurn } from '../../exposition/turn-queue.js'
import { systemClock } from '../../model/clock.js'
import type { Connection } from './connection.js'
import { messageBytes } from './group-message.js'
import { WaitList } from './wait-list.js'

/** So many processes may be killed at one moment, that of the leader besides, without a count being lost. */
const DEPUTIES = 2
/** How long a scrape waits for what deputies confirm, in milliseconds. */
const PATIENCE_MS = 50
/** The same while the only deputies are just getting their copy of the ledger. */
const COPY_SECONDS = 1
/** How long a copy holds the event loop at a time, in milliseconds. */
const SLICE_MS = 5
/** A copy is sent in pieces, no more of which may wait than this. */
const BACKLOG = 2 ** 20
/** A deputy that is behind by so many bytes is none. */
const MOST_BEHIND = 2 ** 26

/** A member that can be a deputy. */
export interface Candidate {
  readonly process: string
  readonly connection: Connection
  /** Whether it answers. */
  readonly isSilent: boolean
}

interface Deputy {
  readonly candidate: Candidate
  readonly appointedAt: number
  /** The last commit that it confirmed, 0 until it has a copy of all. */
  confirmed: number
  /** Whether all that there was has been sent to it. */
  isCopied: boolean
}

/**
 * Members that know what the leader knows, before any scrape shows it: when the leader dies, one of them goes on, and
 * no total falls. Those that do not confirm in time are replaced, and no scrape waits for them again.
 */
export class Deputies {
  readonly #ledger: GroupLedger
  readonly #candidates: () => readonly Candidate[]
  readonly #announce: (deputies: readonly string[]) => void
  readonly #deputies = new Map<string, Deputy>()
  readonly #slow = new WeakSet<Connection>()
  readonly #waiting = new WaitList()
  #commits = 0
  #announced = ''

  constructor(
    ledger: GroupLedger,
    candidates: () => readonly Candidate[],
    announce: (deputies: readonly string[]) => void,
  ) {
    this.#ledger = ledger
    this.#candidates = candidates
    this.#announce = announce
  }

  /** Those that have a copy, the first one first. */
  get ready(): readonly string[] {
    return [...this.#deputies.values()]
      .filter(({ confirmed }) => confirmed > 0)
      .map(({ candidate }) => candidate.process)
  }

  /** Appoints members where deputies are missing. */
  fill(): void {
    for (const candidate of this.#candidates()) {
      if (this.#deputies.size >= DEPUTIES) break
      const { process, connection, isSilent } = candidate
      if (isSilent || this.#deputies.has(process) || this.#slow.has(connection)) continue
      const deputy: Deputy = { candidate, appointedAt: this.#now(), confirmed: 0, isCopied: false }
      this.#deputies.set(process, deputy)
      void this.#copy(deputy)
    }
    this.#tell()
  }

  /** Has every deputy know what happened to the ledger. */
  relay(event: LedgerEvent): void {
    if (this.#deputies.size === 0) return
    const bytes = messageBytes({ kind: 'event', event })
    for (const deputy of [...this.#deputies.values()]) {
      const { connection } = deputy.candidate
      connection.sendBytes(bytes)
      if (connection.backlog > MOST_BEHIND) this.#dismiss(deputy)
    }
  }

  /**
   * Resolves when every deputy knows what happened so far. Those that take longer than 50 ms are replaced; while there
   * are none but those that are just getting their copy, it waits for these for a second.
   */
  async commit(): Promise<void> {
    this.fill()
    const commit = ++this.#commits
    const asked = [...this.#deputies.values()]
    const ready = asked.filter(({ isCopied }) => isCopied)
    for (const { candidate } of ready) candidate.connection.send({ kind: 'commit', commit })
    const knows = ({ confirmed }: Deputy) => confirmed >= commit
    const late = () => ready.filter((deputy) => !knows(deputy) && this.#isDeputy(deputy))
    await this.#waiting.until(() => late().length === 0, PATIENCE_MS)
    for (const deputy of late()) this.#dismiss(deputy)
    if (ready.some(knows)) return
    const isDone = () => {
      const copying = [...this.#deputies.values()]
      return copying.length === 0 || copying.some(knows)
    }
    const since = Math.max(0, ...[...this.#deputies.values()].map(({ appointedAt }) => appointedAt))
    await this.#waiting.until(isDone, (since + COPY_SECONDS - this.#now()) * 1000)
  }

  /** Where no deputy has all, gives it to this member in one go: the process ends, and nothing runs afterwards. */
  handOver({ process, connection }: Pick<Candidate, 'process' | 'connection'>): void {
    if (this.ready.length > 0) return
    connection.send({ kind: 'appointed' })
    for (const event of this.#ledger.events()) connection.send({ kind: 'event', event })
    connection.send({ kind: 'commit', commit: ++this.#commits })
    this.#announce([process])
  }

  /** A deputy confirmed that it knows what was sent before this commit. */
  confirmed(process: string, commit: number): void {
    const deputy = this.#deputies.get(process)
    if (deputy === undefined) return
    const isNew = deputy.confirmed === 0
    deputy.confirmed = Math.max(deputy.confirmed, commit)
    if (isNew) this.#tell()
    this.#waiting.check()
  }

  /** A member was heard of: what was slow may be a deputy again. */
  heard(connection: Connection): void {
    this.#slow.delete(connection)
  }

  left(process: string): void {
    if (!this.#deputies.delete(process)) return
    this.#waiting.check()
    this.fill()
  }

  async #copy(deputy: Deputy): Promise<void> {
    const { connection } = deputy.candidate
    connection.send({ kind: 'appointed' })
    let until = performance.now() + SLICE_MS
    for (const event of this.#ledger.events()) {
      connection.send({ kind: 'event', event })
      if (connection.backlog > BACKLOG) await connection.drained(BACKLOG)
      else if (performance.now() > until) await nextTurn()
      else continue
      until = performance.now() + SLICE_MS
      if (!this.#isDeputy(deputy)) return
    }
    deputy.isCopied = true
    connection.send({ kind: 'commit', commit: ++this.#commits })
  }

  #isDeputy(deputy: Deputy): boolean {
    return this.#deputies.get(deputy.candidate.process) === deputy
  }

  #now(): number {
    return systemClock.monotonic()
  }

  #dismiss({ candidate }: Deputy): void {
    this.#slow.add(candidate.connection)
    candidate.connection.send({ kind: 'dismissed' })
    this.left(candidate.process)
  }

  #tell(): void {
    const { ready } = this
    const text = ready.join()
    if (text === this.#announced) return
    this.#announced = text
    this.#announce(ready)
  }
}
