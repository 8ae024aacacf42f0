import type { GroupLedger } from '../../../aggregate/group/group-ledger.js'
import type { LedgerEvent } from '../../../aggregate/group/ledger-event.js'
import { nextTurn } from '../../../exposition/turn-queue.js'
import { systemClock } from '../../../model/clock.js'
import type { Connection } from '../connection.js'
import { messageBytes } from '../group-message.js'
import type { LedgerJournal } from '../ledger-journal.js'
import { WaitList } from './wait-list.js'

/** One fewer may be killed in the same moment as the leader without a count being lost. */
const DEPUTIES = 2
/** How long a scrape waits for a deputy that does not read, in milliseconds. */
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
  /** Whether it does not answer. */
  readonly isSilent: boolean
}

interface Deputy {
  readonly candidate: Candidate
  readonly appointedAt: number
  /** What happened while its copy is being sent; nothing when it has been. */
  queue: LedgerEvent[] | undefined
  isReady: boolean
}

/** What deputies are made of, and who hears of them. */
export interface DeputySettings {
  readonly ledger: GroupLedger
  readonly journal: LedgerJournal
  readonly candidates: () => readonly Candidate[]
  /** Those who may know what was counted before this leader; nothing where that is not known. */
  readonly witnesses: readonly string[] | undefined
  /** Hears who may know it, before one more is told. */
  readonly nameWitnesses: (processes: readonly string[] | undefined) => void
  /** Hears who has a copy, the first one first. */
  readonly announce: (deputies: readonly string[]) => void
}

/**
 * Members that know what the leader knows, before any scrape shows it: when the leader dies, one of them goes on, and
 * no total falls. What the operating system has taken for a deputy reaches it even if this process is killed in the
 * next moment and the deputy is blocked in this one, so that nobody has to wait for an answer.
 */
export class Deputies {
  readonly #settings: DeputySettings
  readonly #ledger: GroupLedger
  readonly #journal: LedgerJournal
  readonly #deputies = new Map<string, Deputy>()
  /** Those that did not read. */
  readonly #slow = new WeakSet<Connection>()
  readonly #waiting = new WaitList()
  #announced = ''
  #witnesses: readonly string[] | undefined

  constructor(settings: DeputySettings) {
    this.#settings = settings
    this.#ledger = settings.ledger
    this.#journal = settings.journal
    this.#witnesses = settings.witnesses
    this.#nameWitnesses()
  }

  /** Those that have a copy, the first one first. */
  get ready(): readonly string[] {
    return [...this.#deputies.values()]
      .filter(({ isReady }) => isReady)
      .map(({ candidate }) => candidate.process)
  }

  /**
   * Appoints members where deputies are missing, those that answer first. The journal is for those who
   * are left without the leader and the deputies, or start afterwards.
   */
  fill(): void {
    const candidates = [...this.#settings.candidates()].sort(
      (a, b) => Number(a.isSilent) - Number(b.isSilent),
    )
    for (const candidate of candidates) {
      if (this.#deputies.size >= DEPUTIES) break
      const { process, connection } = candidate
      if (this.#deputies.has(process) || this.#slow.has(connection)) continue
      this.#appoint(candidate)
    }
    if (this.#journal.isNeeded(this.#ledger)) this.#journal.keep(this.#ledger)
    else this.#journal.close()
    this.#journal.refresh(this.#ledger)
    this.#tell()
  }

  /** Has every deputy know what happened to the ledger. */
  relay(event: LedgerEvent): void {
    if (this.#deputies.size === 0 && !this.#journal.isKept) return
    const bytes = messageBytes({ kind: 'event', event })
    this.#journal.note(bytes)
    for (const deputy of [...this.#deputies.values()]) {
      const { connection } = deputy.candidate
      if (deputy.queue === undefined) connection.sendBytes(bytes)
      else deputy.queue.push(event)
      if (connection.backlog > MOST_BEHIND) this.#dismiss(deputy)
    }
  }

  /**
   * Resolves when what happened so far survives this process: the journal has it, where there is one. A deputy that has
   * not read for 50 ms what does not fit into its socket is replaced; while there are none but those that are just
   * getting their copy, it waits for these for a second.
   */
  async secure(): Promise<void> {
    this.fill()
    void this.#journal.written.then(() => this.#waiting.check())
    await this.#waiting.until(() => !this.#journal.isBehind, COPY_SECONDS * 1000)
    const ready = [...this.#deputies.values()].filter(({ isReady }) => isReady)
    await Promise.all(ready.map((deputy) => this.#flush(deputy)))
    if (ready.some((deputy) => this.#isDeputy(deputy))) return
    const copying = [...this.#deputies.values()]
    const since = Math.max(0, ...copying.map(({ appointedAt }) => appointedAt))
    const isDone = () => this.#deputies.size === 0 || this.ready.length > 0
    await this.#waiting.until(isDone, (since + COPY_SECONDS - this.#now()) * 1000)
  }

  /** Where no deputy has all, gives it to this member in one go: the process ends, and nothing runs afterwards. */
  handOver({ process, connection }: Pick<Candidate, 'process' | 'connection'>): void {
    if (this.ready.length > 0) return
    this.#settings.nameWitnesses(this.#witnesses && [...this.#witnesses, process])
    connection.send({ kind: 'appointed' })
    for (const event of this.#ledger.events()) connection.send({ kind: 'event', event })
    connection.send({ kind: 'copied' })
    this.#settings.announce([process])
  }

  left(process: string): void {
    if (!this.#deputies.delete(process)) return
    this.#waiting.check()
    this.fill()
  }

  #appoint(candidate: Candidate): void {
    const deputy: Deputy = { candidate, appointedAt: this.#now(), queue: [], isReady: false }
    this.#deputies.set(candidate.process, deputy)
    this.#nameWitnesses()
    void this.#copy(deputy)
  }

  async #copy(deputy: Deputy): Promise<void> {
    const { connection } = deputy.candidate
    connection.send({ kind: 'appointed' })
    let until = performance.now() + SLICE_MS
    // One after the other: what happens meanwhile is in the queue behind the copy.
    for (let events = this.#ledger.events(); events.length > 0; events = deputy.queue?.splice(0) ?? []) {
      for (const event of events) {
        connection.send({ kind: 'event', event })
        if (connection.backlog > BACKLOG) await connection.drained(BACKLOG)
        else if (performance.now() > until) await nextTurn()
        else continue
        until = performance.now() + SLICE_MS
        if (!this.#isDeputy(deputy)) return
      }
    }
    deputy.queue = undefined
    connection.send({ kind: 'copied' })
    await connection.drained(0)
    if (!this.#isDeputy(deputy)) return
    deputy.isReady = true
    this.#tell()
    this.#waiting.check()
  }

  async #flush(deputy: Deputy): Promise<void> {
    const { connection } = deputy.candidate
    if (connection.backlog === 0) return
    const isDone = () => connection.backlog === 0
    void connection.drained(0).then(() => this.#waiting.check())
    await this.#waiting.until(isDone, PATIENCE_MS)
    if (!isDone()) this.#dismiss(deputy)
  }

  #dismiss(deputy: Deputy): void {
    const { connection, process } = deputy.candidate
    this.#slow.add(connection)
    void connection.drained(0).then(() => this.#slow.delete(connection))
    connection.send({ kind: 'dismissed' })
    this.left(process)
  }

  #isDeputy(deputy: Deputy): boolean {
    return this.#deputies.get(deputy.candidate.process) === deputy
  }

  /** Whoever once knew is one until another knows as much. */
  #nameWitnesses(): void {
    const own = [...this.#deputies.keys()]
    if (this.ready.length > 0) this.#witnesses = own
    else if (this.#witnesses !== undefined) this.#witnesses = [...new Set([...this.#witnesses, ...own])]
    this.#settings.nameWitnesses(this.#witnesses)
  }

  #tell(): void {
    this.#nameWitnesses()
    const { ready } = this
    const text = ready.join()
    if (text === this.#announced) return
    this.#announced = text
    this.#settings.announce(ready)
  }

  #now(): number {
    return systemClock.monotonic()
  }
}
