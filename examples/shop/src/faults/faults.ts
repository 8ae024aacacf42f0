import type { Random } from '../random.js'
import { HeldMemory } from './held-memory.js'

export interface FaultRates {
  /** Share of API requests that fail, as a ratio. */
  readonly errorRate: number
  /** Share of API requests that take `slowSeconds` longer, as a ratio. */
  readonly slowRate: number
  readonly slowSeconds: number
}

export type Fault = 'error' | 'slow' | 'none'

const NO_FAULTS: FaultRates = { errorRate: 0, slowRate: 0, slowSeconds: 2 }

/** What goes wrong on purpose, and how often. */
export class Faults {
  readonly memory = new HeldMemory()
  readonly #random: Random
  #rates = NO_FAULTS

  /** What `rates` leaves out does not happen. */
  constructor(random: Random, rates: Partial<FaultRates> = {}) {
    this.#random = random
    this.change(rates)
  }

  get rates(): FaultRates {
    return this.#rates
  }

  change(rates: Partial<FaultRates>): void {
    this.#rates = {
      errorRate: rates.errorRate ?? this.#rates.errorRate,
      slowRate: rates.slowRate ?? this.#rates.slowRate,
      slowSeconds: rates.slowSeconds ?? this.#rates.slowSeconds,
    }
  }

  /** What happens to the next request. */
  draw(): Fault {
    const { errorRate, slowRate } = this.#rates
    const drawn = this.#random()
    if (drawn < errorRate) return 'error'
    return drawn < errorRate + slowRate ? 'slow' : 'none'
  }
}
