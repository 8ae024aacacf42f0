import { AsyncLocalStorage } from 'node:async_hooks'
import { systemClock } from '../../model/clock.js'
import { RunningTimers } from './running-timers.js'
import { TimerChain } from './timer-chain.js'
import { TimerToken } from './timer-token.js'

export type { TimerToken }

export interface TimersOptions {
  /** A monotonic clock, in seconds. */
  readonly now?: () => number
  /** Most timers that may run at once, 10,000 by default; beyond it the oldest is forgotten. */
  readonly limit?: number
}

export interface EndedTimer {
  readonly name: string
  readonly durationSeconds: number
}

/** One unit of work, such as a request, whose timers are its own. */
export interface TimerFlow {
  /** Runs the callback, and all that it starts, in this flow. */
  run<T>(callback: () => T): T
  /**
   * Says that the work is over. Callbacks that still run in its context, as those of a pooled connection
   * that it opened do for every later user, then count as callbacks without a flow.
   */
  close(): void
}

/** Where execution is: the unit of work, if any, and the timers started on the way here. */
interface Place {
  readonly flow: Flow | undefined
  readonly chain: TimerChain | undefined
}

class Flow {
  /** Made with the first timer: most units of work have none. */
  started: RunningTimers | undefined
  closed = false
}

/**
 * Durations between a `start` and an `end` in different places of the code. A token names its timer exactly.
 * A plain name means, in this order: the newest timer of that name started on the way here; one started
 * elsewhere in the same flow (for instance in a function that was awaited); and, if neither is known, the
 * oldest that runs. So flows that overlap do not mix up their timers.
 *
 * Nothing throws. Memory is bounded by `limit`. Before the first `start`, `run` costs nothing but the call.
 */
export class Timers {
  readonly #running = new RunningTimers()
  readonly #flows = new WeakMap<TimerToken, Flow>()
  readonly #now: () => number
  readonly #limit: number
  #places: AsyncLocalStorage<Place> | undefined
  /** True when a flow ran before the first timer, and so without a trace. */
  #hasUntraced = false
  #forgotten = 0

  constructor(options: TimersOptions = {}) {
    const { now = systemClock.monotonic, limit = 10_000 } = options
    this.#now = now
    this.#limit = Math.max(1, limit)
  }

  /** Timers that run now. */
  get running(): number {
    return this.#running.size
  }

  /** Timers that were dropped because more than the limit ran. */
  get forgotten(): number {
    return this.#forgotten
  }

  start(name: string): TimerToken {
    this.#places ??= new AsyncLocalStorage()
    const place = this.#places.getStore()
    const token = new TimerToken(name, this.#now())
    if (this.#running.size >= this.#limit) this.#forgetOldest()
    this.#running.add(token)
    if (place?.flow) {
      place.flow.started ??= new RunningTimers()
      place.flow.started.add(token)
      this.#flows.set(token, place.flow)
    }
    const chain = TimerChain.with(token, place?.chain, this.#running)
    this.#places.enterWith({ flow: place?.flow, chain })
    return token
  }

  /** `undefined` when the timer does not run: never started, ended already, or forgotten. */
  end(nameOrToken: string | TimerToken): EndedTimer | undefined {
    const token = typeof nameOrToken === 'string' ? this.#find(nameOrToken) : nameOrToken
    if (!token || !this.#remove(token)) return undefined
    return { name: token.name, durationSeconds: this.#now() - token.startedAt }
  }

  /** Runs the callback in a new flow of its own, for instance the rest of a request. */
  run<T>(callback: () => T): T {
    return this.flow().run(callback)
  }

  /** A new flow, for callers that know when its work is over. */
  flow(): TimerFlow {
    const flow = new Flow()
    return {
      run: (callback) => this.#runIn(flow, callback),
      close: () => {
        flow.closed = true
      },
    }
  }

  #runIn<T>(flow: Flow, callback: () => T): T {
    if (this.#places) return this.#places.run({ flow, chain: undefined }, callback)
    this.#hasUntraced = true
    return callback()
  }

  #find(name: string): TimerToken | undefined {
    const place = this.#places?.getStore()
    const known = place?.chain?.find(name, this.#running)
    if (known && this.#running.has(known)) return known
    const inFlow = place?.flow?.started?.oldestNamed(name)
    if (inFlow) return inFlow
    // A timer that ended in this flow has ended: another flow's must not be taken for it.
    const isOver = place?.flow ? place.flow.closed : this.#hasUntraced
    return known && !isOver ? undefined : this.#running.oldestNamed(name)
  }

  #remove(token: TimerToken): boolean {
    this.#flows.get(token)?.started?.remove(token)
    return this.#running.remove(token)
  }

  #forgetOldest(): void {
    const oldest = this.#running.oldest()
    if (oldest && this.#remove(oldest)) this.#forgotten += 1
  }
}
