import type { FailureKind } from './failure-kind.js'
import type { HostTraffic } from './outbound-metrics.js'

/** One request, from its beginning to what came of it. Told of what comes afterwards, it records nothing twice. */
export class Exchange {
  readonly #traffic: HostTraffic
  readonly #method: string
  readonly #start: number
  #phase: 'waiting' | 'answered' | 'ended' = 'waiting'

  /** @param start in milliseconds of `performance.now()` */
  constructor(traffic: HostTraffic, method: string, start: number) {
    this.#traffic = traffic
    this.#method = method
    this.#start = start
    traffic.began()
  }

  get isAnswered(): boolean {
    return this.#phase === 'answered'
  }

  get isWaiting(): boolean {
    return this.#phase === 'waiting'
  }

  /** The head of the answer is there. A head of 1xx is not told. */
  answered(status: number): void {
    if (this.#phase !== 'waiting') return
    this.#phase = 'answered'
    this.#traffic.answered(this.#method, status, this.#seconds())
  }

  /** An error ended it: without an answer, or in the middle of one. What the application did not want to read is none. */
  failed(kind: FailureKind): void {
    if (this.#phase === 'waiting') this.#traffic.failed(this.#method, kind, this.#seconds())
    else if (this.#phase === 'answered' && kind !== 'aborted') this.#traffic.brokeOff()
    this.#phase = 'ended'
  }

  /** It ended without being a request that is answered, such as an upgrade. */
  released(): void {
    if (this.#phase === 'waiting') this.#traffic.released()
    this.#phase = 'ended'
  }

  #seconds(): number {
    return (performance.now() - this.#start) / 1000
  }
}
