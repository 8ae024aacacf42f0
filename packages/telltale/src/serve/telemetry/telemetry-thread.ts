import { MessageChannel, type MessagePort, threadId, Worker } from 'node:worker_threads'
import { TelltaleError } from '../../model/error.js'
import type { Registry } from '../../registry/registry.js'
import { type EndpointSettings, withReaders } from '../endpoint.js'
import type { ListenAddress } from '../listener.js'
import { tellHubGone } from '../threads/thread-hub.js'
import { Farewell } from './farewell.js'
import type { ToOwner } from './feed-message.js'
import type { GroupSettings } from './grouped-source.js'
import type { PushTarget } from './last-push.js'
import { LoopEpisodes } from './loop-episodes.js'
import { Pulse } from './pulse.js'
import { RegistryOwner } from './registry-owner.js'
import type { FromThread, ThreadSettings, ToThread } from './thread-message.js'

/** How long the thread has to close by itself; requests under way have two seconds. */
const CLOSE_MS = 4000
/** How long it has when it sends the last values before. */
const LAST_VALUES_MS = 60_000

export interface TelemetryThreadSettings {
  readonly endpoint: EndpointSettings
  /** What its hub is called, by which new threads know it. */
  readonly hub: string
  /** From which length on the event loop counts as blocked, in seconds. */
  readonly blockedSeconds: number
  readonly blockedStacks: boolean
  readonly group?: GroupSettings | undefined
  /** Where the last values go. */
  readonly pushOnExit?: PushTarget | undefined
  /** Whether the thread keeps the process alive while it serves. */
  readonly keepAlive: boolean
}

export interface TelemetryThreadCallbacks {
  readonly log?: ((line: string) => void) | undefined
  /** Told where the thread listens, each time that it begins to. */
  readonly serving?: ((address: ListenAddress) => void) | undefined
  /** The thread ended although nobody had closed it; where it listened is free again. */
  readonly lost: (reason: string, address: ListenAddress) => void
}

/** A thread cannot be had here; the message says why. */
export class NoThread extends Error {}

/** A thread that serves a registry of this one. Nothing is started before `open`. */
export class TelemetryThread {
  readonly #registry: Registry
  readonly #settings: TelemetryThreadSettings
  readonly #callbacks: TelemetryThreadCallbacks
  #worker: Worker | undefined
  #owner: RegistryOwner | undefined
  #address: ListenAddress | undefined
  #group: GroupSettings | undefined
  readonly #farewell = new Farewell()
  /** A process that ends waits until its last values are sent. */
  readonly #onExit = () => {
    if (this.#worker === undefined || !this.#hasLastValues) return
    tell(this.#worker, { kind: 'farewell' })
    this.#farewell.wait()
  }

  constructor(registry: Registry, settings: TelemetryThreadSettings, callbacks: TelemetryThreadCallbacks) {
    this.#registry = registry
    this.#settings = settings
    this.#callbacks = callbacks
    this.#group = settings.group
  }

  /** Where the thread listens, `undefined` unless it does. */
  get address(): ListenAddress | undefined {
    return this.#address
  }

  /**
   * Starts the thread, and resolves when it listens. Rejects with `NoThread` where none can be had, with
   * `TELLTALE_PORT` when the port cannot be had; nothing is left of it then.
   */
  async open(): Promise<ListenAddress> {
    const pulse = new Pulse()
    const endpoint = await withReaders(this.#settings.endpoint)
    // Its 200 kB are for this thread alone.
    const { programText } = await import('./program-text.js')
    const { port1, port2 } = new MessageChannel()
    try {
      const worker = this.#start(programText, endpoint, pulse, port2)
      this.#worker = worker
      this.#hear(worker)
      this.#owner = this.#feed(pulse, port1)
      const opened = outcome(worker)
      tell(worker, { kind: 'open' })
      const address = await opened
      this.#address = address
      this.#watch(worker, address)
      process.on('exit', this.#onExit)
      if (!this.#settings.keepAlive) worker.unref()
      return address
    } catch (error) {
      await this.#end()
      throw error
    }
  }

  /** Belongs to a group from now on, unless it does already. */
  join(group: GroupSettings): void {
    this.#group ??= group
    if (this.#worker) tell(this.#worker, { kind: 'join', group })
  }

  /** Stops to listen within two seconds, and ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker
    if (worker === undefined) return
    quiet(worker)
    worker.ref()
    const closed = new Promise<void>((resolve) => {
      worker.on('message', ({ kind }: FromThread) => kind === 'closed' && resolve())
      worker.on('error', () => resolve())
      worker.on('exit', () => resolve())
      setTimeout(resolve, this.#hasLastValues ? LAST_VALUES_MS : CLOSE_MS).unref()
    })
    tell(worker, { kind: 'close' })
    await closed
    await this.#end()
  }

  get #hasLastValues(): boolean {
    return this.#group !== undefined || this.#settings.pushOnExit !== undefined
  }

  #start(program: string, endpoint: EndpointSettings, pulse: Pulse, feed: MessagePort): Worker {
    if (program === '') throw new NoThread('its program is not in this build')
    const { blockedSeconds, blockedStacks, pushOnExit } = this.#settings
    const logs = this.#callbacks.log !== undefined
    const settings: ThreadSettings = {
      endpoint,
      application: threadId,
      hub: this.#settings.hub,
      logs,
      blockedSeconds,
      blockedStacks,
      group: this.#group,
      push: pushOnExit,
      farewell: this.#farewell.memory,
      feed,
      pulse: pulse.memory,
    }
    try {
      return new Worker(program, {
        eval: true,
        name: 'telltale',
        workerData: settings,
        transferList: [feed],
        // What the application has loaded before itself is not meant for this program.
        execArgv: [],
        env: { ...process.env, NODE_OPTIONS: '' },
      })
    } catch (error) {
      throw new NoThread(reason(error))
    }
  }

  #feed(pulse: Pulse, port: MessagePort): RegistryOwner {
    const episodes = new LoopEpisodes(this.#registry, this.#settings.blockedSeconds)
    const owner = new RegistryOwner(this.#registry, port, pulse, (silence) => episodes.add(silence))
    port.on('message', (message: ToOwner) => owner.take(message))
    port.unref()
    return owner
  }

  /** Passes on what the thread has to say, from its beginning on. */
  #hear(worker: Worker): void {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'log') this.#callbacks.log?.(message.line)
      else if (message.kind === 'serving') this.#callbacks.serving?.(message.address)
      else if (message.kind === 'warning') process.emitWarning(message.message, message.name, message.code)
    })
  }

  #watch(worker: Worker, address: ListenAddress): void {
    const lost = (why: string) => {
      quiet(worker)
      void this.#end().then(() => this.#callbacks.lost(why, address))
    }
    worker.on('error', (error) => lost(reason(error)))
    worker.on('exit', (code) => lost(`it ended with code ${code}`))
  }

  async #end(): Promise<void> {
    const worker = this.#worker
    const owner = this.#owner
    process.off('exit', this.#onExit)
    this.#owner = this.#worker = this.#address = undefined
    if (worker !== undefined) {
      quiet(worker)
      // An error of a thread that is being ended is nobody's to handle.
      worker.on('error', () => {})
      await worker.terminate()
      tellHubGone(this.#settings.hub)
    }
    // Not before: until then it may look at the memory of the registries.
    owner?.close()
  }
}

/** Settles with what becomes of the attempt to listen. */
function outcome(worker: Worker): Promise<ListenAddress> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'opened') resolve(message.address)
      else if (message.kind === 'refused') reject(refusal(message))
    })
    worker.on('error', (error) => reject(new NoThread(reason(error))))
    worker.on('exit', (code) => reject(new NoThread(`it ended with code ${code}`)))
  })
}

function refusal({ code, message }: Extract<FromThread, { readonly kind: 'refused' }>): Error {
  return code === undefined ? new Error(message) : new TelltaleError(code, message)
}

/** Takes the listeners of this module away; a worker has some of its own. */
function quiet(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}

function tell(worker: Worker, message: ToThread): void {
  worker.postMessage(message)
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
