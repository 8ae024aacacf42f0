import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { Histogram, type NativeOptions, Registry } from '../../src/index.js'
import { nativeBound } from '../../src/metrics/native-index.js'
import { modelOf, nativeOf, observation, populated, total } from './native-values.js'

const values = fc.array(observation, { minLength: 1, maxLength: 300 })

test('a series keeps to its limit and loses no count, whatever it is fed', () => {
  const limits = fc.record({
    schema: fc.integer({ min: -4, max: 8 }),
    maxBuckets: fc.constantFrom(264, 300, 500),
    maxZeroThreshold: fc.constantFrom(0, 1e-3, 1, 1e300),
  })
  fc.assert(
    fc.property(values, limits, (observed, options) => {
      const native = nativeOf(observed, options).labels().native!
      expect(populated(native)).toBeLessThanOrEqual(options.maxBuckets)
      expect([native.count, total(native)]).toEqual([observed.length, observed.length])
    }),
  )
})

test('with a tight limit too, unless the coarsest schema needs more', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 30 }), (observed, maxBuckets) => {
      const native = nativeOf(observed, { schema: 8, maxBuckets }).labels().native!
      if (native.schema > -4) expect(populated(native)).toBeLessThanOrEqual(maxBuckets)
      expect(total(native)).toBe(observed.length)
    }),
  )
})

test('no list of doubles has more than 264 buckets at the coarsest schema', () => {
  const all = Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074))
  const native = nativeOf([...all, ...all.map((value) => -value)], {
    schema: 8,
    maxBuckets: 1,
    zeroThreshold: 0,
  }).labels().native!
  expect([native.schema, populated(native), total(native)]).toEqual([-4, 264, 4196])
})

test('a coarsened histogram is what recording at that schema gives', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 4, max: 40 }), (observed, maxBuckets) => {
      const native = nativeOf(observed, { schema: 8, maxBuckets }).labels().native!
      expect(native).toEqual(modelOf(observed, native.schema, native.zeroThreshold))
    }),
    { numRuns: 40 },
  )
})

test('the zero bucket is widened first, as far as it may', () => {
  const histogram = nativeOf([1, 2, 4, 8], { schema: 0, maxBuckets: 4, maxZeroThreshold: 2 })
  histogram.observe(16)
  const widened = histogram.labels().native!
  expect([widened.schema, widened.zeroThreshold, widened.zeroCount]).toEqual([0, 1, 1])
  expect(widened.positive).toEqual({ indexes: [1, 2, 3, 4], counts: [1, 1, 1, 1] })
  histogram.observe(-1)
  expect(histogram.labels().native!.zeroCount).toBe(2)
  histogram.observe(-32)
  expect(histogram.labels().native!.zeroThreshold).toBe(2)
  histogram.observe(64)
  const coarsened = histogram.labels().native!
  expect([coarsened.schema, coarsened.zeroThreshold, coarsened.count, total(coarsened)]).toEqual([
    -1, 2, 8, 8,
  ])
})

test('widening takes the positive and the negative bucket of the smallest magnitudes together', () => {
  const histogram = nativeOf([1, -1, 4, -4], { schema: 0, maxBuckets: 4, maxZeroThreshold: 1 })
  histogram.observe(16)
  const native = histogram.labels().native!
  expect([native.zeroCount, native.zeroThreshold]).toEqual([2, 1])
  expect([native.positive.indexes, native.negative.indexes]).toEqual([[2, 4], [2]])
})

function resetting(options: NativeOptions) {
  const clock = new ManualClock()
  const registry = new Registry({ clock })
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [10], native: options, registry })
  const observe = (...observed: readonly number[]) => {
    for (const value of observed) histogram.observe(value)
  }
  return { clock, observe, series: histogram.labels() }
}

const fourBuckets = { schema: 0, maxBuckets: 4, maxZeroThreshold: 1, minResetSeconds: 60 }

test('a series that is old enough starts again, classic buckets too, with the value that was too much', () => {
  const { clock, observe, series } = resetting(fourBuckets)
  observe(1, 2, 4, 8)
  clock.advance(60)
  observe(16)
  expect(series.native).toEqual(modelOf([16], 0, 2 ** -128))
  expect([series.count, series.sum]).toEqual([1, 16])
})

test('a series that is too young loses resolution, and gets it back when it is old enough', () => {
  const { clock, observe, series } = resetting(fourBuckets)
  observe(1, 2, 4, 8)
  clock.advance(59)
  observe(16, 32)
  expect(series.native!.schema).toBe(-1)
  expect(series.native!.zeroThreshold).toBe(1)
  expect(series.count).toBe(6)
  clock.advance(1)
  observe(2)
  expect(series.native).toEqual(modelOf([2], 0, 2 ** -128))
  expect([series.count, series.sum]).toEqual([1, 2])
  clock.advance(30)
  observe(3, 4, 5)
  expect(series.count).toBe(4)
})

test('a series that keeps to its limit never starts again', () => {
  const { clock, observe, series } = resetting(fourBuckets)
  for (let i = 0; i < 10; i++) {
    observe(1, 2, 4, 8)
    clock.advance(100)
  }
  expect(series.count).toBe(40)
})

test('memory is bounded by the limit, not by the range of the values', () => {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [], native: { schema: 8 }, registry })
  for (let exponent = -300; exponent <= 300; exponent++) {
    histogram.observe(10 ** exponent)
    histogram.observe(-(10 ** exponent))
  }
  expect(registry.slab.bytes).toBeLessThan(32 * 1024)
  expect(total(histogram.labels().native!)).toBe(1202)
})

test('bounds are where the documentation has them', () => {
  expect([nativeBound(1, 3), nativeBound(-8, 3), nativeBound(64, -4)]).toEqual([
    1.0905077326652577,
    0.5,
    Number.MAX_VALUE,
  ])
})
