/** A median, and between which values it lies with at least 95 % confidence. */
export interface Interval {
  readonly median: number
  readonly low: number
  readonly high: number
}

const CONFIDENCE = 0.95

/** Assumes nothing of the distribution: the bounds are values of the sample, so many from its ends. */
export function medianOf(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b)
  const count = sorted.length
  const middle = (count - 1) / 2
  const outside = outsideCount(count)
  return {
    median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
    low: sorted[outside]!,
    high: sorted[count - 1 - outside]!,
  }
}

/** How many values at each end can be left out: the count below the median is binomial. */
function outsideCount(count: number): number {
  let term = 0.5 ** count
  let tail = term
  let outside = 0
  while (2 * tail <= 1 - CONFIDENCE) {
    outside++
    term *= (count - outside + 1) / outside
    tail += term
  }
  return Math.max(0, outside - 1)
}
