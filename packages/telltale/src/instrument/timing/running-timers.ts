import type { TimerToken } from './timer-token.js'

/** Timers that run, oldest first, by name too; finds, adds and removes without a search. */
export class RunningTimers {
  readonly #all = new Set<TimerToken>()
  readonly #byName = new Map<string, Set<TimerToken>>()

  get size(): number {
    return this.#all.size
  }

  has(token: TimerToken): boolean {
    return this.#all.has(token)
  }

  add(token: TimerToken): void {
    this.#all.add(token)
    const named = this.#byName.get(token.name)
    if (named) named.add(token)
    else this.#byName.set(token.name, new Set([token]))
  }

  /** False when it did not run. */
  remove(token: TimerToken): boolean {
    if (!this.#all.delete(token)) return false
    const named = this.#byName.get(token.name)
    named?.delete(token)
    if (named?.size === 0) this.#byName.delete(token.name)
    return true
  }

  oldest(): TimerToken | undefined {
    return first(this.#all)
  }

  oldestNamed(name: string): TimerToken | undefined {
    return first(this.#byName.get(name))
  }
}

function first(tokens: ReadonlySet<TimerToken> | undefined): TimerToken | undefined {
  for (const token of tokens ?? []) return token
  return undefined
}
