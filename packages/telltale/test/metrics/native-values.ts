import fc from 'fast-check'
import { Histogram } from '../../src/metrics/histogram.js'
import type { NativeHistogram } from '../../src/metrics/native-histogram.js'
import type { NativeOptions } from '../../src/metrics/native-options.js'
import { Registry } from '../../src/registry/registry.js'
import { exactIndex } from './exact-index.js'

/** Numbers as they come from timers and sizes, and any others that are finite. */
export const observation = fc.oneof(
  fc.double({ min: 1e-4, max: 100, noNaN: true }),
  fc.double({ min: -100, max: -1e-4, noNaN: true }),
  fc.integer({ min: -8, max: 8 }),
  fc.constantFrom(0, -0, 1e-300, Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

/** A histogram with native buckets only, alone in its registry, after some observations. */
export function nativeOf(values: readonly number[], native: NativeOptions = {}): Histogram {
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [], native, registry: new Registry() })
  for (const value of values) histogram.observe(value)
  return histogram
}

/** What a list and exact arithmetic make of the same observations. */
export function modelOf(values: readonly number[], schema: number, zeroThreshold: number): NativeHistogram {
  const inZero = values.filter((value) => Math.abs(value) <= zeroThreshold)
  return {
    schema,
    zeroThreshold,
    zeroCount: inZero.length,
    count: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    positive: counted(
      values.filter((value) => value > zeroThreshold),
      schema,
    ),
    negative: counted(
      values.filter((value) => value < -zeroThreshold),
      schema,
    ),
  }
}

function counted(values: readonly number[], schema: number): NativeHistogram['positive'] {
  const indexes = values.map((value) => exactIndex(Math.abs(value), schema))
  const distinct = [...new Set(indexes)].sort((a, b) => a - b)
  return {
    indexes: distinct,
    counts: distinct.map((index) => indexes.filter((each) => each === index).length),
  }
}

/** All counts of a histogram added up. */
export function total({ zeroCount, positive, negative }: NativeHistogram): number {
  return [...positive.counts, ...negative.counts].reduce((sum, count) => sum + count, zeroCount)
}

/** How many buckets are populated, the zero bucket not counted. */
export function populated({ positive, negative }: NativeHistogram): number {
  return positive.indexes.length + negative.indexes.length
}
