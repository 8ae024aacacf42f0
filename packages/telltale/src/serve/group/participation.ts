import { GroupLedger } from '../../aggregate/group/group-ledger.js'
import { systemClock } from '../../model/clock.js'
import { Connection } from './connection.js'
import { CurrentRole } from './current-role.js'
import { GroupMember } from './group-member.js'
import { helloOf } from './group-message.js'
import type { GroupWarnings } from './group-warnings.js'
import { GroupLeader } from './lead/group-leader.js'
import { type JournalPlace, LedgerJournal } from './ledger-journal.js'
import type { LocalChanges } from './local-changes.js'
import type { Found, MeetingPlace } from './meeting-place.js'
import { isAlive } from './process-id.js'
import { refusalError } from './refusal.js'
import { newestLedger, Succession } from './succession.js'

const WELCOME_SECONDS = 2
const RETRY_MS = 10
/** Longer than two deputies take, one after the other, on a busy machine. */
const NEWCOMER_SECONDS = 2
const TAKEN_MS = 50
const REFUSALS = 10
/** For so long a process that leaves waits for somebody who takes what it has counted. */
const LEAVE_SECONDS = 2
/** A process that cannot take part looks so often whether it can. */
const ALONE_MS = 5000

/** What a process takes part with. */
export interface ParticipationSettings {
  readonly process: string
  readonly place: MeetingPlace
  readonly journalPlace: JournalPlace
  readonly local: LocalChanges
  readonly intervalSeconds: number
  readonly warnings: GroupWarnings
}

/**
 * The life of a process in its group: it looks who leads and follows, until that one is gone; where nobody leads, and it
 * is its turn, it leads itself. It goes on in the background until it is ended, and keeps no process alive.
 */
export class Participation {
  readonly role = new CurrentRole()
  readonly #settings: ParticipationSettings
  #succession: Succession
  #leader: GroupLeader | undefined
  #member: GroupMember | undefined
  #refusals = 0
  /** Since when this process, which knows nothing of the group, has found it without a leader. */
  #orphanedSince: number | undefined
  #isStopped = false
  readonly #ended: Promise<void>

  constructor(settings: ParticipationSettings) {
    this.#settings = settings
    this.#succession = new Succession(settings.process)
    this.#ended = this.#run()
  }

  /** There while this process leads. */
  get leader(): GroupLeader | undefined {
    return this.#leader
  }

  /** There while this process follows another one. */
  get member(): GroupMember | undefined {
    return this.#member
  }

  /**
   * Tells who leads what this process has counted, unless it leads itself. Resolves when that is known to somebody who
   * stays, or after two seconds: leaders may leave at the same time.
   */
  async leave(): Promise<void> {
    const until = systemClock.monotonic() + LEAVE_SECONDS
    while (this.#leader === undefined && this.role.value !== 'alone') {
      const left = until - systemClock.monotonic()
      if (left <= 0) return
      const member = this.#member
      await Promise.race([this.role.next(left), ...(member ? [member.leave()] : [])])
      if (member?.hasLeft) return
    }
  }

  /** Ends it; where this process leads, when another one has all that it knows. */
  async end(): Promise<void> {
    this.#isStopped = true
    await this.#leader?.stop()
    this.#member?.destroy()
    this.role.turn('alone')
    await this.#ended
  }

  /** What there is to say when the process ends: in one go, as nothing runs afterwards. */
  lastWords(): void {
    this.#leader?.lastWords()
    this.#member?.lastWords()
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const found = await this.#look()
      if (this.#isStopped) found?.socket?.destroy()
      else if (found === undefined) await this.#beAlone()
      else if (found.socket !== undefined) {
        this.#orphanedSince = undefined
        await this.#follow(new Connection(found.socket))
      } else if (this.#mayLead(found)) await this.#lead(found)
      else await this.role.rest(RETRY_MS)
    }
  }

  /**
   * A newcomer that finds the place of a dead leader gives those who may know what the group has counted time to take it,
   * unless none of them is alive.
   */
  #mayLead({ isOrphaned = false, witnesses }: Found): boolean {
    if (!isOrphaned || this.#succession.isInformed) return this.#succession.isNext()
    if (witnesses !== undefined && !witnesses.some(isAlive)) return true
    const now = systemClock.monotonic()
    this.#orphanedSince ??= now
    return now - this.#orphanedSince >= NEWCOMER_SECONDS
  }

  async #look(): Promise<Found | undefined> {
    try {
      return await this.#settings.place.look()
    } catch (error) {
      this.#settings.warnings.once(error)
      return undefined
    }
  }

  async #follow(connection: Connection): Promise<void> {
    const { process, local, intervalSeconds, warnings } = this.#settings
    connection.send(helloOf(process))
    warnings.watch(connection)
    if (!(await this.#isWelcome(connection))) return
    this.#refusals = 0
    await local.restart()
    const member = new GroupMember({
      connection,
      local,
      intervalSeconds,
      onSafe: () => {
        this.#succession = new Succession(process)
      },
      onClash: (message) => this.#clash(message),
    })
    this.#member = member
    this.role.turn('member')
    await member.lost
    this.#member = undefined
    this.#succession = this.#succession.after(member)
    if (!this.#isStopped) this.role.turn('joining')
  }

  /** Whether the leader takes this process; where it does not, resolves when there is a reason to ask again. */
  async #isWelcome(connection: Connection): Promise<boolean> {
    const reception = await connection.first(WELCOME_SECONDS)
    if (reception?.kind === 'welcome' && !this.#isStopped) return true
    connection.destroy()
    if (reception?.kind !== 'refused') await this.role.rest(RETRY_MS)
    // The end of an earlier connection of this process may not have been seen yet.
    else if (reception.reason === 'taken' && ++this.#refusals < REFUSALS) await this.role.rest(TAKEN_MS)
    else {
      this.#settings.warnings.once(refusalError(reception))
      await this.#beAlone()
    }
    return false
  }

  async #lead(found: Found): Promise<void> {
    const { process, local, journalPlace, intervalSeconds, warnings } = this.#settings
    // Before the claim, since members come from that moment on.
    await local.restart()
    const claim = await this.#claim(found)
    if (claim === 'impossible') return this.#beAlone()
    if (claim === undefined) return this.role.rest(RETRY_MS)
    const onClash = (message: string) => this.#clash(message)
    const warn = (message: string) => warnings.once(message)
    const journal = new LedgerJournal(process, journalPlace, warn)
    const ledger = newestLedger(journal.take(onClash), this.#succession.ledger) ?? new GroupLedger(onClash)
    const witnesses = found.isOrphaned || this.#succession.isInformed ? found.witnesses : []
    this.#succession = new Succession(process)
    const leader = new GroupLeader({
      process,
      local,
      ledger,
      claim,
      witnesses,
      journal,
      intervalSeconds,
      warn,
    })
    this.#leader = leader
    this.role.turn('leader')
    if (this.#isStopped) await leader.stop()
    await leader.lost
    this.#leader = undefined
    if (!this.#isStopped) this.role.turn('joining')
  }

  async #claim(found: Found) {
    try {
      return await found.claim()
    } catch (error) {
      this.#settings.warnings.once(error)
      return 'impossible'
    }
  }

  async #beAlone(): Promise<void> {
    this.role.turn('alone')
    await this.role.rest(ALONE_MS)
  }

  #clash(message: string): void {
    if (this.#leader !== undefined) this.#settings.warnings.each(message)
  }
}
