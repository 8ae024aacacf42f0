import { randomUUID } from 'node:crypto'
import { threadId } from 'node:worker_threads'
import { type FamilySnapshot, snapshotOf } from '../../aggregate/family-snapshot.js'
import { RegistryMirror } from '../../aggregate/feed/registry-mirror.js'
import { withEnded } from '../../aggregate/remains.js'
import type { Gathering } from '../../registry/scrape-source.js'
import type { ToOwner } from '../telemetry/feed-message.js'
import { Pulse } from '../telemetry/pulse.js'
import { RegistryReader } from '../telemetry/registry-reader.js'
import { OfferedRegistry } from './offered-registry.js'
import { readerNumber } from './reader-number.js'
import {
  type DeskMessage,
  type KeptOffers,
  type MeetingMessage,
  ThreadChannel,
  type ToHub,
} from './thread-channel.js'
import { modeInThreads } from './thread-mode.js'

/** How many threads that have ended are remembered, so that none is counted twice that is spoken of afterwards. */
const GONE_LIMIT = 1000

/** One thread that the hub has invited. */
interface Known {
  readonly channel: ThreadChannel<ToOwner, ToHub>
  readonly mirror: RegistryMirror
  /** Once the thread has said how it is alive. */
  reader?: RegistryReader
  /** Whether the thread has told of its registry. */
  isTold: boolean
}

/**
 * The registries of the other threads of this process, read from their shared memory: no thread is waited for that is
 * blocked, and one that sleeps is read by what it had offered before. What a thread had counted stays when it has ended, in room that does not grow with the number of threads.
 */
export class ThreadHub {
  readonly #id: string
  readonly #own: number
  readonly #meeting: ThreadChannel<MeetingMessage, MeetingMessage>
  readonly #desk: ThreadChannel<DeskMessage, DeskMessage>
  readonly #known = new Map<number, Known>()
  /** Of threads that were not invited, or have not answered. */
  readonly #offered = new Map<number, OfferedRegistry>()
  readonly #gone = new Set<number>()
  #ended: readonly FamilySnapshot[] = []

  /** `own` is the thread whose registry is shown by itself, and is not to be counted twice. */
  constructor(own = threadId, id: string = randomUUID()) {
    this.#own = own
    this.#id = id
    this.#meeting = ThreadChannel.meeting((message) => this.#hear(message))
    this.#desk = ThreadChannel.desk((message) => message.kind === 'kept' && this.#takeKept(message))
    this.#meeting.postMessage({ kind: 'call' })
    this.#desk.postMessage({ kind: 'call' })
  }

  /** Runs the collectors of every thread; resolves after at most `seconds`, and sooner where threads are blocked. */
  async collect(seconds: number): Promise<void> {
    await Promise.all(Array.from(this.#known.values(), ({ reader }) => reader?.collect(seconds)))
  }

  /** What each thread that is there shows now. */
  gatherings(): readonly Gathering[] {
    const told = [...this.#known.values()].filter(({ isTold }) => isTold).map(({ mirror }) => mirror)
    return [...told, ...this.#offered.values()].map((registry) => registry.gathering())
  }

  /** What threads that have ended had counted. */
  get ended(): readonly FamilySnapshot[] {
    return this.#ended
  }

  close(): void {
    this.#meeting.close()
    this.#desk.close()
    for (const offered of this.#offered.values()) offered.release()
    this.#offered.clear()
    tellHubGone(this.#id)
    for (const { channel } of this.#known.values()) channel.close()
    this.#known.clear()
  }

  #hear(message: MeetingMessage): void {
    if (message.kind === 'here') this.#invite(message.thread)
    else if (message.kind === 'ended') this.#end(message.thread, message.families)
  }

  #invite(thread: number): void {
    if (this.#known.has(thread) || this.#gone.has(thread) || thread === this.#own) return
    const mirror = new RegistryMirror({ hearNow: () => channel.hearNow() })
    const channel = ThreadChannel.ofHub(this.#id, thread, (message) => {
      if (message.kind === 'pulse')
        known.reader = new RegistryReader(mirror, channel, new Pulse(message.memory))
      else {
        known.reader?.take(message)
        if (message.kind === 'events') this.#told(thread, known)
      }
    })
    const known: Known = { channel, mirror, isTold: false }
    this.#known.set(thread, known)
    this.#meeting.postMessage({ kind: 'invite', thread, hub: this.#id })
  }

  /** What the thread says to this hub is more than what it says to all. */
  #told(thread: number, known: Known): void {
    if (known.isTold) return
    known.isTold = true
    this.#offered.get(thread)?.release()
    this.#offered.delete(thread)
  }

  #takeKept(kept: KeptOffers): void {
    const { thread, isOver } = kept
    if (thread === this.#own || this.#gone.has(thread) || this.#known.get(thread)?.isTold) return
    let offered = this.#offered.get(thread)
    if (offered === undefined) {
      offered = new OfferedRegistry(thread, readerNumber(this.#id))
      this.#offered.set(thread, offered)
      // What it offered between what is here and the opening of its channel.
      if (!isOver) this.#desk.postMessage({ kind: 'call', thread })
    }
    offered.kept(kept)
    if (isOver) this.#end(thread, undefined)
  }

  #end(thread: number, left: readonly FamilySnapshot[] | undefined): void {
    // The last that it said may be on its way still.
    this.#desk.hearNow()
    this.#offered.get(thread)?.hearNow()
    const known = this.#known.get(thread)
    known?.channel.hearNow()
    known?.channel.close()
    this.#known.delete(thread)
    const shown = known?.isTold ? known.mirror : this.#offered.get(thread)
    const families = left ?? (shown && snapshotOf(shown.gathering(), modeInThreads))
    this.#offered.get(thread)?.release()
    this.#offered.delete(thread)
    if (families === undefined || this.#gone.has(thread)) return
    this.#ended = withEnded(this.#ended, families)
    this.#remember(thread)
  }

  #remember(thread: number): void {
    this.#gone.add(thread)
    if (this.#gone.size <= GONE_LIMIT) return
    const [oldest] = this.#gone
    if (oldest !== undefined) this.#gone.delete(oldest)
  }
}

/** Lets all threads know that a hub is not there any more, in whichever thread it was. */
export function tellHubGone(hub: string): void {
  const meeting = ThreadChannel.meeting(() => {})
  meeting.postMessage({ kind: 'hub-gone', hub })
  meeting.close()
  const desk = ThreadChannel.desk(() => {})
  desk.postMessage({ kind: 'hub-gone', hub })
  desk.close()
}
