/** `count` bounds, `width` apart. Throws prom-client's error for a count below 1. */
export function linearBuckets(start: number, width: number, count: number): number[] {
  if (count < 1) throw new Error('Linear buckets needs a positive count')
  return Array.from({ length: count }, (_, i) => start + i * width)
}

/** `count` bounds, each `factor` times the one before. Throws prom-client's errors. */
export function exponentialBuckets(start: number, factor: number, count: number): number[] {
  if (start <= 0) throw new Error('Exponential buckets needs a positive start')
  if (count < 1) throw new Error('Exponential buckets needs a positive count')
  if (factor <= 1) throw new Error('Exponential buckets needs a factor greater than 1')
  const bounds: number[] = []
  for (let bound = start; bounds.length < count; bound *= factor) bounds.push(bound)
  return bounds
}

/** The bounds in ascending order, each once: what a histogram needs, whatever order they were written in. */
export function sortedBuckets(buckets: readonly number[]): readonly number[] {
  return Array.isArray(buckets) ? [...new Set(buckets)].sort((a, b) => a - b) : buckets
}
