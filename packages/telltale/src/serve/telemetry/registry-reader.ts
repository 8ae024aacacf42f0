import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RegistryMirror } from '../../aggregate/feed/registry-mirror.js'
import { processSeconds } from '../../model/clock.js'
import type { Gathering } from '../../registry/scrape-source.js'
import type { FeedPort, ToOwner, ToReader } from './feed-message.js'
import type { Pulse } from './pulse.js'

/** Without a sign of life for so many seconds a loop is taken for blocked, and is not waited for. */
export const PATIENCE_SECONDS = 0.1
/** How often a look is taken whether waiting makes sense. */
const LOOK_MS = 20

/**
 * The end of a feed in the thread that shows the registry of another one: knows its families, and has its collectors
 * run before a scrape.
 */
export class RegistryReader {
  readonly #mirror: RegistryMirror
  readonly #port: FeedPort<ToOwner>
  readonly #pulse: Pulse
  readonly #waiting = new Map<'collected' | 'reset', Set<() => void>>()
  /** Whether a collection that was asked for has not come yet. */
  #isAsked = false
  #collection: Promise<void> | undefined

  constructor(mirror: RegistryMirror, port: FeedPort<ToOwner>, pulse: Pulse) {
    this.#mirror = mirror
    this.#port = port
    this.#pulse = pulse
  }

  get names(): RegistryMirror['names'] {
    return this.#mirror.names
  }

  get openMetrics2(): boolean {
    return this.#mirror.openMetrics2
  }

  /** For how many seconds the loop of the owner has given no sign of life. */
  get silence(): number {
    return this.#pulse.silence
  }

  /** Takes in what the owner posted. */
  take(message: ToReader): void {
    if (message.kind === 'reset') {
      this.#settle('reset')
      return
    }
    if (message.kind === 'events') {
      this.#mirror.apply(message.events)
      if (!message.events.some(({ kind }) => kind === 'gathered')) return
    }
    this.#isAsked = false
    this.#settle('collected')
  }

  /**
   * Has the collectors run, and resolves when they have brought what they did within `seconds`, or at once when
   * the loop of the owner is found blocked: what they brought last holds then, and everything that the owner posted
   * before the call is known. Calls that overlap share one run.
   */
  collect(seconds: number): Promise<void> {
    this.#collection ??= this.#collectOnce(seconds).finally(() => {
      this.#collection = undefined
    })
    return this.#collection
  }

  gathering(): Gathering {
    return this.#mirror.gathering()
  }

  /** Sets the values back; false when the owner did not within `seconds`. */
  async reset(seconds: number): Promise<boolean> {
    const until = processSeconds() + seconds
    this.#port.postMessage({ kind: 'reset' })
    return this.#told('reset', () => processSeconds() > until)
  }

  async #collectOnce(seconds: number): Promise<void> {
    if (!this.#isAsked) this.#port.postMessage({ kind: 'collect', seconds })
    this.#isAsked = true
    // The owner keeps the deadline itself; a little more lets it say so.
    const until = processSeconds() + seconds + PATIENCE_SECONDS
    const isHopeless = () => this.silence > PATIENCE_SECONDS || processSeconds() > until
    if (!isHopeless() && (await this.#told('collected', isHopeless))) return
    // What was posted earlier than the scrape came may lie behind it in the turn that took both: the second turn has
    // looked at the port anew.
    await nextTurn()
    await nextTurn()
  }

  #settle(kind: 'collected' | 'reset'): void {
    for (const settle of [...(this.#waiting.get(kind) ?? [])]) settle()
  }

  /** Resolves with true when the owner says so, with false when it is of no use to wait any longer. */
  #told(kind: 'collected' | 'reset', isHopeless: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(kind) ?? new Set()
      this.#waiting.set(kind, waiting)
      const end = (isTold: boolean) => {
        clearInterval(timer)
        waiting.delete(settle)
        resolve(isTold)
      }
      const settle = () => end(true)
      const timer = setInterval(() => {
        if (isHopeless()) end(false)
      }, LOOK_MS)
      waiting.add(settle)
    })
  }
}
