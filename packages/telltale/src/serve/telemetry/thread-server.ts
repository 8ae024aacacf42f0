import type { MessagePort } from 'node:worker_threads'
import { RegistryMirror } from '../../aggregate/feed/registry-mirror.js'
import { TelltaleError } from '../../model/error.js'
import type { ListenAddress } from '../listener.js'
import { JoinedSource } from '../threads/joined-source.js'
import { ThreadHub } from '../threads/thread-hub.js'
import { Farewell } from './farewell.js'
import { hearNow, type ToReader } from './feed-message.js'
import type { GroupSettings } from './grouped-source.js'
import { LoopStacks } from './loop-stacks.js'
import { Pulse } from './pulse.js'
import { RegistryReader } from './registry-reader.js'
import { Serving } from './serving.js'
import type { FromThread, ThreadSettings, ToThread } from './thread-message.js'
import { ThreadSource } from './thread-source.js'

/** What runs in the telemetry thread: the endpoint, over what the application's feed tells. */
export class ThreadServer {
  readonly #port: MessagePort
  readonly #settings: ThreadSettings
  readonly #source: JoinedSource
  readonly #stacks: LoopStacks | undefined
  #group: GroupSettings | undefined
  #serving: Serving | undefined

  constructor(settings: ThreadSettings, port: MessagePort) {
    this.#port = port
    this.#settings = settings
    const pulse = new Pulse(settings.pulse)
    const take = (message: ToReader) => application.take(message)
    const mirror = new RegistryMirror({ hearNow: () => hearNow(settings.feed, take) })
    const application = new RegistryReader(mirror, settings.feed, pulse)
    settings.feed.on('message', take)
    const own = new ThreadSource(application, settings.blockedSeconds)
    this.#source = new JoinedSource(own, new ThreadHub(settings.application, settings.hub))
    this.#group = settings.group
    if (settings.blockedStacks) {
      this.#stacks = new LoopStacks(pulse, settings.blockedSeconds, (line) => this.#warn(line))
    }
    forwardWarnings((warning) => this.#post(warning))
    port.on('message', (message: ToThread) => void this.#take(message))
  }

  async #take(message: ToThread): Promise<void> {
    if (message.kind === 'open') await this.#open()
    else if (message.kind === 'join') this.#join(message.group)
    else if (message.kind === 'farewell') await this.#sayFarewell()
    else await this.#close()
  }

  async #open(): Promise<void> {
    const { endpoint, logs, push } = this.#settings
    const log = logs ? (line: string) => this.#post({ kind: 'log', line }) : undefined
    const serving = (address: ListenAddress) => this.#post({ kind: 'serving', address })
    try {
      this.#serving = new Serving(this.#source, { endpoint, group: this.#group, push }, { log, serving })
      this.#post({ kind: 'opened', address: await this.#serving.open() })
    } catch (error) {
      const code = error instanceof TelltaleError ? error.code : undefined
      this.#post({ kind: 'refused', code, message: error instanceof Error ? error.message : String(error) })
    }
  }

  #join(group: GroupSettings): void {
    this.#group ??= group
    this.#serving?.join(group)
  }

  async #sayFarewell(): Promise<void> {
    await this.#serving?.sayFarewell()
    new Farewell(this.#settings.farewell).end()
  }

  async #close(): Promise<void> {
    this.#stacks?.stop()
    await this.#serving?.close()
    this.#post({ kind: 'closed' })
    this.#port.close()
  }

  #warn(message: string): void {
    this.#post({ kind: 'warning', message, name: 'TelltaleWarning' })
  }

  #post(message: FromThread): void {
    this.#port.postMessage(message)
  }
}

/** Has warnings appear where those of the application do. */
function forwardWarnings(post: (warning: FromThread) => void): void {
  process.removeAllListeners('warning')
  process.on('warning', ({ message, name, code }: Error & { readonly code?: string }) => {
    post({ kind: 'warning', message, name, code })
  })
}
