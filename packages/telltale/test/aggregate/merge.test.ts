import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Aggregator } from '../../src/aggregate/aggregator.js'
import type { FamilySnapshot } from '../../src/aggregate/family-snapshot.js'
import { mergeSnapshots } from '../../src/aggregate/merge.js'
import { anyFamily, histogram, plain, shownBy, summary } from './snapshots.js'

const merged = (...processes: readonly (readonly FamilySnapshot[])[]) => mergeSnapshots(processes)
const aggregators: readonly Aggregator[] = ['sum', 'min', 'max', 'average']

describe.each(aggregators)('what processes have, merged by %s,', (aggregator) => {
  const process = fc.uniqueArray(anyFamily(aggregator), { maxLength: 3, selector: ({ name }) => name })

  test('is the same in any order', () => {
    fc.assert(
      fc.property(process, process, (a, b) => {
        expect(shownBy(merged(a, b))).toEqual(shownBy(merged(b, a)))
      }),
    )
  })

  test('is the same in any grouping', () => {
    fc.assert(
      fc.property(process, process, process, (a, b, c) => {
        const all = shownBy(merged(a, b, c))
        expect(shownBy(merged(merged(a, b), c))).toEqual(all)
        expect(shownBy(merged(a, merged(b, c)))).toEqual(all)
      }),
    )
  })

  test('is what it was for one process alone', () => {
    fc.assert(
      fc.property(process, (a) => {
        expect(shownBy(merged(a))).toEqual(shownBy(a))
        expect(shownBy(merged(a, []))).toEqual(shownBy(a))
      }),
    )
  })
})

test('the first of all processes is the first in any grouping', () => {
  const process = fc.uniqueArray(anyFamily('first'), { maxLength: 3, selector: ({ name }) => name })
  fc.assert(
    fc.property(process, process, process, (a, b, c) => {
      expect(shownBy(merged(merged(a, b), c))).toEqual(shownBy(merged(a, merged(b, c))))
    }),
  )
})

test('each aggregator gives what it is named after', () => {
  const value = (aggregator: Aggregator) =>
    shownBy(merged(...[4, 1, 7].map((sample) => [plain('gauge', { a: sample }, aggregator)]))).get(
      'gauge[["l","a"]]',
    )
  expect(['sum', 'first', 'min', 'max', 'average', 'omit'].map((name) => value(name as Aggregator))).toEqual([
    12,
    4,
    1,
    7,
    4,
    undefined,
  ])
})

test('series that only some processes have are there, each as they have it', () => {
  const shown = shownBy(merged([plain('counter', { a: 1, b: 2 })], [plain('counter', { b: 3, c: 4 })]))
  expect(Object.fromEntries(shown)).toEqual({
    'counter[["l","a"]]': 1,
    'counter[["l","b"]]': 5,
    'counter[["l","c"]]': 4,
  })
})

test('series with other label names are the same where their labels are', () => {
  const one = plain('counter', { a: 1 })
  const other = { ...one, labelNames: ['m', 'l'], series: [{ values: ['', 'a'], samples: [2] }] }
  const shown = shownBy(merged([one], [other]))
  expect(Object.fromEntries(shown)).toEqual({ 'counter[["l","a"]]': 3 })
})

test('histograms with different buckets keep the bounds that all have, and lose no count', () => {
  const one = histogram(
    [
      [1, 2],
      [5, 3],
      [Infinity, 4],
    ],
    20,
  )
  const other = histogram(
    [
      [1, 1],
      [2, 5],
      [Infinity, 6],
    ],
    30,
  )
  expect(Object.fromEntries(shownBy(merged([one], [other])))).toEqual({
    'h_bucket[["le","1"]]': 3,
    'h_bucket[["le","Infinity"]]': 10,
    'h_sum[]': 50,
    'h_count[]': 10,
  })
})

test('the quantiles of several processes are never below the true ones', () => {
  const shown = shownBy(merged([summary([[0.5, 3]], 10, 2)], [summary([[0.5, 8]], 30, 4)]))
  expect(Object.fromEntries(shown)).toEqual({ 's[["quantile","0.5"]]': 8, 's_sum[]': 40, 's_count[]': 6 })
  const idle = shownBy(merged([summary([[0.5, NaN]], 0, 0)], [summary([[0.5, -2]], -4, 2)]))
  expect(idle.get('s[["quantile","0.5"]]')).toBe(-2)
})

test('what is no number in one process does not spoil the others', () => {
  expect(
    shownBy(merged([plain('gauge', { a: NaN })], [plain('gauge', { a: 2 })])).get('gauge[["l","a"]]'),
  ).toBe(2)
})

test('a metric of another type under the same name is left out', () => {
  const gauge = { ...plain('gauge', { a: 5 }), name: 'counter' }
  expect(shownBy(merged([plain('counter', { a: 1 })], [gauge])).get('counter[["l","a"]]')).toBe(1)
})

test('sums are the same in any order to the last digit', () => {
  const value = fc.double({ min: 1e-9, max: 1e9, noNaN: true })
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 8 }), (values) => {
      const processes = values.map((sample) => [plain('counter', { a: sample })])
      const reversed = [...processes].reverse()
      expect(shownBy(merged(...processes))).toEqual(shownBy(merged(...reversed)))
    }),
  )
})

const exemplar = fc.record({
  labels: fc.record({ trace_id: fc.constantFrom('a', 'b') }),
  value: fc.integer({ min: 0, max: 3 }),
  timestamp: fc.integer({ min: 1, max: 4 }),
})
const counts = fc
  .uniqueArray(fc.integer({ min: -20, max: 20 }), { maxLength: 5 })
  .map((all) => [...all].sort((a, b) => a - b))
  .map((indexes) => ({ indexes, counts: indexes.map((index) => Math.abs(index) + 1) }))
const native = fc.record({
  schema: fc.integer({ min: 0, max: 3 }),
  zeroThreshold: fc.constantFrom(0, 0.25),
  zeroCount: fc.nat(5),
  count: fc.nat(100),
  sum: fc.nat(100),
  positive: counts,
  negative: counts,
})

test('exemplars, native buckets and beginnings are the same in any order and grouping', () => {
  const process = fc
    .record({
      exemplars: fc.array(fc.option(exemplar), { minLength: 3, maxLength: 3 }),
      spread: fc.array(exemplar, { maxLength: 4 }),
      created: fc.nat(9),
      native,
    })
    .map((more) => {
      const family = histogram([[Infinity, 1]], 1)
      return [{ ...family, series: family.series.map((one) => ({ ...one, ...more })) }]
    })
  const only = (families: readonly FamilySnapshot[]) => families[0]!.series[0]!
  fc.assert(
    fc.property(process, process, process, (a, b, c) => {
      const all = only(merged(a, b, c))
      for (const other of [merged(c, a, b), merged(merged(b, c), a)].map(only)) {
        expect(other.exemplars).toEqual(all.exemplars)
        expect(other.spread).toHaveLength(all.spread!.length)
        expect(other.native).toEqual(all.native)
        expect(other.created).toBe(all.created)
      }
      const newest = [a, b, c].map((one) => only(one).exemplars?.[0]?.timestamp ?? 0)
      expect(all.exemplars?.[0]?.timestamp ?? 0).toBe(Math.max(...newest))
      expect(all.created).toBe(Math.min(...[a, b, c].map((one) => only(one).created!)))
    }),
  )
})
