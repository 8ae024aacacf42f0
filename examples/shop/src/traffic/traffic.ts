import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TrafficMix, TrafficRequest } from './mix.js'
import { Sender } from './sender.js'

const MAX_IN_FLIGHT = 64

/**
 * Sends a mix of requests at a steady rate, at most 64 at once: what would be more is left out, so that a slow shop
 * is not buried. What goes wrong with a request is the shop's metrics' business and never ends anything.
 */
export class Traffic {
  readonly #mix: TrafficMix
  readonly #sender: Sender
  readonly #pauseMs: number
  readonly #end = new AbortController()
  readonly #inFlight = new Set<Promise<void>>()
  #running: Promise<void> = Promise.resolve()

  /** `rate` is in requests per second. */
  constructor(target: URL, mix: TrafficMix, rate: number) {
    this.#mix = mix
    this.#pauseMs = 1000 / rate
    setMaxListeners(MAX_IN_FLIGHT + 1, this.#end.signal) // one for each open request, one for the pause
    this.#sender = new Sender(target, this.#end.signal)
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Ends every request at once. */
  async stop(): Promise<void> {
    this.#end.abort()
    await this.#running
    await Promise.all(this.#inFlight)
    this.#sender.close()
  }

  async #run(): Promise<void> {
    const { signal } = this.#end
    let due = performance.now()
    while (!signal.aborted) {
      if (this.#inFlight.size < MAX_IN_FLIGHT) this.#launch(this.#mix.next())
      due = Math.max(due + this.#pauseMs, performance.now() - 1000) // after a pause, catch up on a second at most
      await sleep(Math.max(0, due - performance.now()), undefined, { signal }).catch(() => {})
    }
  }

  #launch(request: TrafficRequest): void {
    const outcome: Promise<void> = this.#perform(request)
      .catch(() => {})
      .finally(() => this.#inFlight.delete(outcome))
    this.#inFlight.add(outcome)
  }

  async #perform(request: TrafficRequest): Promise<void> {
    if (request.kind === 'aborted upload') return this.#sender.abandon(request)
    const answer = await this.#sender.send(request)
    if (request.kind !== 'register' && request.kind !== 'order') return
    const created: { id?: unknown } = JSON.parse(answer)
    if (typeof created.id === 'number') this.#mix.learn(request.kind, created.id)
  }
}
