import type { FamilySnapshot } from '../../aggregate/family-snapshot.js'
import { GroupLedger } from '../../aggregate/group/group-ledger.js'
import type { ProcessUpdate } from '../../aggregate/group/process-update.js'
import { MergedFamily } from '../../aggregate/merged-family.js'
import { nextTurn } from '../../exposition/turn-queue.js'
import type { Family } from '../../metrics/sample-line.js'
import type { Connection } from './connection.js'
import type { LeaderMessage } from './group-message.js'
import type { LocalChanges } from './local-changes.js'

/** What waits to be sent is sent before there is more of it. */
const BACKLOG = 2 ** 20

/** What a member is given. */
export interface MemberSettings {
  readonly connection: Connection
  readonly local: LocalChanges
  readonly intervalSeconds: number
  /** Hears that others know what the leader knows, so that older knowledge is of no use. */
  readonly onSafe: () => void
  /** Hears of definitions that clash, once this process leads. */
  readonly onClash: (message: string) => void
}

interface Question {
  readonly families: FamilySnapshot[]
  settle(families: readonly FamilySnapshot[] | undefined): void
}

/** A process that tells the leader of its group what it counts, and that can take over from it. */
export class GroupMember {
  /** Resolves when the leader is gone. */
  readonly lost: Promise<void>
  readonly #settings: MemberSettings
  readonly #connection: Connection
  readonly #timer: ReturnType<typeof setInterval>
  readonly #questions = new Map<number, Question>()
  #asks = 0
  #ledger: GroupLedger | undefined
  /** Whether the ledger has everything. */
  #isComplete = false
  #deputies: readonly string[] = []
  #isSending = false
  /** Settles when the leader has been sent all that there was at the beginning. */
  readonly #told: Promise<void>
  #hasLeft = false
  /** How many times it is sending what was found, a part in each turn of the event loop. */
  #sending = 0

  constructor(settings: MemberSettings) {
    const { connection, intervalSeconds } = settings
    this.#settings = settings
    this.#connection = connection
    this.lost = connection.closed.then(() => this.#lose())
    connection.onMessage((message) => this.#take(message as LeaderMessage))
    this.#timer = setInterval(() => void this.#tell(), intervalSeconds * 1000).unref()
    this.#told = this.#tell()
  }

  /** Who takes over when the leader is gone, the first one first. */
  get deputies(): readonly string[] {
    return this.#deputies
  }

  /** What the group has counted, where this process is a deputy. */
  get ledger(): GroupLedger | undefined {
    return this.#isComplete ? this.#ledger : undefined
  }

  /** The families of the group, from its leader; nothing when the leader is gone before it answered. */
  async ask(seconds: number): Promise<readonly Family[] | undefined> {
    // What this process showed while it was alone must be in what it shows of the group.
    await this.#told
    if (!this.#connection.isOpen) return undefined
    const ask = ++this.#asks
    const answer = await new Promise<readonly FamilySnapshot[] | undefined>((resolve) => {
      const timer = setTimeout(() => settle(undefined), seconds * 1000)
      const settle = (families: readonly FamilySnapshot[] | undefined) => {
        clearTimeout(timer)
        this.#questions.delete(ask)
        resolve(families)
      }
      this.#questions.set(ask, { families: [], settle })
      this.#connection.send({ kind: 'ask', ask, seconds })
    })
    return answer?.map((family) => new MergedFamily(family))
  }

  /** Whether it left, and the leader has all that it counted. */
  get hasLeft(): boolean {
    return this.#hasLeft
  }

  /** Leaves the group; resolves when the connection is closed, be it because the leader is gone. */
  async leave(): Promise<void> {
    clearInterval(this.#timer)
    this.#send(await this.#settings.local.peek())
    this.#connection.send({ kind: 'bye', ends: false })
    await this.#connection.closed
  }

  destroy(): void {
    this.#connection.destroy()
  }

  /** What there is to say when the process ends: in one go, as nothing runs afterwards. */
  lastWords(): void {
    if (this.#sending > 0) this.#settings.local.forget()
    this.#send(this.#settings.local.last())
    this.#connection.send({ kind: 'bye', ends: true })
  }

  /** Sends what changed, unless what was sent before still waits. */
  async #tell(): Promise<void> {
    if (this.#isSending || this.#connection.backlog > BACKLOG) return
    this.#isSending = true
    await this.#sendSliced(await this.#settings.local.peek())
    this.#isSending = false
  }

  async #answerPull(ask: number, seconds: number): Promise<void> {
    await this.#sendSliced(await this.#settings.local.refresh(seconds))
    this.#connection.send({ kind: 'pulled', ask })
  }

  async #sendSliced(updates: readonly ProcessUpdate[]): Promise<void> {
    this.#sending++
    for (const [i, update] of updates.entries()) {
      if (i > 0) await nextTurn()
      this.#connection.send({ kind: 'update', update })
    }
    this.#sending--
  }

  #send(updates: readonly ProcessUpdate[]): void {
    for (const update of updates) this.#connection.send({ kind: 'update', update })
  }

  #take(message: LeaderMessage): void {
    switch (message.kind) {
      case 'pull':
        void this.#answerPull(message.ask, message.seconds)
        return
      case 'appointed':
        this.#ledger = new GroupLedger(this.#settings.onClash)
        this.#isComplete = false
        return
      case 'event':
        this.#ledger?.apply(message.event)
        return
      case 'copied':
        this.#isComplete = true
        return
      case 'dismissed':
        this.#ledger = undefined
        this.#isComplete = false
        return
      case 'farewell':
        this.#hasLeft = true
        this.#connection.end()
        return
      case 'succession':
        this.#deputies = message.deputies
        if (this.#deputies.length > 0) this.#settings.onSafe()
        return
      case 'answer':
        this.#questions.get(message.ask)?.families.push(message.family)
        return
      case 'answered': {
        const question = this.#questions.get(message.ask)
        question?.settle(question.families)
      }
    }
  }

  #lose(): void {
    clearInterval(this.#timer)
    for (const { settle } of [...this.#questions.values()]) settle(undefined)
  }
}
