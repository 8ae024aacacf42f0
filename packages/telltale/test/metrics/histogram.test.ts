import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { Histogram } from '../../src/metrics/histogram.js'
import type { Sink } from '../../src/metrics/sample-line.js'
import { Registry } from '../../src/registry/registry.js'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 })
const small = fc.integer({ min: -40, max: 40 }).map((n) => n / 4)

const boundLists = (minLength: number, maxLength: number) =>
  fc
    .uniqueArray(fc.oneof(finite, small), { minLength, maxLength, comparator: (a, b) => a === b })
    .map((bounds) => bounds.sort((a, b) => a - b))

function emitted(histogram: Histogram): readonly number[] {
  const values: number[] = []
  const sink: Sink = { family: () => {}, sample: (_, __, value) => void values.push(value) }
  histogram.emit(sink, 0, 1)
  return values
}

test.each([
  ['few bounds, scanned', 1, 35],
  ['many bounds, halved', 36, 120],
])('buckets count what a naive model counts: %s', (_, minLength, maxLength) => {
  const property = fc.property(
    boundLists(minLength, maxLength).chain((bounds) =>
      fc.tuple(
        fc.constant(bounds),
        fc.array(fc.oneof(finite, small, fc.constantFrom(...bounds)), { maxLength: 60 }),
      ),
    ),
    ([buckets, observations]) => {
      const histogram = new Histogram({ name: 'h', help: 'h', buckets, registry: new Registry() })
      for (const value of observations) histogram.observe(value)
      const counts = [...buckets, Infinity].map(
        (bound) => observations.filter((value) => value <= bound).length,
      )
      const sum = observations.reduce((total, value) => total + value, 0)
      expect(emitted(histogram)).toEqual([...counts, sum, observations.length])
      expect(histogram.labels().count).toBe(observations.length)
      expect(histogram.labels().sum).toBe(sum)
    },
  )
  fc.assert(property, { numRuns: 60 })
})

test('the scan and the halving put every value into the same bucket', () => {
  const shared = Array.from({ length: 35 }, (_, i) => i)
  fc.assert(
    fc.property(fc.array(fc.oneof(small, finite), { maxLength: 40 }), (observations) => {
      const registry = new Registry()
      const scanned = new Histogram({ name: 'a', help: 'a', buckets: shared, registry })
      const halved = new Histogram({ name: 'b', help: 'b', buckets: [...shared, 1e200], registry })
      for (const value of observations) {
        scanned.observe(value)
        halved.observe(value)
      }
      expect(emitted(halved).slice(0, 35)).toEqual(emitted(scanned).slice(0, 35))
    }),
  )
})

test('a timer observes the seconds that passed', () => {
  const clock = new ManualClock()
  const registry = new Registry({ clock })
  const histogram = new Histogram({ name: 'h_seconds', help: 'h', buckets: [1, 2], labels: ['a'], registry })
  const end = histogram.labels('x').startTimer()
  clock.advance(1.5)
  expect(end()).toBe(1.5)
  expect(histogram.labels('x').sum).toBe(1.5)
})

test('the bounds that are read back are a copy', () => {
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [1, 2], registry: new Registry() })
  ;(histogram.buckets as number[]).push(9)
  expect(histogram.buckets).toEqual([1, 2])
})
