import { setTimeout as delay } from 'node:timers/promises'
import { CommandError } from '../command-error.js'

export interface UntilOptions {
  /** What is waited for, as the end of the sentence "waited N s for …". */
  readonly what: string
  /** Milliseconds until it is given up. Default 30,000. */
  readonly within?: number
  /** Milliseconds between two looks. Default 100. */
  readonly every?: number
  /** Ends the wait at once; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/**
 * Looks again and again until `look` gives something else than `undefined`, and resolves with it.
 *
 * A look that throws counts as "not yet"; its error is named when time runs out, with code TELLTALE_TIMEOUT.
 */
export async function until<T>(look: () => Promise<T | undefined>, options: UntilOptions): Promise<T> {
  const { what, within = 30_000, every = 100, signal } = options
  const deadline = performance.now() + within
  let last = ''
  for (;;) {
    signal?.throwIfAborted()
    try {
      const seen = await look()
      if (seen !== undefined) return seen
      last = ''
    } catch (error) {
      last = `; the last look failed: ${error instanceof Error ? error.message : String(error)}`
    }
    if (performance.now() >= deadline) {
      throw new CommandError('TELLTALE_TIMEOUT', `waited ${within / 1000} s for ${what}${last}`)
    }
    await delay(every, undefined, { signal })
  }
}
