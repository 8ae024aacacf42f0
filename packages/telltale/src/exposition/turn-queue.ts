import { processWide } from '../model/process-wide.js'

/** Lets one writer after the other go on, one for each turn of the event loop. */
export class TurnQueue {
  readonly #waiting: (() => void)[] = []

  /** Resolves in a later turn, in which no other writer goes on. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      if (this.#waiting.length === 1) setImmediate(this.#letGo)
    })
  }

  readonly #letGo = (): void => {
    this.#waiting.shift()?.()
    if (this.#waiting.length > 0) setImmediate(this.#letGo)
  }
}

/** The queue of the process: scrapes that overlap, of whatever registry, hold the event loop no longer than one. */
export function nextTurn(): Promise<void> {
  return processWide('telltale.turns.1', () => new TurnQueue()).next()
}
