import { isMainThread } from 'node:worker_threads'
import { GroupLedger } from '../../aggregate/group/group-ledger.js'
import { systemClock } from '../../model/clock.js'
import { TelltaleError } from '../../model/error.js'
import type { NameRule } from '../../model/name-escaping.js'
import { DEFAULT_COLLECT_SECONDS } from '../../registry/registry.js'
import type { Gathering, ScrapeSource } from '../../registry/scrape-source.js'
import { Connection } from './connection.js'
import { GroupLeader } from './group-leader.js'
import { GroupMember } from './group-member.js'
import { GROUP_PROTOCOL, helloOf, type Refusal, VALUES_FORMAT } from './group-message.js'
import { intervalOf, journalPlaceOf, type ProcessGroupOptions, placeOf } from './group-options.js'
import { type JournalPlace, LedgerJournal } from './ledger-journal.js'
import { LocalChanges, type LocalSource } from './local-changes.js'
import type { Found, MeetingPlace } from './meeting-place.js'
import { pidIn, processIdOf } from './process-id.js'
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

/** What a process is in its group; `alone` where it cannot take part. */
export type GroupRole = 'joining' | 'leader' | 'member' | 'alone'

/**
 * The processes of one application as one source of metrics: any of them answers for all. The members meet on a socket
 * of their user; one of them leads, knows what all have counted, and serves it. When it dies another takes over, and
 * no counter falls: neither by that nor when any process ends.
 *
 * While there was never a second process, `gather` gives the metrics of this one as they are. What cannot be (no folder
 * to meet in, another version of the package) is warned of once, and the process serves its own metrics.
 */
export class ProcessGroup implements ScrapeSource {
  readonly #source: LocalSource
  readonly #process: string
  readonly #place: MeetingPlace
  readonly #journalPlace: JournalPlace
  readonly #local: LocalChanges
  readonly #intervalSeconds: number
  readonly #warnings = new Set<string>()
  readonly #warn: (message: string) => void
  readonly #listeners = new Set<(serves: boolean) => void>()
  readonly #turns = new Set<() => void>()
  readonly #atExit = () => this.#lastWords()
  #succession: Succession
  #role: GroupRole = 'joining'
  #leader: GroupLeader | undefined
  #member: GroupMember | undefined
  #last: Gathering | undefined
  #refusals = 0
  /** Since when this process, which knows nothing of the group, has found it without a leader. */
  #orphanedSince: number | undefined
  #isStopped = false
  #hasLeftOthers = false
  readonly #ended: Promise<void>

  private constructor(options: ProcessGroupOptions) {
    const { source, identity, warn } = options
    this.#source = source
    this.#process = processIdOf(source, identity)
    this.#succession = new Succession(this.#process)
    this.#local = new LocalChanges(source, (error) => this.#warnOnce(error))
    this.#intervalSeconds = intervalOf(options)
    this.#warn = warn ?? emitWarning
    this.#place = placeOf(options)
    this.#journalPlace = journalPlaceOf(options)
    if (isMainThread) process.on('exit', this.#atExit)
    this.#ended = this.#run()
  }

  /** Joins the group of this name, in the background. Throws `TELLTALE_OPTION` for a name or an interval that is none. */
  static join(options: ProcessGroupOptions): ProcessGroup {
    return new ProcessGroup(options)
  }

  get names(): NameRule {
    return this.#source.names
  }

  get openMetrics2(): boolean {
    return this.#source.openMetrics2
  }

  get role(): GroupRole {
    return this.#role
  }

  /** Whether another process has been met in this group. */
  get hasOthers(): boolean {
    return this.#role === 'member' || this.#leader?.isShared === true
  }

  /**
   * Calls back with true when this process is to serve the group (it leads, or cannot take part), and with false when
   * another one does; once at the start, and at each change. Returns what ends it.
   */
  onLeadership(callback: (serves: boolean) => void): () => void {
    const listener = (serves: boolean) => callback(serves)
    this.#listeners.add(listener)
    if (this.#role !== 'joining') listener(this.#serves)
    return () => this.#listeners.delete(listener)
  }

  /**
   * The metrics of the whole group, whichever process is asked. While the leader changes it waits for the next one, for
   * at most `seconds`; then it gives what it knew last. Rejects once this process has left others: what it counted alone
   * would look as if all that they counted was gone.
   */
  async gather(seconds = DEFAULT_COLLECT_SECONDS): Promise<Gathering> {
    const until = systemClock.monotonic() + seconds
    for (;;) {
      const left = until - systemClock.monotonic()
      const gathered = left > 0 ? await this.#gatherOnce(left) : undefined
      if (gathered !== undefined) return gathered
      if (left <= 0) return this.#last ?? this.#source.gather(0)
      await this.#nextTurn(left)
    }
  }

  /**
   * Leaves the group. What this process has counted stays in it, and another process serves the group. Resolves when
   * another process has it, after about two seconds at most: leaders may leave at the same time.
   */
  async stop(): Promise<void> {
    this.#listeners.clear()
    process.off('exit', this.#atExit)
    const hadOthers = this.hasOthers || this.#last !== undefined
    await this.#leave()
    this.#hasLeftOthers = hadOthers || this.hasOthers
    this.#isStopped = true
    await this.#leader?.stop()
    this.#member?.destroy()
    this.#turn('alone')
    await this.#ended
  }

  /** Tells who leads what this process has counted, unless it leads itself. */
  async #leave(): Promise<void> {
    const until = systemClock.monotonic() + LEAVE_SECONDS
    while (this.#leader === undefined && this.#role !== 'alone') {
      const left = until - systemClock.monotonic()
      if (left <= 0) return
      const member = this.#member
      await Promise.race([this.#nextTurn(left), ...(member ? [member.leave()] : [])])
      if (member?.hasLeft) return
    }
  }

  async #gatherOnce(seconds: number): Promise<Gathering | undefined> {
    if (this.#hasLeftOthers) {
      throw new TelltaleError(
        'TELLTALE_GROUP',
        'this process has left its process group: got a scrape, expected it at another process. Nothing is to be done; ' +
          'the next scrape finds one that serves the group',
      )
    }
    if (this.#role === 'alone' || (this.#leader !== undefined && !this.#leader.showsGroup)) {
      return this.#source.gather(seconds)
    }
    const families = (await this.#leader?.gather(seconds)) ?? (await this.#member?.ask(seconds))
    if (families === undefined) return undefined
    this.#last = { families, defaultLabels: {} }
    return this.#last
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
      else await this.#rest(RETRY_MS)
    }
  }

  /** A newcomer that finds the place of a dead leader gives those who know what the group has counted time to take it. */
  #mayLead({ isOrphaned = false }: Found): boolean {
    if (!isOrphaned || this.#succession.isInformed) return this.#succession.isNext()
    const now = systemClock.monotonic()
    this.#orphanedSince ??= now
    return now - this.#orphanedSince >= NEWCOMER_SECONDS
  }

  async #look(): Promise<Found | undefined> {
    try {
      return await this.#place.look()
    } catch (error) {
      this.#warnOnce(error)
      return undefined
    }
  }

  async #follow(connection: Connection): Promise<void> {
    connection.send(helloOf(this.#process))
    void connection.closed.then(() => this.#faulty(connection))
    const reception = await connection.first(WELCOME_SECONDS)
    if (reception?.kind === 'refused') {
      connection.destroy()
      // The end of an earlier connection of this process may not have been seen yet.
      if (reception.reason === 'taken' && ++this.#refusals < REFUSALS) return this.#rest(TAKEN_MS)
      this.#warnOnce(refusal(reception))
      return this.#beAlone()
    }
    if (reception?.kind !== 'welcome' || this.#isStopped) {
      connection.destroy()
      return this.#rest(RETRY_MS)
    }
    this.#refusals = 0
    await this.#local.restart()
    const member = new GroupMember({
      connection,
      local: this.#local,
      intervalSeconds: this.#intervalSeconds,
      onSafe: () => {
        this.#succession = new Succession(this.#process)
      },
      onClash: (message) => this.#clash(message),
    })
    this.#member = member
    this.#turn('member')
    await member.lost
    this.#member = undefined
    this.#succession = this.#succession.after(member)
    if (!this.#isStopped) this.#turn('joining')
  }

  async #lead(found: Found): Promise<void> {
    // Before the claim, since members come from that moment on.
    await this.#local.restart()
    const claim = await this.#claim(found)
    if (claim === 'impossible') return this.#beAlone()
    if (claim === undefined) return this.#rest(RETRY_MS)
    const onClash = (message: string) => this.#clash(message)
    const warn = (message: string) => this.#warnOnce(message)
    const journal = new LedgerJournal(this.#process, this.#journalPlace, warn)
    const ledger = newestLedger(journal.take(onClash), this.#succession.ledger) ?? new GroupLedger(onClash)
    this.#succession = new Succession(this.#process)
    const leader = new GroupLeader({
      process: this.#process,
      local: this.#local,
      ledger,
      claim,
      journal,
      intervalSeconds: this.#intervalSeconds,
      warn,
    })
    this.#leader = leader
    this.#turn('leader')
    if (this.#isStopped) await leader.stop()
    await leader.lost
    this.#leader = undefined
    if (!this.#isStopped) this.#turn('joining')
  }

  async #claim(found: Found) {
    try {
      return await found.claim()
    } catch (error) {
      this.#warnOnce(error)
      return 'impossible'
    }
  }

  async #beAlone(): Promise<void> {
    this.#turn('alone')
    await this.#rest(ALONE_MS)
  }

  get #serves(): boolean {
    return this.#role === 'leader' || this.#role === 'alone'
  }

  #turn(role: GroupRole): void {
    const served = this.#serves
    const wasJoining = this.#role === 'joining'
    this.#role = role
    for (const turned of [...this.#turns]) turned()
    if (role === 'joining' || (served === this.#serves && !wasJoining)) return
    for (const listener of this.#listeners) listener(this.#serves)
  }

  /** Resolves when the role changes, or after so many seconds. */
  #nextTurn(seconds: number): Promise<void> {
    return this.#turned((done) => setTimeout(done, seconds * 1000))
  }

  /** The same for what goes on in the background, which keeps no process alive. */
  #rest(milliseconds: number): Promise<void> {
    return this.#turned((done) => setTimeout(done, milliseconds).unref())
  }

  #turned(timeout: (done: () => void) => ReturnType<typeof setTimeout>): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        this.#turns.delete(done)
        resolve()
      }
      const timer = timeout(done)
      this.#turns.add(done)
    })
  }

  #lastWords(): void {
    this.#leader?.lastWords()
    this.#member?.lastWords()
  }

  #clash(message: string): void {
    if (this.#leader !== undefined) this.#warn(message)
  }

  #faulty({ fault }: Connection): void {
    if (fault !== undefined)
      this.#warnOnce(`a message between the processes of a group cannot be read: ${fault}`)
  }

  #warnOnce(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (this.#warnings.has(message) || this.#warnings.size > 100) return
    this.#warnings.add(message)
    this.#warn(message)
  }
}

function refusal({ reason, process: leader, protocol, values }: Refusal): TelltaleError {
  const why =
    reason === 'taken'
      ? 'these metrics are in it already. Join once for each source of metrics'
      : `process ${pidIn(leader)} leads it with protocol ${protocol} and values of format ${values}, expected protocol ` +
        `${GROUP_PROTOCOL} with format ${VALUES_FORMAT}. Run one version of telltale and of Node.js in all its processes`
  return new TelltaleError(
    'TELLTALE_GROUP',
    `this process cannot join its process group and serves its own metrics: ${why}`,
  )
}

function emitWarning(message: string): void {
  process.emitWarning(message, { type: 'TelltaleWarning', code: 'TELLTALE_GROUP' })
}
