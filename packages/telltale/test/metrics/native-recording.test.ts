import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { expose, Histogram, type NativeOptions, Registry, TelltaleError } from '../../src/index.js'
import {
  contentOf,
  hasBucket,
  hasRoom,
  increment,
  keyOf,
  newTable,
  populate,
  sizeOf,
  slotsOf,
  withOne,
} from '../../src/metrics/native-table.js'
import { Slab } from '../../src/metrics/slab.js'
import { obtainHistogram } from '../../src/registry/obtain.js'
import { modelOf, nativeOf, observation, populated, total } from './native-values.js'

const observations = fc.array(observation, { maxLength: 60 })
const DEFAULT_THRESHOLD = 2 ** -128

test.each([-4, -1, 0, 2, 3, 5, 8])('native buckets count what a naive model counts: schema %i', (schema) => {
  fc.assert(
    fc.property(observations, fc.constantFrom(0, DEFAULT_THRESHOLD, 0.01, 1), (values, zeroThreshold) => {
      const histogram = nativeOf(values, { schema, zeroThreshold })
      expect(histogram.labels().native).toEqual(modelOf(values, schema, zeroThreshold))
      expect(histogram.labels().count).toBe(values.length)
    }),
    { numRuns: 40 },
  )
})

test('classic and native buckets of one histogram count the same values', async () => {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [1, 2], native: true, registry })
  for (const value of [0.5, 1.5, 1.5, 9, -3, 0]) histogram.observe(value)
  const text = parseText((await expose(registry)).body)
  expect(['1', '2', '+Inf'].map((le) => text.value('h_bucket', { le }))).toEqual([3, 5, 6])
  const native = histogram.labels().native!
  expect([native.count, native.sum, native.zeroCount]).toEqual([6, 9.5, 1])
  expect(total(native)).toBe(6)
})

test('without classic buckets the text has count, sum and the bucket of everything', async () => {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'Help.', buckets: [], native: true, registry })
  histogram.observe(0.25)
  histogram.observe(4)
  expect((await expose(registry)).body).toBe(
    '# HELP h Help.\n# TYPE h histogram\nh_bucket{le="+Inf"} 2\nh_sum 4.25\nh_count 2\n',
  )
  expect(histogram.buckets).toEqual([])
})

test('a histogram has native buckets only where it asks for them, and classic ones unless it says no', () => {
  const registry = new Registry()
  const plain = new Histogram({ name: 'plain', help: 'p', registry })
  const off = new Histogram({ name: 'off', help: 'o', native: false, registry })
  const both = new Histogram({ name: 'both', help: 'b', native: true, registry })
  expect([plain.native, off.native, plain.labels().native]).toEqual([undefined, undefined, undefined])
  expect(both.buckets).toEqual(plain.buckets)
  expect(both.native).toEqual({
    schema: 3,
    maxBuckets: 160,
    zeroThreshold: DEFAULT_THRESHOLD,
    maxZeroThreshold: DEFAULT_THRESHOLD,
    minResetSeconds: 0,
  })
})

test('what is no finite number is in no bucket', () => {
  const histogram = new Histogram({
    name: 'h',
    help: 'h',
    buckets: [],
    native: true,
    registry: new Registry({ warn: () => {} }),
  })
  for (const value of [NaN, Infinity, -Infinity]) histogram.observe(value)
  histogram.observe(1)
  expect(histogram.labels().native).toEqual(modelOf([1], 3, DEFAULT_THRESHOLD))
})

test('a reset forgets native buckets too, and a removed series gives its cells back', () => {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'h', native: true, labels: ['a'], registry })
  const fill = (name: string) => {
    const series = histogram.labels(name)
    for (let value = 1; value < 1000; value++) series.observe(value)
    return series
  }
  const series = fill('x')
  histogram.reset()
  expect(series.native).toEqual(modelOf([], 3, DEFAULT_THRESHOLD))
  fill('x')
  histogram.remove('x')
  const { bytes } = registry.slab
  for (let i = 0; i < 200; i++) {
    fill('x')
    histogram.remove('x')
  }
  expect(registry.slab.bytes).toBe(bytes)
  series.observe(3)
  expect(series.native!.count).toBe(1)
  expect(histogram.size).toBe(0)
})

describe.each([
  ['native.factor', { factor: 1 }],
  ['native.factor', { factor: NaN }],
  ['native.factor', { factor: 1.1, schema: 3 }],
  ['native.schema', { schema: 9 }],
  ['native.schema', { schema: -5 }],
  ['native.schema', { schema: 1.5 }],
  ['native.maxBuckets', { maxBuckets: 0 }],
  ['native.maxBuckets', { maxBuckets: 1e9 }],
  ['native.zeroThreshold', { zeroThreshold: -1 }],
  ['native.zeroThreshold', { zeroThreshold: Infinity }],
  ['native.maxZeroThreshold', { maxZeroThreshold: NaN }],
  ['native.minResetSeconds', { minResetSeconds: -1 }],
  ['native ', 'yes'],
])('%s', (option, native) => {
  test(`refuses ${JSON.stringify(native)} and registers nothing`, () => {
    const registry = new Registry()
    const define = () => new Histogram({ name: 'h', help: 'h', native: native as NativeOptions, registry })
    expect(define).toThrow(TelltaleError)
    expect(define).toThrow(option)
    expect(registry.families).toEqual([])
  })
})

test('without native buckets an empty list of classic ones is an error', () => {
  const registry = new Registry()
  expect(() => new Histogram({ name: 'h', help: 'h', buckets: [], registry })).toThrow(/there is no bound/)
})

test('the table of buckets finds any key again, whatever pattern the indexes follow', () => {
  const step = fc.constantFrom(1, 2, 3, 16, 256, 4096)
  const run = fc.tuple(fc.integer({ min: -200_000, max: 200_000 }), step, fc.boolean())
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
      const slab = new Slab()
      let table = newTable(slab, { schema: 3, zeroThreshold: 0 }, 0)
      const model = new Map<number, number>()
      for (const [first, by, negative] of runs) {
        for (let i = 0; i < 40; i++) {
          const key = keyOf(first + i * by, negative)
          expect(hasBucket(table, key)).toBe(model.has(key))
          const isCounted = increment(slotsOf(table), key)
          expect(isCounted).toBe(model.has(key))
          if (!isCounted && hasRoom(table)) populate(table, key)
          else if (!isCounted) table = withOne(slab, table, key)
          model.set(key, (model.get(key) ?? 0) + 1)
        }
      }
      expect(contentOf(table).counts).toEqual(model)
      expect(sizeOf(table)).toBe(model.size)
    }),
  )
})

test('a native bucket counts on beyond 2^32, through growth and loss of resolution', () => {
  const registry = new Registry()
  const native = { schema: 3, maxBuckets: 20 }
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [], native, registry })
  const series = histogram.labels()
  for (let i = 0; i < 12_345; i++) series.observe(1)
  // The count as it is kept, made as large as it would be after four thousand million more.
  const words = registry.slab.words.find((each) => each.lastIndexOf(12_345) > each.indexOf(12_345))!
  words[words.lastIndexOf(12_345)] = -3
  const count = () => series.native!.positive.counts[0]
  expect(count()).toBe(2 ** 32 - 3)
  for (let i = 0; i < 5; i++) series.observe(1)
  expect(count()).toBe(2 ** 32 + 2)
  for (let i = 1; i < 15; i++) series.observe(2 ** (i / 8) * 1.01)
  expect(count()).toBe(2 ** 32 + 2)
  expect(populated(series.native!)).toBe(15)
  expect(series.native!.schema).toBe(3)
  for (let i = 0; i < 40; i++) series.observe(2 ** i)
  expect(series.native!.schema).toBeLessThan(3)
  expect(series.native!.count).toBe(2 ** 32 + 2 + 14 + 40)
  registry.unregister('h')
  series.observe(1)
  expect(series.native!.count).toBe(2 ** 32 + 2 + 14 + 41)
})

test('asking for a histogram that is there already gives it, unless its native buckets differ', () => {
  const registry = new Registry()
  const definition = { name: 'h', help: 'h', buckets: [], registry }
  const histogram = obtainHistogram({ ...definition, native: { schema: 3 } })
  expect(obtainHistogram({ ...definition, native: true })).toBe(histogram)
  expect(obtainHistogram({ name: 'h', help: 'h', registry })).toBe(histogram)
  for (const native of [false, { schema: 4 }, { maxBuckets: 5 }]) {
    expect(() => obtainHistogram({ ...definition, native })).toThrow(
      /"h" is registered already, with .*schema/,
    )
  }
})
