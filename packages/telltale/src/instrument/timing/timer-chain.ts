import type { RunningTimers } from './running-timers.js'
import type { TimerToken } from './timer-token.js'

/** Ended timers that survive a shortening, so that ending one of them again is noticed. */
const rememberedEnded = 16
const shortestLimit = 64

/**
 * The timers started on the way to this point of an asynchronous flow, the newest first. A chain never
 * changes, so what one flow adds is invisible to another that set out from the same chain.
 */
export class TimerChain {
  readonly #token: TimerToken
  readonly #earlier: TimerChain | undefined
  readonly #length: number
  readonly #limit: number

  private constructor(token: TimerToken, earlier: TimerChain | undefined, limit: number) {
    this.#token = token
    this.#earlier = earlier
    this.#length = earlier ? earlier.#length + 1 : 1
    this.#limit = limit
  }

  /**
   * The chain with one more timer. A chain that has doubled drops its ended timers first: it stays within
   * twice the running ones, at a cost that is constant on average.
   */
  static with(token: TimerToken, earlier: TimerChain | undefined, running: RunningTimers): TimerChain {
    const long = earlier !== undefined && earlier.#length >= earlier.#limit
    const kept = long ? earlier.#shortened(running) : earlier
    return new TimerChain(token, kept, kept ? kept.#limit : shortestLimit)
  }

  /** The newest timer of this name that runs, else the newest that has ended. */
  find(name: string, running: RunningTimers): TimerToken | undefined {
    let ended: TimerToken | undefined
    for (const token of this.#tokens()) {
      if (token.name !== name) continue
      if (running.has(token)) return token
      ended ??= token
    }
    return ended
  }

  #shortened(running: RunningTimers): TimerChain | undefined {
    let remembered = 0
    const kept = [...this.#tokens()].filter((token) => running.has(token) || ++remembered <= rememberedEnded)
    const limit = Math.max(shortestLimit, 2 * kept.length)
    return kept.reduceRight<TimerChain | undefined>(
      (earlier, token) => new TimerChain(token, earlier, limit),
      undefined,
    )
  }

  *#tokens(): Generator<TimerToken> {
    for (let link: TimerChain | undefined = this; link; link = link.#earlier) yield link.#token
  }
}
