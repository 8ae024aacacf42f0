import type { Socket } from 'node:net'
import { snapshotOf } from '../../aggregate/family-snapshot.js'
import type { GroupLedger } from '../../aggregate/group/group-ledger.js'
import type { LedgerEvent } from '../../aggregate/group/ledger-event.js'
import { nextTurn } from '../../exposition/turn-queue.js'
import type { Family } from '../../metrics/sample-line.js'
import { systemClock } from '../../model/clock.js'
import { Connection } from './connection.js'
import { Deputies } from './deputies.js'
import { GROUP_PROTOCOL, type Hello, type MemberMessage, VALUES_FORMAT } from './group-message.js'
import { groupFamilies } from './group-report.js'
import type { LedgerJournal } from './ledger-journal.js'
import type { LocalChanges } from './local-changes.js'
import type { Claim } from './meeting-place.js'
import { MemberLink } from './member-link.js'
import { MissingProcesses } from './missing-processes.js'
import { pidIn } from './process-id.js'
import { WaitList } from './wait-list.js'

/** How long a scrape waits for what members have now, in milliseconds; then what they had last counts. */
const PULL_MS = 100
const HELLO_SECONDS = 5
/** A process closes its connections shortly before it is gone. */
const SOON_MS = 50
/** More bytes than this do not wait for one member. */
const BACKLOG = 2 ** 20
/** For so long after the lead changed, a scrape waits for the first of the others to come. */
const SETTLE_SECONDS = 1
/** For so long a process that no longer wants to lead waits for one that can. */
const HAND_OVER_SECONDS = 1

/** What the leader of a group is given. */
export interface LeaderSettings {
  readonly process: string
  readonly local: LocalChanges
  readonly ledger: GroupLedger
  readonly claim: Claim
  readonly journal: LedgerJournal
  readonly intervalSeconds: number
  readonly warn: (message: string) => void
}

/** The process that knows what all of its group have counted, and serves it. */
export class GroupLeader {
  /** Resolves when this process leads no longer. */
  readonly lost: Promise<void>
  readonly #settings: LeaderSettings
  readonly #ledger: GroupLedger
  readonly #links = new Map<string, MemberLink>()
  readonly #connections = new Set<Connection>()
  readonly #missing = new MissingProcesses()
  readonly #deputies: Deputies
  readonly #waiting = new WaitList()
  readonly #timer: ReturnType<typeof setInterval>
  readonly #startedAt: number
  #asks = 0
  #gathering: Promise<readonly Family[]> | undefined
  #lose!: () => void
  #isStopped = false

  constructor(settings: LeaderSettings) {
    const { process, ledger, claim, journal, intervalSeconds } = settings
    this.#settings = settings
    this.#ledger = ledger
    this.#startedAt = this.#now()
    this.lost = new Promise((resolve) => {
      this.#lose = resolve
    })
    this.#deputies = new Deputies(
      ledger,
      () => this.#candidates(),
      (deputies) => this.#tell(deputies),
      journal,
    )
    for (const known of ledger.processes) {
      if (known.process !== process && known.isHere) this.#missing.expect(known.process, this.#now())
      else if (known.process !== process) this.#missing.left(known.process, this.#now())
    }
    this.#record({ kind: 'reign', reign: ledger.reign + 1 })
    if (!ledger.has(process)) this.#record({ kind: 'entered', process, worker: ledger.nextWorker })
    if (journal.isNeeded(ledger)) journal.keep(ledger)
    claim.server.on('connection', (socket: Socket) => void this.#receive(socket))
    this.#look()
    this.#timer = setInterval(() => void this.#tick(), intervalSeconds * 1000).unref()
  }

  /** Whether there was ever another process in the group. */
  get isShared(): boolean {
    return this.#ledger.isShared
  }

  /** Whether it shows the group, rather than this process as it is. */
  get showsGroup(): boolean {
    return this.isShared || this.#settings.journal.isFromFirst
  }

  /** The families of the group, with what its members have now, as far as they say within 100 ms. */
  gather(seconds: number): Promise<readonly Family[]> {
    this.#gathering ??= this.#gatherOnce(seconds).finally(() => {
      this.#gathering = undefined
    })
    return this.#gathering
  }

  /** Hands over: a deputy goes on with all that this process knows. */
  async stop(): Promise<void> {
    const until = this.#now() + HAND_OVER_SECONDS
    while (!this.#isStopped) {
      await this.#waiting.until(() => this.#isHandedOver, (until - this.#now()) * 1000)
      for (const update of await this.#settings.local.peek()) this.#recordOwn(update)
      this.#record({ kind: 'departed', process: this.#settings.process })
      await this.#deputies.secure()
      // Who was the only deputy may have left meanwhile.
      if (this.#isHandedOver || this.#now() > until) this.#close()
    }
  }

  /** Whether another process knows what this one knows, or there is none. */
  get #isHandedOver(): boolean {
    const isLast = this.#links.size === 0 && this.#missing.expected.length === 0
    return isLast || this.#deputies.ready.length > 0
  }

  /** What there is to say when the process ends: in one go, as nothing runs afterwards. */
  lastWords(): void {
    if (this.#isStopped) return
    for (const update of this.#settings.local.last()) this.#recordOwn(update)
    const [first] = this.#links.values()
    if (first !== undefined) this.#deputies.handOver(first)
    this.#letGo()
  }

  async #gatherOnce(seconds: number): Promise<readonly Family[]> {
    await Promise.all([this.#refreshOwn(seconds), this.#pull(seconds)])
    await this.#settle()
    await this.#deputies.secure()
    return [...this.#ledger.view(), ...groupFamilies(this.#facts())]
  }

  /** Before anybody else knows what this process knows, it would be lost with it. */
  async #settle(): Promise<void> {
    const isSettled = () => this.#candidates().length > 0 || this.#missing.expected.length === 0
    await this.#waiting.until(isSettled, (this.#startedAt + SETTLE_SECONDS - this.#now()) * 1000)
  }

  async #refreshOwn(seconds: number): Promise<void> {
    let isDone = false
    void this.#settings.local.refresh(seconds).then((updates) => {
      for (const update of updates) this.#recordOwn(update)
      isDone = true
      this.#waiting.check()
    })
    await this.#waiting.until(() => isDone, PULL_MS)
    // Collectors may be late; what was shown while this process was alone may not be missing.
    if (!isDone) for (const update of await this.#settings.local.peek()) this.#recordOwn(update)
  }

  async #pull(seconds: number): Promise<void> {
    const now = this.#now()
    const ask = ++this.#asks
    const asked = [...this.#links.values()].filter((link) => !link.isSilentAt(now))
    for (const link of asked) link.pull(ask, seconds, now)
    const isDone = () =>
      asked.every((link) => link.hasAnswered || this.#links.get(link.process) !== link) &&
      this.#missing.expected.length === 0 &&
      [...this.#links.values()].every(({ isKnown }) => isKnown)
    await this.#waiting.until(isDone, PULL_MS)
  }

  #facts() {
    const now = this.#now()
    const links = [...this.#links.values()]
    return {
      members: links.length + 1,
      silent: links.filter((link) => link.isSilentAt(now)).length,
      oldestSeconds: Math.max(0, ...links.map(({ heardAt }) => now - heardAt)),
      workers: this.#ledger.processes
        .filter(({ isHere }) => isHere)
        .map(({ process, worker }) => ({ worker, pid: pidIn(process) })),
      clashes: this.#ledger.clashes.counts,
    }
  }

  async #receive(socket: Socket): Promise<void> {
    const connection = new Connection(socket)
    this.#connections.add(connection)
    void connection.closed.then(() => {
      this.#connections.delete(connection)
      const { fault } = connection
      if (fault !== undefined) {
        this.#settings.warn(`a message between the processes of a group cannot be read: ${fault}`)
      }
    })
    const hello = await connection.first(HELLO_SECONDS)
    if (hello?.kind !== 'hello' || this.#isStopped) connection.destroy()
    else if (hello.protocol !== GROUP_PROTOCOL || hello.values !== VALUES_FORMAT) {
      this.#refuse(connection, 'version')
      this.#warnOf(hello)
    } else if (hello.process === this.#settings.process || this.#links.has(hello.process)) {
      this.#refuse(connection, 'taken')
    } else this.#welcome(connection, hello.process)
  }

  #refuse(connection: Connection, reason: 'version' | 'taken'): void {
    const own = { protocol: GROUP_PROTOCOL, values: VALUES_FORMAT }
    connection.send({ kind: 'refused', reason, process: this.#settings.process, ...own })
    connection.end()
  }

  #warnOf({ process, protocol, values }: Hello): void {
    this.#settings.warn(
      `process ${pidIn(process)} cannot join the process group: got protocol ${protocol} with values of format ${values}, ` +
        `expected protocol ${GROUP_PROTOCOL} with format ${VALUES_FORMAT}. It serves its own metrics; run all processes of ` +
        'the group with one version of telltale and of Node.js',
    )
  }

  #welcome(connection: Connection, process: string): void {
    const link = new MemberLink(process, connection, this.#now())
    this.#links.set(process, link)
    this.#missing.found(process)
    if (!this.#ledger.has(process)) {
      this.#record({ kind: 'entered', process, worker: this.#ledger.nextWorker })
    }
    const { worker } = this.#ledger.processes.find((known) => known.process === process)!
    connection.send({ kind: 'welcome', process: this.#settings.process, worker })
    connection.send({ kind: 'succession', deputies: this.#deputies.ready })
    connection.onMessage((message) => this.#take(link, message as MemberMessage))
    void connection.closed.then(() => this.#disconnect(link))
  }

  #take(link: MemberLink, message: MemberMessage): void {
    link.heardAt = this.#now()
    switch (message.kind) {
      case 'update':
        this.#record({ kind: 'updated', process: link.process, update: message.update })
        if (!link.isKnown) {
          link.isKnown = true
          this.#deputies.fill()
          this.#waiting.check()
        }
        return
      case 'pulled':
        link.answered(message.ask)
        this.#waiting.check()
        return
      case 'ask':
        void this.#answer(link.connection, message.ask, message.seconds).catch(() =>
          link.connection.destroy(),
        )
        return
      case 'bye':
        if (message.ends) this.#ended(link.process)
        this.#disconnect(link)
        void this.#sayFarewell(link.connection)
    }
  }

  async #sayFarewell(connection: Connection): Promise<void> {
    await this.#deputies.secure()
    if (!this.#isStopped) connection.send({ kind: 'farewell' })
    connection.end()
  }

  /** Sends the metrics of the group to a member that was asked for them. */
  async #answer(connection: Connection, ask: number, seconds: number): Promise<void> {
    for (const family of await this.gather(seconds)) {
      // It is shown as it is: nothing will be merged with it any longer.
      const [snapshot] = snapshotOf({ families: [family], defaultLabels: {} }, () => 'first')
      connection.send({ kind: 'answer', ask, family: snapshot! })
      if (connection.backlog > BACKLOG) await connection.drained(BACKLOG)
      else await nextTurn()
      if (!connection.isOpen) return
    }
    connection.send({ kind: 'answered', ask })
  }

  #disconnect(link: MemberLink): void {
    const { process } = link
    if (this.#isStopped || this.#links.get(process) !== link) return
    this.#links.delete(process)
    this.#deputies.left(process)
    this.#waiting.check()
    if (!this.#ledger.has(process)) return
    this.#record({ kind: 'departed', process })
    this.#missing.left(process, this.#now())
    this.#look()
    setTimeout(() => this.#look(), SOON_MS).unref()
  }

  /** Looks what became of processes that are not connected. */
  #look(): void {
    if (this.#isStopped) return
    const { ended, departed } = this.#missing.look(this.#now())
    for (const process of ended) this.#ended(process)
    for (const process of departed) this.#record({ kind: 'departed', process })
    if (ended.length > 0) this.#waiting.check()
  }

  #ended(process: string): void {
    this.#missing.found(process)
    if (this.#ledger.has(process)) this.#record({ kind: 'ended', process })
  }

  async #tick(): Promise<void> {
    this.#look()
    if (!(await this.#settings.claim.renew())) {
      this.#close(() => this.#leaveAll())
      return
    }
    if (!this.showsGroup) return
    for (const update of await this.#settings.local.peek()) this.#recordOwn(update)
    this.#deputies.fill()
  }

  #recordOwn(update: Extract<LedgerEvent, { kind: 'updated' }>['update']): void {
    this.#record({ kind: 'updated', process: this.#settings.process, update })
  }

  #record(event: LedgerEvent): void {
    if (this.#isStopped) return
    this.#ledger.apply(event)
    this.#deputies.relay(event)
  }

  #candidates() {
    const now = this.#now()
    return [...this.#links.values()]
      .filter(({ isKnown }) => isKnown)
      .map((link) => ({
        process: link.process,
        connection: link.connection,
        isSilent: link.isSilentAt(now),
      }))
  }

  #tell(deputies: readonly string[]): void {
    for (const { connection } of this.#links.values()) connection.send({ kind: 'succession', deputies })
    this.#waiting.check()
  }

  #close(letGo = () => this.#letGo()): void {
    this.#isStopped = true
    clearInterval(this.#timer)
    letGo()
    for (const connection of this.#connections) connection.end()
    this.#lose()
  }

  #letGo(): void {
    if (this.#links.size > 0) this.#leaveAll()
    else {
      this.#settings.journal.end(this.#ledger)
      this.#settings.claim.release()
    }
  }

  /** Place and journal are of those who lead next, or already do. */
  #leaveAll(): void {
    this.#settings.journal.leave()
    this.#settings.claim.leaveToOthers()
  }

  #now(): number {
    return systemClock.monotonic()
  }
}
