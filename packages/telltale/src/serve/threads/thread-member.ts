import {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  threadId,
  type Worker,
} from 'node:worker_threads'
import { snapshotOf } from '../../aggregate/family-snapshot.js'
import { processWide } from '../../model/process-wide.js'
import type { Registry } from '../../registry/registry.js'
import { Pulse } from '../telemetry/pulse.js'
import { RegistryOwner } from '../telemetry/registry-owner.js'
import { hubsAtBirth } from './open-hubs.js'
import { RegistryOffer } from './registry-offer.js'
import { type MeetingMessage, ThreadChannel } from './thread-channel.js'
import { ThreadKeeper } from './thread-keeper.js'
import { modeInThreads } from './thread-mode.js'

/** For so long a thread waits at its beginning for the hubs that there are; they answer in a millisecond, but for one that begins itself. */
const MEET_MS = 500

/** Which thread keeps what others offer, as threads that were made since know it. */
const KEEPER = 'telltale.keeper.1'

/**
 * Has the registry of this thread be part of the scrape of its process, wherever in the process that is served, and
 * tells of the threads that this one makes when they end. Once in a thread; keeps nothing alive. The main thread,
 * whose registry is served by itself, keeps what the others offer until there is a hub; where it is somebody else's,
 * such as a test runner, the first thread below it does that has the library.
 */
export function joinThreads(registry: () => Registry): void {
  processWide('telltale.thread-member.1', () => {
    process.on('worker', tellOfItsEnd)
    const keeper: unknown = isMainThread ? undefined : getEnvironmentData(KEEPER)
    const offer = typeof keeper === 'number' ? new RegistryOffer(registry(), threadId, keeper) : keepOffers()
    return isMainThread ? offer : new ThreadMember(registry(), threadId)
  })
}

/** Before there is any thread: one that is made in the course of a long task may be asleep when that is over. */
function keepOffers(): ThreadKeeper {
  setEnvironmentData(KEEPER, threadId)
  return new ThreadKeeper(threadId)
}

function tellOfItsEnd(worker: Worker): void {
  const thread = worker.threadId
  worker.once('exit', () => {
    const meeting = ThreadChannel.meeting(() => {})
    meeting.postMessage({ kind: 'ended', thread })
    meeting.close()
    const desk = ThreadChannel.desk(() => {})
    desk.postMessage({ kind: 'ended', thread })
    desk.close()
  })
}

/** The registry of one thread, as it offers it to every hub of the process. */
class ThreadMember {
  readonly #registry: Registry
  readonly #thread: number
  readonly #meeting: ThreadChannel<MeetingMessage, MeetingMessage>
  readonly #hubs = new Map<string, () => void>()

  constructor(registry: Registry, thread: number) {
    this.#registry = registry
    this.#thread = thread
    this.#meeting = ThreadChannel.meeting((message) => this.#hear(message))
    this.#meeting.postMessage({ kind: 'here', thread })
    this.#meet(hubsAtBirth())
    process.on('exit', () => this.#end())
  }

  /** Later may be too late: between their tasks, the threads of some pools sleep and hear nothing. */
  #meet(hubs: readonly string[]): void {
    const cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
    const until = performance.now() + MEET_MS
    while (hubs.some((hub) => !this.#hubs.has(hub)) && performance.now() < until) {
      Atomics.wait(cell, 0, 0, 1)
      this.#meeting.hearNow()
    }
  }

  /** A thread that ends at once was never invited by any hub, so it says by itself what it leaves behind. */
  #end(): void {
    const { families, defaultLabels } = this.#registry
    const left = snapshotOf({ families, defaultLabels }, modeInThreads)
    this.#meeting.postMessage({ kind: 'ended', thread: this.#thread, families: left })
  }

  #hear(message: MeetingMessage): void {
    if (message.kind === 'call') this.#meeting.postMessage({ kind: 'here', thread: this.#thread })
    else if (message.kind === 'hub-gone') this.#leave(message.hub)
    else if (message.kind === 'invite' && message.thread === this.#thread) this.#follow(message.hub)
  }

  #follow(hub: string): void {
    if (this.#hubs.has(hub)) return
    const channel = ThreadChannel.ofThread(hub, this.#thread, (message) => owner.take(message))
    const pulse = new Pulse()
    channel.postMessage({ kind: 'pulse', memory: pulse.memory })
    const owner = new RegistryOwner(this.#registry, channel, pulse)
    this.#hubs.set(hub, () => {
      owner.close()
      channel.close()
    })
  }

  #leave(hub: string): void {
    this.#hubs.get(hub)?.()
    this.#hubs.delete(hub)
  }
}
