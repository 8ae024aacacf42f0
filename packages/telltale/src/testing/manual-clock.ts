import type { Clock } from '../model/clock.js'
import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

/** 2023-11-14T22:13:20Z: as good as any, and the same in every run. */
const START = 1_700_000_000

/** A clock that stands still until it is told to go on: `new Registry({ clock })`. */
export class ManualClock implements Clock {
  #monotonic = 0
  #wall: number

  /** Begins at this time of day, in seconds since 1970-01-01T00:00:00Z; 1,700,000,000 when left out. */
  constructor(wall = START) {
    this.#wall = checkSeconds(wall, -Infinity)
  }

  monotonic(): number {
    return this.#monotonic
  }

  wall(): number {
    return this.#wall
  }

  /** Lets this many seconds go by. Throws `TELLTALE_OPTION` for a negative number: time does not go back. */
  advance(seconds: number): void {
    checkSeconds(seconds, 0)
    this.#monotonic += seconds
    this.#wall += seconds
  }

  /** Sets the time of day, as an operator or NTP does; what is being timed does not notice. */
  setWall(seconds: number): void {
    this.#wall = checkSeconds(seconds, -Infinity)
  }
}

function checkSeconds(seconds: number, least: number): number {
  if (Number.isFinite(seconds) && seconds >= least) return seconds
  const kind = least === 0 ? 'that is not negative; to set the time of day back, use setWall()' : ''
  throw new TelltaleError(
    'TELLTALE_OPTION',
    `clock: got ${shown(seconds)}, expected a number of seconds ${kind}`.trimEnd(),
  )
}
