import type { Socket } from 'node:net'
import type { GroupLedger } from '../../../aggregate/group/group-ledger.js'
import type { Family } from '../../../metrics/sample-line.js'
import { systemClock } from '../../../model/clock.js'
import type { Connection } from '../connection.js'
import type { MemberMessage } from '../group-message.js'
import type { LedgerJournal } from '../ledger-journal.js'
import type { LocalChanges } from '../local-changes.js'
import type { Claim } from '../meeting-place.js'
import { Admission } from './admission.js'
import { Attendance } from './attendance.js'
import { Deputies } from './deputies.js'
import { sendAnswer } from './group-answer.js'
import { GroupRecord } from './group-record.js'
import { GroupScrape } from './group-scrape.js'
import { MemberLink } from './member-link.js'
import { MemberLinks } from './member-links.js'
import { WaitList } from './wait-list.js'

/** For so long a process that no longer wants to lead waits for one that can. */
const HAND_OVER_SECONDS = 1

/** What the leader of a group is given. */
export interface LeaderSettings {
  readonly process: string
  readonly local: LocalChanges
  readonly ledger: GroupLedger
  readonly claim: Claim
  /** Others that may know what is in the ledger; nothing where that is not known. */
  readonly witnesses: readonly string[] | undefined
  readonly journal: LedgerJournal
  readonly intervalSeconds: number
  readonly warn: (message: string) => void
}

/**
 * The process that knows what all of its group have counted, and serves it. Who connects is admitted, is a link from
 * then on, and what it says is recorded: in the ledger, in the journal, and with the deputies. Scrapes read the ledger.
 */
export class GroupLeader {
  /** Resolves when this process leads no longer. */
  readonly lost: Promise<void>
  readonly #settings: LeaderSettings
  readonly #links = new MemberLinks()
  readonly #waiting = new WaitList()
  readonly #deputies: Deputies
  readonly #record: GroupRecord
  readonly #attendance: Attendance
  readonly #scrape: GroupScrape
  readonly #admission: Admission
  readonly #timer: ReturnType<typeof setInterval>
  #lose!: () => void
  #isStopped = false

  constructor(settings: LeaderSettings) {
    const { process, local, ledger, claim, witnesses, journal, intervalSeconds, warn } = settings
    const [links, waiting] = [this.#links, this.#waiting]
    this.#settings = settings
    this.lost = new Promise((resolve) => {
      this.#lose = resolve
    })
    const deputies = new Deputies({
      ledger,
      journal,
      witnesses,
      nameWitnesses: (others) => claim.nameWitnesses(others && [process, ...others]),
      candidates: () => links.candidates(now()),
      announce: (ready) => this.#announce(ready),
    })
    const record = new GroupRecord(process, ledger, (event) => deputies.relay(event))
    const attendance = new Attendance(process, record, now, () => waiting.check())
    this.#deputies = deputies
    this.#record = record
    this.#attendance = attendance
    this.#scrape = new GroupScrape({ local, record, links, attendance, deputies, waiting, now })
    this.#admission = new Admission({
      process,
      warn,
      isTaken: (other) => other === process || links.has(other),
      welcome: (connection, member) => this.#welcome(connection, member),
    })
    attendance.begin()
    if (journal.isNeeded(ledger)) journal.keep(ledger)
    claim.server.on('connection', (socket: Socket) => void this.#admission.receive(socket))
    attendance.look()
    this.#timer = setInterval(() => void this.#tick(), intervalSeconds * 1000).unref()
  }

  /** Whether there was ever another process in the group. */
  get isShared(): boolean {
    return this.#settings.ledger.isShared
  }

  /** Whether it shows the group, rather than this process as it is. */
  get showsGroup(): boolean {
    return this.isShared || this.#settings.journal.isFromFirst
  }

  /** The families of the group, with what its members have now, as far as they say within 100 ms. */
  gather(seconds: number): Promise<readonly Family[]> {
    return this.#scrape.gather(seconds)
  }

  /** Hands over: a deputy goes on with all that this process knows. */
  async stop(): Promise<void> {
    const until = now() + HAND_OVER_SECONDS
    while (!this.#isStopped) {
      await this.#waiting.until(() => this.#isHandedOver, (until - now()) * 1000)
      this.#record.addOwn(await this.#settings.local.peek())
      this.#record.add({ kind: 'departed', process: this.#settings.process })
      await this.#deputies.secure()
      // Who was the only deputy may have left meanwhile.
      if (this.#isHandedOver || now() > until) this.#close()
    }
  }

  /** What there is to say when the process ends: in one go, as nothing runs afterwards. */
  lastWords(): void {
    if (this.#isStopped) return
    this.#record.addOwn(this.#settings.local.last())
    const [first] = this.#links.all
    if (first !== undefined) this.#deputies.handOver(first)
    this.#letGo()
  }

  /** Whether another process knows what this one knows, or there is none. */
  get #isHandedOver(): boolean {
    const isLast = this.#links.size === 0 && !this.#attendance.isAwaiting
    return isLast || this.#deputies.ready.length > 0
  }

  #welcome(connection: Connection, process: string): void {
    const link = new MemberLink(process, connection, now())
    this.#links.add(link)
    const worker = this.#attendance.welcome(process)
    connection.send({ kind: 'welcome', process: this.#settings.process, worker })
    connection.send({ kind: 'succession', deputies: this.#deputies.ready })
    connection.onMessage((message) => this.#take(link, message as MemberMessage))
    void connection.closed.then(() => this.#disconnect(link))
  }

  #take(link: MemberLink, message: MemberMessage): void {
    const { process, connection } = link
    link.heardAt = now()
    switch (message.kind) {
      case 'update':
        this.#record.add({ kind: 'updated', process, update: message.update })
        if (!link.isKnown) this.#know(link)
        return
      case 'pulled':
        link.answered(message.ask)
        this.#waiting.check()
        return
      case 'ask':
        void this.#answer(connection, message.ask, message.seconds).catch(() => connection.destroy())
        return
      case 'bye':
        if (message.ends) this.#attendance.ended(process)
        this.#disconnect(link)
        void this.#sayFarewell(connection)
    }
  }

  #know(link: MemberLink): void {
    link.isKnown = true
    this.#deputies.fill()
    this.#waiting.check()
  }

  async #answer(connection: Connection, ask: number, seconds: number): Promise<void> {
    await sendAnswer(connection, ask, await this.gather(seconds))
  }

  async #sayFarewell(connection: Connection): Promise<void> {
    await this.#deputies.secure()
    if (!this.#isStopped) connection.send({ kind: 'farewell' })
    connection.end()
  }

  #disconnect(link: MemberLink): void {
    if (this.#isStopped || !this.#links.includes(link)) return
    this.#links.remove(link)
    this.#deputies.left(link.process)
    this.#waiting.check()
    this.#attendance.left(link.process)
  }

  async #tick(): Promise<void> {
    this.#attendance.look()
    if (!(await this.#settings.claim.renew())) {
      this.#close(() => this.#leaveAll())
      return
    }
    if (!this.showsGroup) return
    this.#record.addOwn(await this.#settings.local.peek())
    this.#deputies.fill()
  }

  #announce(deputies: readonly string[]): void {
    this.#links.tell({ kind: 'succession', deputies })
    this.#waiting.check()
  }

  #close(letGo = () => this.#letGo()): void {
    this.#isStopped = true
    clearInterval(this.#timer)
    this.#record.close()
    this.#attendance.close()
    letGo()
    this.#admission.close()
    this.#lose()
  }

  #letGo(): void {
    if (this.#links.size > 0) this.#leaveAll()
    else {
      this.#settings.journal.end(this.#settings.ledger)
      this.#settings.claim.release()
    }
  }

  /** Place and journal are of those who lead next, or already do. */
  #leaveAll(): void {
    this.#settings.journal.leave()
    this.#settings.claim.leaveToOthers()
  }
}

function now(): number {
  return systemClock.monotonic()
}
