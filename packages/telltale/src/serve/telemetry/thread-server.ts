import type { MessagePort } from 'node:worker_threads'
import { RegistryMirror } from '../../aggregate/feed/registry-mirror.js'
import { TelltaleError } from '../../model/error.js'
import { Endpoint } from '../endpoint.js'
import { JoinedSource } from '../threads/joined-source.js'
import { ThreadHub } from '../threads/thread-hub.js'
import type { ToReader } from './feed-message.js'
import { LastPush } from './last-push.js'
import { LoopStacks } from './loop-stacks.js'
import { Pulse } from './pulse.js'
import { RegistryReader } from './registry-reader.js'
import type { FromThread, ThreadSettings, ToThread } from './thread-message.js'
import { ThreadSource } from './thread-source.js'

/** What runs in the telemetry thread: the endpoint, over what the application's feed tells. */
export class ThreadServer {
  readonly #port: MessagePort
  readonly #pushLast: () => Promise<void>
  readonly #openEndpoint: () => Promise<Endpoint>
  #endpoint: Endpoint | undefined
  readonly #stacks: LoopStacks | undefined

  constructor(settings: ThreadSettings, port: MessagePort) {
    this.#port = port
    const pulse = new Pulse(settings.pulse)
    const application = new RegistryReader(new RegistryMirror(), settings.feed, pulse)
    settings.feed.on('message', (message: ToReader) => application.take(message))
    const own = new ThreadSource(application, settings.blockedSeconds)
    const source = new JoinedSource(own, new ThreadHub(settings.application))
    const log = settings.logs ? (line: string) => this.#post({ kind: 'log', line }) : undefined
    this.#openEndpoint = async () => {
      const endpoint = new Endpoint(source, settings.endpoint, { log })
      await endpoint.open()
      return endpoint
    }
    this.#pushLast = async () => {
      if (settings.push) await new LastPush(settings.push.memory).run(source, settings.push.target)
    }
    if (settings.blockedStacks) {
      this.#stacks = new LoopStacks(pulse, settings.blockedSeconds, (line) => this.#warn(line))
    }
    forwardWarnings((warning) => this.#post(warning))
    port.on('message', (message: ToThread) => void this.#take(message))
  }

  async #take(message: ToThread): Promise<void> {
    if (message.kind === 'open') await this.#open()
    else if (message.kind === 'push') await this.#pushLast()
    else await this.#close()
  }

  async #open(): Promise<void> {
    try {
      this.#endpoint = await this.#openEndpoint()
      this.#post({ kind: 'opened', address: this.#endpoint.address! })
    } catch (error) {
      const code = error instanceof TelltaleError ? error.code : undefined
      this.#post({ kind: 'refused', code, message: error instanceof Error ? error.message : String(error) })
    }
  }

  async #close(): Promise<void> {
    this.#stacks?.stop()
    await this.#pushLast()
    await this.#endpoint?.close()
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
