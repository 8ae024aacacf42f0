import { quantileOf } from '../../top/distribution.js'

/** Bounds that fit what was observed. */
export interface BucketProposal {
  /** Finite, ascending. */
  readonly bounds: readonly number[]
  /** How far a percentile may be off at most, as a ratio of its value: with the old bounds, and with these. */
  readonly errors: readonly { readonly quantile: number; readonly before: number; readonly after: number }[]
}

/** The percentiles that people look at. */
export const watched = [0.5, 0.95, 0.99] as const

/** Steps of a decade for the tail, where percentiles are read: none is more than a quarter above the one before. */
const FINE = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8]
/** For the rest. */
const COARSE = [1, 2.5, 5]

/** Fewer than these would not reach from the fastest to the slowest. */
const LEAST_BOUNDS = 12

/**
 * Proposes bounds: fine ones where the 90th to the 99th percentile lie, coarse ones for the rest, and the thresholds
 * exactly; no more than there are now, but for the thresholds. `undefined` where too little was observed below the
 * last bound.
 */
export function proposeBounds(
  bounds: readonly number[],
  counts: readonly number[],
  thresholds: readonly number[],
): BucketProposal | undefined {
  const at = (quantile: number) => quantileOf(quantile, bounds, counts)
  const [low, tail, high, top] = [at(0.05), at(0.9), at(0.99), at(0.999)]
  if (low === undefined || tail === undefined || high === undefined || top === undefined) return undefined
  if (!(low.value > 0)) return undefined
  // What lies beyond the last bound was not seen; ten times of it is a look at it.
  const end = top.beyond ? (bounds.at(-2) ?? top.value) * 10 : top.value * 1.5
  const fine = within(FINE, Math.min(tail.value, high.value) * 0.9, high.beyond ? end : high.value * 1.1)
  const coarse = within(COARSE, low.value / 2, Math.max(end, ...thresholds.map((value) => value * 2)))
  const [first, until] = [fine[0]!, fine.at(-1)!]
  const outside = coarse.filter((bound) => bound < first / 1.3 || bound > until * 1.3)
  const most = Math.max(LEAST_BOUNDS, bounds.length - 1)
  const proposed = withThresholds(
    thinned(
      [...outside, ...fine].sort((a, b) => a - b),
      most,
    ),
    thresholds,
  )
  return {
    bounds: proposed,
    errors: watched.flatMap((quantile) => {
      const value = at(quantile)
      if (value === undefined || value.beyond) return []
      return [{ quantile, before: errorAt(value.value, bounds), after: errorAt(value.value, proposed) }]
    }),
  }
}

/** How far a percentile in the bucket of this value may be off: the width of the bucket as a ratio of the value. */
export function errorAt(value: number, bounds: readonly number[]): number {
  const upper = bounds.find((bound) => bound >= value) ?? Number.POSITIVE_INFINITY
  const lower = bounds.findLast((bound) => bound < value) ?? 0
  return (upper - lower) / value
}

/** Round numbers of each decade between two values, and the next one on each side. */
function within(steps: readonly number[], from: number, to: number): number[] {
  const found: number[] = []
  for (let decade = Math.floor(Math.log10(from)) - 1; decade <= Math.ceil(Math.log10(to)); decade++) {
    for (const step of steps) found.push(Number(`${step}e${decade}`))
  }
  const first = found.findLastIndex((bound) => bound <= from)
  const last = found.findIndex((bound) => bound >= to)
  return found.slice(Math.max(0, first), last < 0 ? undefined : last + 1)
}

/** Leaves out every other of the lowest bounds, which no percentile of the tail needs, until few enough are left. */
function thinned(bounds: readonly number[], most: number): readonly number[] {
  let kept = bounds
  for (let at = 1; kept.length > most && at < kept.length - 1; at++) kept = kept.filter((_, i) => i !== at)
  return kept
}

/** Puts the thresholds in, each in the place of a bound that is nearly the same. */
function withThresholds(bounds: readonly number[], thresholds: readonly number[]): readonly number[] {
  const wanted = thresholds.filter((threshold) => threshold > 0 && Number.isFinite(threshold))
  const others = bounds.filter((bound) => !wanted.some((threshold) => Math.abs(bound / threshold - 1) < 0.1))
  return [...new Set([...others, ...wanted])].sort((a, b) => a - b)
}
