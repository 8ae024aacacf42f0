import type { Family } from '../../../metrics/sample-line.js'
import { groupFamilies } from '../group-report.js'
import type { LocalChanges } from '../local-changes.js'
import type { Attendance } from './attendance.js'
import type { Deputies } from './deputies.js'
import type { GroupRecord } from './group-record.js'
import type { MemberLinks } from './member-links.js'
import type { WaitList } from './wait-list.js'

/** How long a scrape waits for what members have now, in milliseconds; then what they had last counts. */
const PULL_MS = 100
/** For so long after the lead changed, a scrape waits for the first of the others to come. */
const SETTLE_SECONDS = 1

/** What the scrapes of a leader read. */
export interface ScrapeSettings {
  readonly local: LocalChanges
  readonly record: GroupRecord
  readonly links: MemberLinks
  readonly attendance: Attendance
  readonly deputies: Deputies
  /** Hears of whatever a scrape may wait for. */
  readonly waiting: WaitList
  readonly now: () => number
}

/** How the leader makes a scrape of the group: it asks all for what they have, and has deputies know it first. */
export class GroupScrape {
  readonly #settings: ScrapeSettings
  readonly #startedAt: number
  #asks = 0
  #gathering: Promise<readonly Family[]> | undefined

  constructor(settings: ScrapeSettings) {
    this.#settings = settings
    this.#startedAt = settings.now()
  }

  /** The families of the group; scrapes at the same time are one. */
  gather(seconds: number): Promise<readonly Family[]> {
    this.#gathering ??= this.#gather(seconds).finally(() => {
      this.#gathering = undefined
    })
    return this.#gathering
  }

  async #gather(seconds: number): Promise<readonly Family[]> {
    const { deputies, record } = this.#settings
    await Promise.all([this.#refreshOwn(seconds), this.#pull(seconds)])
    await this.#settle()
    await deputies.secure()
    return [...record.ledger.view(), ...groupFamilies(this.#facts())]
  }

  async #refreshOwn(seconds: number): Promise<void> {
    const { local, record, waiting } = this.#settings
    let isDone = false
    void local.refresh(seconds).then((updates) => {
      record.addOwn(updates)
      isDone = true
      waiting.check()
    })
    await waiting.until(() => isDone, PULL_MS)
    // Collectors may be late; what was shown while this process was alone may not be missing.
    if (!isDone) record.addOwn(await local.peek())
  }

  async #pull(seconds: number): Promise<void> {
    const { links, attendance, waiting } = this.#settings
    const now = this.#settings.now()
    const ask = ++this.#asks
    const asked = links.all.filter((link) => !link.isSilentAt(now))
    for (const link of asked) link.pull(ask, seconds, now)
    const isDone = () =>
      asked.every((link) => link.hasAnswered || !links.includes(link)) &&
      !attendance.isAwaiting &&
      links.all.every(({ isKnown }) => isKnown)
    await waiting.until(isDone, PULL_MS)
  }

  /** Before anybody else knows what this process knows, it would be lost with it. */
  async #settle(): Promise<void> {
    const { links, attendance, waiting, now } = this.#settings
    const isSettled = () => links.candidates(now()).length > 0 || !attendance.isAwaiting
    await waiting.until(isSettled, (this.#startedAt + SETTLE_SECONDS - now()) * 1000)
  }

  #facts() {
    const { links, attendance, record } = this.#settings
    const now = this.#settings.now()
    return {
      members: links.size + 1,
      silent: links.all.filter((link) => link.isSilentAt(now)).length,
      oldestSeconds: Math.max(0, ...links.all.map(({ heardAt }) => now - heardAt)),
      workers: attendance.workers,
      clashes: record.ledger.clashes.counts,
    }
  }
}
