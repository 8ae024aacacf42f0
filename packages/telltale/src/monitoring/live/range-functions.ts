import type { OverTime } from '../query/query.js'
import type { Point } from './history.js'
import { sampleQuantile } from './quantile.js'

/** The range that the points are from: after `start`, up to `end`, in seconds. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A function over the points of one series; `undefined` where there are too few of them. */
export function overPoints(call: OverTime, points: readonly Point[], range: Range): number | undefined {
  const values = points.map(({ value }) => value)
  if (values.length === 0) return undefined
  switch (call.fn) {
    case 'rate':
      return perSecond(growth(points, range, 'counter'), range)
    case 'increase':
      return growth(points, range, 'counter')
    case 'delta':
      return growth(points, range, 'gauge')
    case 'deriv':
      return line(points, points[0]!.at)?.slope
    case 'predict_linear': {
      const found = line(points, range.end)
      return found && found.intercept + found.slope * (call.argument ?? 0)
    }
    case 'quantile_over_time':
      return sampleQuantile(call.argument ?? 0, values)
    default:
      return ofValues[call.fn](values)
  }
}

type ValueFunction = Exclude<
  OverTime['fn'],
  'rate' | 'increase' | 'delta' | 'deriv' | 'predict_linear' | 'quantile_over_time'
>

const ofValues: Readonly<Record<ValueFunction, (values: readonly number[]) => number>> = {
  changes: (values) =>
    pairs(values, (before, now) => now !== before && !(Number.isNaN(now) && Number.isNaN(before))),
  resets: (values) => pairs(values, (before, now) => now < before),
  avg_over_time: (values) => sum(values) / values.length,
  min_over_time: (values) =>
    values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least)),
  max_over_time: (values) =>
    values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most)),
  sum_over_time: sum,
  count_over_time: (values) => values.length,
  stddev_over_time: (values) => {
    const mean = sum(values) / values.length
    return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length)
  },
  last_over_time: (values) => values.at(-1)!,
  present_over_time: () => 1,
}

/** The sum, with the parts that rounding loses. */
export function sum(values: readonly number[]): number {
  let total = 0
  let lost = 0
  for (const value of values) {
    const next = total + value
    if (Number.isFinite(next)) {
      lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    }
    total = next
  }
  return total + lost
}

function pairs(values: readonly number[], counts: (before: number, now: number) => boolean): number {
  return values.filter((value, i) => i > 0 && counts(values[i - 1]!, value)).length
}

function perSecond(value: number | undefined, { start, end }: Range): number | undefined {
  return value === undefined ? undefined : value / (end - start)
}

/**
 * By how much a series grew within the whole range. The points begin and end inside of it; what they show is extended
 * to its ends, or by half a step where they are far from these: the series began or ended there.
 */
function growth(points: readonly Point[], range: Range, type: 'counter' | 'gauge'): number | undefined {
  const [first, last] = [points[0]!, points.at(-1)!]
  if (points.length < 2) return undefined
  const known = last.at - first.at
  const grown = last.value - first.value + (type === 'counter' ? lostInResets(points) : 0)
  const step = known / (points.length - 1)
  let before = reach(first.at - range.start, step)
  // A counter starts at zero, so it cannot have begun before that.
  if (type === 'counter' && grown > 0 && first.value >= 0) {
    before = Math.min(before, known * (first.value / grown))
  }
  return grown * ((known + before + reach(range.end - last.at, step)) / known)
}

function reach(distance: number, step: number): number {
  return distance >= step * 1.1 ? step / 2 : distance
}

/** What a counter had whenever it started anew. */
function lostInResets(points: readonly Point[]): number {
  return sum(points.map(({ value }, i) => (i > 0 && value < points[i - 1]!.value ? points[i - 1]!.value : 0)))
}

/** The straight line that fits best, with its value at `origin`. */
function line(
  points: readonly Point[],
  origin: number,
): { readonly slope: number; readonly intercept: number } | undefined {
  const count = points.length
  if (count < 2) return undefined
  const first = points[0]!.value
  if (points.every(({ value }) => value === first)) {
    return {
      slope: Number.isFinite(first) ? 0 : Number.NaN,
      intercept: Number.isFinite(first) ? first : Number.NaN,
    }
  }
  const x = points.map(({ at }) => at - origin)
  const y = points.map(({ value }) => value)
  const sumX = sum(x)
  const sumY = sum(y)
  const covariance = sum(x.map((value, i) => value * y[i]!)) - (sumX * sumY) / count
  const slope = covariance / (sum(x.map((value) => value * value)) - (sumX * sumX) / count)
  return { slope, intercept: sumY / count - (slope * sumX) / count }
}
