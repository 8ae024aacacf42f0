import { isMainThread } from 'node:worker_threads'
import { systemClock } from '../../model/clock.js'
import { TelltaleError } from '../../model/error.js'
import type { NameRule } from '../../model/name-escaping.js'
import { DEFAULT_COLLECT_SECONDS } from '../../registry/registry.js'
import type { Gathering, ScrapeSource } from '../../registry/scrape-source.js'
import type { GroupRole } from './current-role.js'
import { intervalOf, journalPlaceOf, type ProcessGroupOptions, placeOf } from './group-options.js'
import { GroupWarnings } from './group-warnings.js'
import { LocalChanges, type LocalSource } from './local-changes.js'
import { Participation } from './participation.js'
import { processIdOf } from './process-id.js'

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
  readonly #participation: Participation
  readonly #atExit = () => this.#participation.lastWords()
  #last: Gathering | undefined
  #hasLeftOthers = false

  private constructor(options: ProcessGroupOptions) {
    const { source, identity } = options
    const warnings = new GroupWarnings(options.warn)
    this.#source = source
    this.#participation = new Participation({
      process: processIdOf(source, identity),
      place: placeOf(options),
      journalPlace: journalPlaceOf(options),
      local: new LocalChanges(source, (error) => warnings.once(error)),
      intervalSeconds: intervalOf(options),
      warnings,
    })
    if (isMainThread) process.on('exit', this.#atExit)
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
    return this.#participation.role.value
  }

  /** Whether another process has been met in this group. */
  get hasOthers(): boolean {
    return this.role === 'member' || this.#participation.leader?.isShared === true
  }

  /**
   * Calls back with true when this process is to serve the group (it leads, or cannot take part), and with false when
   * another one does; once at the start, and at each change. Returns what ends it.
   */
  onLeadership(callback: (serves: boolean) => void): () => void {
    return this.#participation.role.onLeadership(callback)
  }

  /**
   * The metrics of the whole group, whichever process is asked. While the leader changes it waits for the next one, for
   * at most `seconds`; then it gives what it knew last. Rejects where it knew nothing yet, and once this process has left
   * others: what it counted alone would look as if all that they counted was gone.
   */
  async gather(seconds = DEFAULT_COLLECT_SECONDS): Promise<Gathering> {
    const until = systemClock.monotonic() + seconds
    for (;;) {
      const left = until - systemClock.monotonic()
      const gathered = left > 0 ? await this.#gatherOnce(left) : undefined
      if (gathered !== undefined) return gathered
      if (left <= 0) return this.#lastKnown(seconds)
      await this.#participation.role.next(left)
    }
  }

  /**
   * Leaves the group. What this process has counted stays in it, and another process serves the group. Resolves when
   * another process has it, after about two seconds at most: leaders may leave at the same time.
   */
  async stop(): Promise<void> {
    const participation = this.#participation
    participation.role.forgetListeners()
    process.off('exit', this.#atExit)
    const hadOthers = this.hasOthers || this.#last !== undefined
    await participation.leave()
    this.#hasLeftOthers = hadOthers || this.hasOthers
    await participation.end()
  }

  #lastKnown(seconds: number): Gathering {
    if (this.#last !== undefined) return this.#last
    throw new TelltaleError(
      'TELLTALE_GROUP',
      `this process has nothing of its process group yet: got no answer from the process that leads it within ${seconds} s, ` +
        'expected the metrics of all. The next scrape asks again; if this goes on, look whether a process of the group is ' +
        'stopped',
    )
  }

  async #gatherOnce(seconds: number): Promise<Gathering | undefined> {
    if (this.#hasLeftOthers) {
      throw new TelltaleError(
        'TELLTALE_GROUP',
        'this process has left its process group: got a scrape, expected it at another process. Nothing is to be done; ' +
          'the next scrape finds one that serves the group',
      )
    }
    const { leader, member } = this.#participation
    if (this.role === 'alone' || (leader !== undefined && !leader.showsGroup))
      return this.#source.gather(seconds)
    const families = (await leader?.gather(seconds)) ?? (await member?.ask(seconds))
    if (families === undefined) return undefined
    this.#last = { families, defaultLabels: {} }
    return this.#last
  }
}
