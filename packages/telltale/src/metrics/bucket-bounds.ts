import { TelltaleError } from '../model/error.js'
import { shown } from '../model/metric-name.js'

/** Bounds in seconds for the duration of a request or a query; those of the other client libraries. */
export const defaultBuckets: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * The upper bounds of a histogram's finite buckets, copied; `+Inf` at the end may be given and is implied. Throws
 * `TELLTALE_BUCKETS` unless they are numbers in strictly ascending order.
 */
export function checkBuckets(metric: string, buckets: readonly number[]): Float64Array {
  const given = Array.isArray(buckets) ? buckets : [buckets]
  const finite = given.at(-1) === Infinity ? given.slice(0, -1) : given.slice()
  const fault = bucketFault(finite)
  if (fault === undefined) return Float64Array.from(finite)
  throw new TelltaleError(
    'TELLTALE_BUCKETS',
    `metric "${metric}": got buckets ${shown(given)}, expected numbers in ascending order, for example ` +
      `[0.1, 0.5, 1]: ${fault}`,
  )
}

function bucketFault(bounds: readonly unknown[]): string | undefined {
  if (bounds.length === 0) return 'there is no bound'
  for (let i = 0; i < bounds.length; i++) {
    const bound = bounds[i]
    if (typeof bound !== 'number' || !Number.isFinite(bound)) return `${shown(bound)} is not a finite number`
    if (i > 0 && bound <= (bounds[i - 1] as number)) return `${bound} does not come after ${bounds[i - 1]}`
  }
  return undefined
}

/** `count` bounds: `start`, `start + width`, … Throws `TELLTALE_BUCKETS` for a width that is not positive. */
export function linearBuckets(start: number, width: number, count: number): number[] {
  checkCount(count)
  if (!(width > 0)) throw bucketOption('width', width, 'a number above 0')
  return Array.from({ length: count }, (_, i) => start + i * width)
}

/** `count` bounds: `start`, `start × factor`, … Throws `TELLTALE_BUCKETS` unless start > 0 and factor > 1. */
export function exponentialBuckets(start: number, factor: number, count: number): number[] {
  checkCount(count)
  if (!(start > 0)) throw bucketOption('start', start, 'a number above 0')
  if (!(factor > 1)) throw bucketOption('factor', factor, 'a number above 1')
  const bounds = [start]
  while (bounds.length < count) bounds.push(bounds.at(-1)! * factor)
  return bounds
}

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw bucketOption('count', count, 'a whole number above 0')
}

function bucketOption(name: string, got: unknown, expected: string): TelltaleError {
  return new TelltaleError('TELLTALE_BUCKETS', `buckets: got ${name} ${shown(got)}, expected ${expected}`)
}
