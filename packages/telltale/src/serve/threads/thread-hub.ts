import { randomUUID } from 'node:crypto'
import { threadId } from 'node:worker_threads'
import { type FamilySnapshot, snapshotOf } from '../../aggregate/family-snapshot.js'
import { RegistryMirror } from '../../aggregate/feed/registry-mirror.js'
import { withEnded } from '../../aggregate/remains.js'
import type { Gathering } from '../../registry/scrape-source.js'
import type { ToOwner } from '../telemetry/feed-message.js'
import { Pulse } from '../telemetry/pulse.js'
import { RegistryReader } from '../telemetry/registry-reader.js'
import { type MeetingMessage, ThreadChannel, type ToHub } from './thread-channel.js'
import { modeInThreads } from './thread-mode.js'

/** One thread, as the hub knows it. */
interface Known {
  readonly channel: ThreadChannel<ToOwner, ToHub>
  readonly mirror: RegistryMirror
  /** Once the thread has said how it is alive. */
  reader?: RegistryReader
}

/**
 * The registries of the other threads of this process, read from their shared memory: no thread is waited for that is
 * blocked. What a thread had counted stays when it has ended, in room that does not grow with the number of threads.
 */
export class ThreadHub {
  readonly #id: string
  readonly #own: number
  readonly #meeting: ThreadChannel<MeetingMessage, MeetingMessage>
  readonly #known = new Map<number, Known>()
  #ended: readonly FamilySnapshot[] = []

  /** `own` is the thread whose registry is shown by itself, and is not to be counted twice. */
  constructor(own = threadId, id: string = randomUUID()) {
    this.#own = own
    this.#id = id
    this.#meeting = ThreadChannel.meeting((message) => this.#hear(message))
    this.#meeting.postMessage({ kind: 'call' })
  }

  /** Runs the collectors of every thread; resolves after at most `seconds`, and sooner where threads are blocked. */
  async collect(seconds: number): Promise<void> {
    await Promise.all(Array.from(this.#known.values(), ({ reader }) => reader?.collect(seconds)))
  }

  /** What each thread that is there shows now. */
  gatherings(): readonly Gathering[] {
    return Array.from(this.#known.values(), ({ mirror }) => mirror.gathering())
  }

  /** What threads that have ended had counted. */
  get ended(): readonly FamilySnapshot[] {
    return this.#ended
  }

  close(): void {
    this.#meeting.close()
    tellHubGone(this.#id)
    for (const { channel } of this.#known.values()) channel.close()
    this.#known.clear()
  }

  #hear(message: MeetingMessage): void {
    if (message.kind === 'here') this.#invite(message.thread)
    else if (message.kind === 'ended') this.#end(message.thread, message.families)
  }

  #invite(thread: number): void {
    if (this.#known.has(thread) || thread === this.#own) return
    const mirror = new RegistryMirror()
    const channel = ThreadChannel.ofHub(this.#id, thread, (message) => {
      if (message.kind === 'pulse')
        known.reader = new RegistryReader(mirror, channel, new Pulse(message.memory))
      else known.reader?.take(message)
    })
    const known: Known = { channel, mirror }
    this.#known.set(thread, known)
    this.#meeting.postMessage({ kind: 'invite', thread, hub: this.#id })
  }

  #end(thread: number, left: readonly FamilySnapshot[] | undefined): void {
    const known = this.#known.get(thread)
    this.#known.delete(thread)
    // The last that it said may be on its way still.
    known?.channel.hearNow()
    known?.channel.close()
    const families = left ?? (known && snapshotOf(known.mirror.gathering(), modeInThreads))
    if (families !== undefined) this.#ended = withEnded(this.#ended, families)
  }
}

/** Lets all threads know that a hub is not there any more, in whichever thread it was. */
export function tellHubGone(hub: string): void {
  const meeting = ThreadChannel.meeting(() => {})
  meeting.postMessage({ kind: 'hub-gone', hub })
  meeting.close()
}
