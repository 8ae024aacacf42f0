import type { Clock } from '../model/clock.js'

/**
 * Ends what it times when it is called, and returns the seconds since it was started. Only the first call records;
 * later ones return the same seconds. With `using` or `await using` it ends with its block, however that is left.
 */
export interface Timer extends Disposable {
  (): number
}

/** Starts a timer that gives its seconds to `record` once. */
export function startTimer(clock: Clock, record: (seconds: number) => void): Timer {
  const start = clock.monotonic()
  let seconds: number | undefined
  const end = (): number => {
    if (seconds !== undefined) return seconds
    seconds = clock.monotonic() - start
    record(seconds)
    return seconds
  }
  // It is one from the next lines on; assigning costs 1 ns, Object.assign 400.
  const timer = end as Timer
  // Node.js 20 has the symbol in its main realm only, so not where Jest runs tests: there a timer is just called.
  if (Symbol.dispose !== undefined) timer[Symbol.dispose] = timer
  return timer
}
