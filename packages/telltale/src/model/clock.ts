/** Where time comes from, so that tests can hold it. */
export interface Clock {
  /** Seconds from an arbitrary start; never goes back. */
  monotonic(): number
  /** Seconds since 1970-01-01T00:00:00Z. */
  wall(): number
}

/** The clock of the machine. One reading costs about 40 ns. */
export const systemClock: Clock = {
  monotonic: () => performance.now() / 1000,
  wall: () => Date.now() / 1000,
}

/** Seconds on the one clock that is the same in every thread of a process, which `performance.now()` is not. */
export function processSeconds(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds + nanoseconds / 1e9
}
