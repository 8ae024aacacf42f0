import type { PackedLoad, WriteLink, WriteLoad } from './write-link.js'

/** What came of the loads of a queue, in samples. */
export interface WriteOutcome {
  accepted(samples: number): void
  /** Not sent any more: the receiver refused it, or too much was waiting. */
  lost(samples: number, reason: 'refused' | 'overflow', detail: string): void
}

/**
 * Loads on their way, in the order of their times: the next one goes when the one before is accepted or refused. While
 * the receiver is not there they wait, as many as `mostBytes` have room for; then the oldest are given up.
 */
export class WriteQueue {
  readonly #link: WriteLink
  readonly #timeoutSeconds: number
  readonly #mostBytes: number
  readonly #outcome: WriteOutcome
  readonly #stop = new AbortController()
  #waiting: PackedLoad[] = []
  #bytes = 0
  #running: Promise<void> | undefined

  constructor(link: WriteLink, timeoutSeconds: number, mostBytes: number, outcome: WriteOutcome) {
    this.#link = link
    this.#timeoutSeconds = timeoutSeconds
    this.#mostBytes = mostBytes
    this.#outcome = outcome
  }

  add(load: WriteLoad): void {
    const packed = this.#link.pack(load)
    this.#waiting.push(packed)
    this.#bytes += packed.body.length
    this.#giveUpOldest()
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Samples that were not accepted yet. */
  get samples(): number {
    return this.#waiting.reduce((sum, { load }) => sum + load.samples.length, 0)
  }

  /** Resolves when nothing waits, or after `seconds`; then what still waits is given up. */
  async drain(seconds: number): Promise<void> {
    const timer = setTimeout(() => this.#stop.abort(), seconds * 1000)
    await this.#running
    clearTimeout(timer)
  }

  async #run(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const { signal } = this.#stop
      const delivery = { timeoutSeconds: this.#timeoutSeconds, retries: Infinity, signal }
      try {
        await this.#link.send(next, delivery)
        this.#outcome.accepted(next.load.samples.length)
      } catch (error) {
        this.#outcome.lost(
          next.load.samples.length,
          'refused',
          error instanceof Error ? error.message : String(error),
        )
      }
      this.#forget(0)
    }
  }

  /** The first one is on its way and stays. */
  #giveUpOldest(): void {
    while (this.#bytes > this.#mostBytes && this.#waiting.length > 1) {
      const { load } = this.#forget(1)
      this.#outcome.lost(load.samples.length, 'overflow', `more than ${this.#mostBytes} bytes waited`)
    }
  }

  #forget(index: number): PackedLoad {
    const [packed] = this.#waiting.splice(index, 1)
    this.#bytes -= packed!.body.length
    return packed!
  }
}
