import { expect, expectTypeOf, test } from 'vitest'
import {
  Counter,
  type CounterSeries,
  Gauge,
  Histogram,
  type HistogramSeries,
  type LabelsByName,
  type LabelsByPosition,
  type LabelValue,
  Registry,
  Summary,
} from '../../src/index.js'

// What this file proves is that it compiles: every line under @ts-expect-error has to be an error of types.

const registry = new Registry({ warn: () => {} })
const plain = new Counter({ name: 'plain', help: 'p', registry })
const named = new Counter({ name: 'named', help: 'n', labels: ['method', 'route'], registry })
const closed = new Histogram({
  name: 'closed',
  help: 'c',
  labels: { method: ['GET', 'POST'], route: String },
  registry,
})
const gauge = new Gauge({ name: 'gauge', help: 'g', labels: ['a'], registry })
const summary = new Summary({ name: 'summary', help: 's', labels: ['a'], registry })

test('labels are typed by name and by position', () => {
  expectTypeOf(named.labels('GET', '/')).toEqualTypeOf<CounterSeries>()
  expectTypeOf(named.labels({ method: 'GET', route: undefined })).toEqualTypeOf<CounterSeries>()
  expectTypeOf<LabelsByPosition<readonly ['a', 'b']>>().toEqualTypeOf<readonly [LabelValue, LabelValue]>()
  expectTypeOf<LabelsByName<readonly ['a', 'b']>>().toEqualTypeOf<{
    readonly a: LabelValue
    readonly b: LabelValue
  }>()
  // @ts-expect-error a label that was not declared
  named.labels({ method: 'GET', route: '/', extra: '1' })
  // @ts-expect-error an incomplete set
  named.labels({ method: 'GET' })
  // @ts-expect-error one value too few
  named.labels('GET')
  // @ts-expect-error one value too many
  named.labels('GET', '/', '1')
  // @ts-expect-error an object is no label value
  named.labels('GET', {})
  // @ts-expect-error none at all
  named.labels()
  expect(named.labels('GET', '/')).toBe(named.labels({ method: 'GET', route: '/' }))
})

test('closed sets of values are types, open ones are not', () => {
  expectTypeOf(closed.labels({ method: 'GET', route: '/any' })).toEqualTypeOf<HistogramSeries>()
  // @ts-expect-error a value outside the closed set
  closed.labels({ method: 'PUT', route: '/' })
  // @ts-expect-error an incomplete set
  closed.labels({ method: 'GET' })
  // @ts-expect-error a label that was not declared
  closed.labels({ method: 'GET', route: '/', code: 200 })
  expect(closed.labels({ method: 'POST', route: '/' }).count).toBe(0)
})

test('only a metric without labels records by itself', () => {
  plain.inc()
  expect(plain.labels()).toBe(plain.labels({}))
  // @ts-expect-error a label of a metric without labels
  plain.labels('x')
  // @ts-expect-error name the series first
  named.inc()
  // @ts-expect-error name the series first
  closed.observe(1)
  // @ts-expect-error name the series first
  closed.startTimer()
  // @ts-expect-error name the series first
  gauge.set(1)
  // @ts-expect-error name the series first
  gauge.inc()
  // @ts-expect-error name the series first
  gauge.dec()
  // @ts-expect-error name the series first
  gauge.setToCurrentTime()
  // @ts-expect-error name the series first
  summary.observe(1)
  expect(plain.labels().value).toBe(1)
})

test('removing is typed as looking up is', () => {
  // @ts-expect-error an incomplete set
  named.remove({ method: 'GET' })
  // @ts-expect-error a label that was not declared
  named.removeMatching({ code: '1' })
  // @ts-expect-error a value outside the closed set
  closed.removeMatching({ method: 'PUT' })
  expect(named.removeMatching({ method: 'nothing' })).toBe(0)
})

test('values and definitions are typed', () => {
  // @ts-expect-error a text is no amount
  plain.inc('1')
  // @ts-expect-error a text is no observation
  closed.labels({ method: 'GET', route: '/' }).observe('1')
  // @ts-expect-error no help
  expect(() => new Counter({ name: 'x', registry })).toThrow()
  // @ts-expect-error numbers are no closed values
  expect(() => new Counter({ name: 'x', help: 'x', labels: { a: [1] }, registry })).toThrow()
  // @ts-expect-error texts are no buckets
  expect(() => new Histogram({ name: 'x', help: 'x', buckets: ['1'], registry })).toThrow()
})

test('the collect function is typed as its metric', async () => {
  new Gauge({
    name: 'collected',
    help: 'c',
    labels: ['pool'],
    registry,
    collect: (own) => {
      expectTypeOf(own).toEqualTypeOf<Gauge<readonly ['pool']>>()
      own.labels({ pool: 'a' }).set(1)
    },
  })
  await registry.gather()
  expect(registry.get('collected')!.size).toBe(1)
})
