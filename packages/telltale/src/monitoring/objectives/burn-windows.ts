import { DAY, HOUR, MINUTE } from '../query/build.js'

/** A pair of windows over which the budget must be burning too fast at once. */
export interface BurnWindow {
  readonly severity: 'critical' | 'warning'
  /** Seconds; shows that it is still going on. */
  readonly short: number
  /** Seconds; shows that it matters. */
  readonly long: number
  /** How many times faster than allowed. */
  readonly factor: number
}

/** The shortest and the longest window of an objective, in seconds. */
export const SHORTEST_WINDOW = DAY
export const LONGEST_WINDOW = 366 * DAY

interface Row {
  readonly severity: BurnWindow['severity']
  readonly short: number
  readonly long: number
  /** Share of the budget that is gone when the alert fires, for an objective over a week, and over 4 weeks or more. */
  readonly week: number
  readonly month: number
}

const rows: readonly Row[] = [
  { severity: 'critical', short: 5 * MINUTE, long: HOUR, week: 0.08, month: 0.02 },
  { severity: 'critical', short: 30 * MINUTE, long: 6 * HOUR, week: 0.125, month: 0.05 },
  { severity: 'warning', short: 2 * HOUR, long: DAY, week: 0.2, month: 0.1 },
  { severity: 'warning', short: 6 * HOUR, long: 3 * DAY, week: 0.42, month: 0.1 },
]

const WEEK = 7 * DAY
const MONTH = 28 * DAY

/**
 * The four pairs of windows for an objective over `window` seconds. From 28 days on they are those of a month, with
 * factors in proportion; between a week and 28 days the factors go from one to the other; below a week the windows
 * shrink with the objective's, in whole minutes.
 */
export function burnWindows(window: number): readonly BurnWindow[] {
  return rows.map((row) => {
    const { severity } = row
    const scale = Math.min(1, window / WEEK)
    const short = wholeMinutes(row.short * scale)
    const long = Math.max(wholeMinutes(row.long * scale), 2 * short)
    return { severity, short, long, factor: factorOf(row, window, long) }
  })
}

function factorOf({ week, month, long }: Row, window: number, scaled: number): number {
  if (window >= MONTH) return digits((month * window) / long)
  if (window <= WEEK) return digits((week * window) / scaled)
  const [atWeek, atMonth] = [(week * WEEK) / long, (month * MONTH) / long]
  const share = Math.log(window / WEEK) / Math.log(MONTH / WEEK)
  return digits(atWeek * (atMonth / atWeek) ** share)
}

/** The factor above which no service can burn: with nothing but errors. */
export function largestFactor(budget: number): number {
  return 1 / budget
}

/** Whether the alert of these windows can fire at all. */
export function canFire({ factor }: BurnWindow, budget: number): boolean {
  return factor * budget < 1
}

/** Seconds from the begin of a total outage to the moment at which the long window is over the line. */
export function secondsToFire({ factor, long }: BurnWindow, budget: number): number {
  return factor * budget * long
}

/** Seconds until the whole budget is gone at this factor. */
export function secondsToExhaustion(window: number, factor: number): number {
  return window / factor
}

const wholeMinutes = (seconds: number) => Math.max(1, Math.round(seconds / MINUTE)) * MINUTE
const digits = (factor: number) => Number(factor.toPrecision(6))
