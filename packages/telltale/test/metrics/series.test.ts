import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, expose, Gauge, Histogram, Registry, Summary } from '../../src/index.js'

const text = async (registry: Registry) => parseText((await expose(registry)).body)

test('missing, undefined, null and empty labels are one series, in every way of asking', () => {
  const counter = new Counter({ name: 'c', help: 'c', labels: ['a', 'b'], registry: new Registry() })
  const series = counter.labels('', '')
  const ask = counter as unknown as Counter<readonly string[]>
  const same = [
    ask.labels({}),
    ask.labels({ a: undefined, b: null }),
    ask.labels({ a: '' }),
    ask.labels(),
    ask.labels(''),
    ask.labels(undefined, ''),
    ask.labels(null, undefined),
  ]
  for (const each of same) each.inc()
  expect(series.value).toBe(same.length)
  expect(counter.size).toBe(1)
})

const value = fc.oneof(
  fc.constantFrom<unknown>('', undefined, null, 0, -0, '0', 1, '1', true, 'true', 10n, '10', NaN, 'NaN'),
  fc.constantFrom('1,b:2', '1', 'x|', '|y', 'x', 'y', 'a:', ',', '\0', '\n', '__overflow__', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 4 }),
)

test('distinct label sets never share a series and equal ones always do', async () => {
  const normal = (given: unknown) =>
    given === undefined || given === null ? '' : String(given).toWellFormed()
  const sets = fc.array(fc.tuple(value, value, fc.boolean()), { minLength: 1, maxLength: 40 })
  const property = fc.asyncProperty(sets, async (asked) => {
    const registry = new Registry({ badObservations: 'throw' })
    const counter = new Counter({ name: 'c', help: 'c', labels: ['a', 'b'] as readonly string[], registry })
    const model = new Map<string, number>()
    for (const [a, b, byName] of asked) {
      const key = JSON.stringify([normal(a), normal(b)])
      model.set(key, (model.get(key) ?? 0) + 1)
      const series = byName
        ? counter.labels({ a, b } as Record<string, string>)
        : counter.labels(a as string, b as string)
      series.inc()
      expect(series.value).toBe(model.get(key))
    }
    const parsed = await text(registry)
    expect(parsed.samples).toHaveLength(model.size)
    for (const [key, count] of model) {
      const [a, b] = JSON.parse(key) as [string, string]
      expect(parsed.value('c', { a, b })).toBe(count)
    }
  })
  await fc.assert(property, { numRuns: 150 })
})

test('handles for the same labels are of one series, whatever form the labels have', () => {
  const counter = new Counter({
    name: 'c',
    help: 'c',
    labels: ['method', 'status'],
    registry: new Registry(),
  })
  const handle = counter.labels('GET', 200)
  counter.labels('GET', '200').inc()
  counter.labels({ status: 200, method: 'GET' }).inc()
  counter.labels({ method: 'GET', status: 200n }).inc()
  expect(handle.value).toBe(3)
  expect(counter.size).toBe(1)
})

test.each([2, 3, 4, 5])(
  'with %i labels, an object in any order finds the series, and an unknown name never does',
  (count) => {
    const names = ['a', 'b', 'c', 'd', 'e'].slice(0, count)
    const counter = new Counter({ name: 'c', help: 'c', labels: names, registry: new Registry() })
    const labels = Object.fromEntries(names.map((name, i) => [name, `${i}`]))
    const turned = Object.fromEntries(Object.entries(labels).reverse())
    const { a, ...rest } = labels
    for (let round = 1; round <= 4; round++) {
      counter.labels(labels).inc()
      counter.labels(turned).inc()
      counter.labels(...names.map((_, i) => `${i}`)).inc()
      counter.labels({ ...labels, unknown: '0' } as Record<string, string>).inc(100)
      counter.labels({ ...rest, unknown: a } as Record<string, string>).inc(100)
      expect(counter.labels(labels).value).toBe(3 * round)
    }
    expect(counter.size).toBe(1)
  },
)

test('changing a label object after it was used changes no series', async () => {
  const registry = new Registry()
  const counter = new Counter({ name: 'c', help: 'c', labels: ['a'], registry })
  const labels = { a: '1' }
  counter.labels(labels).inc()
  labels.a = '2'
  counter.labels(labels).inc()
  expect((await text(registry)).sorted).toEqual([
    ['c[["a","1"]]', 1],
    ['c[["a","2"]]', 1],
  ])
})

test('closed label sets start at zero in every combination, and stay within their limit', async () => {
  const registry = new Registry()
  const labels = { method: ['GET', 'POST'], ok: ['yes', 'no'] } as const
  const closed = new Counter({ name: 'closed', help: 'c', labels, registry })
  expect(closed.size).toBe(4)
  expect((await text(registry)).value('closed', { method: 'POST', ok: 'no' })).toBe(0)
  expect(new Counter({ name: 'open', help: 'o', labels: { ...labels, route: String }, registry }).size).toBe(
    0,
  )
  expect(new Counter({ name: 'large', help: 'l', labels, seriesLimit: 3, registry }).size).toBe(0)
  expect(new Histogram({ name: 'h', help: 'h', labels: { a: ['x', 'x', 'y'] }, registry }).size).toBe(2)
})

const types = ['counter', 'gauge', 'histogram', 'summary'] as const
type TypeName = (typeof types)[number]
interface Recorder {
  labels(...values: string[]): { record(): void }
  readonly size: number
  remove(...given: unknown[]): boolean
  removeMatching(labels: Record<string, string>): number
  clear(): void
  reset(): void
}

/** A metric of a type with the labels a and b, whose series record the number 1. */
function metricOf(type: TypeName, registry: Registry, seriesLimit = 100): Recorder {
  const options = { name: 'm', help: 'm', labels: ['a', 'b'], registry, seriesLimit } as const
  const family = {
    counter: () => new Counter(options),
    gauge: () => new Gauge(options),
    histogram: () => new Histogram({ ...options, buckets: [1] }),
    summary: () => new Summary({ ...options, quantiles: [] }),
  }[type]()
  return {
    labels: (a = '', b = '') => {
      const series = family.labels(a, b)
      return { record: () => ('observe' in series ? series.observe(1) : series.inc()) }
    },
    get size() {
      return family.size
    },
    remove: (...given) => (family as { remove(...given: unknown[]): boolean }).remove(...given),
    removeMatching: (labels) => family.removeMatching(labels),
    clear: () => family.clear(),
    reset: () => family.reset(),
  }
}

const counted = (type: TypeName) => (type === 'counter' || type === 'gauge' ? 'm' : 'm_count')

test.each(types)('beyond its limit a %s puts everything into one overflow series', async (type) => {
  const warnings: string[] = []
  const registry = new Registry({ warn: (_, code) => void warnings.push(code) })
  const metric = metricOf(type, registry, 3)
  for (let i = 0; i < 1000; i++) metric.labels(`${i}`, 'x').record()
  const overflow = { a: '__overflow__', b: '__overflow__' }
  const parsed = await text(registry)
  expect(metric.size).toBe(4)
  expect(parsed.value(counted(type), overflow)).toBe(997)
  expect(parsed.value('telltale_series_overflow_total', { metric: 'm' })).toBe(997)
  expect(warnings).toEqual(['TELLTALE_SERIES_LIMIT'])
  metric.labels('2', 'x').record()
  expect((await text(registry)).value(counted(type), { a: '2', b: 'x' })).toBe(2)
})

test('a label value that looks like the overflow series does not make a second one', async () => {
  const registry = new Registry({ warn: () => {} })
  const metric = metricOf('counter', registry, 2)
  metric.labels('__overflow__', '__overflow__').record()
  for (let i = 0; i < 5; i++) metric.labels(`${i}`, '').record()
  expect((await text(registry)).value('m', { a: '__overflow__', b: '__overflow__' })).toBe(5)
  expect(metric.size).toBe(2)
})

test('the overflow series can be removed and comes back when it is needed', async () => {
  const registry = new Registry({ warn: () => {} })
  const metric = metricOf('counter', registry, 1)
  metric.labels('1', '').record()
  metric.labels('2', '').record()
  expect(metric.remove('__overflow__', '__overflow__')).toBe(true)
  expect(metric.size).toBe(1)
  metric.labels('3', '').record()
  expect((await text(registry)).value('m', { a: '__overflow__', b: '__overflow__' })).toBe(1)
  metric.clear()
  expect(metric.size).toBe(0)
  metric.labels('4', '').record()
  expect((await text(registry)).value('m', { a: '4' })).toBe(1)
})

test('a strict registry throws where a limit is reached', () => {
  const metric = metricOf('counter', new Registry({ badObservations: 'throw' }), 1)
  metric.labels('1').record()
  expect(() => metric.labels('2')).toThrow(/its limit of 1 series/)
})

test.each(types)('the handle of a removed %s series never writes into another series', async (type) => {
  const registry = new Registry()
  const metric = metricOf(type, registry)
  const removed = ['1', '2', '3', '4'].map((a) => metric.labels(a, ''))
  for (const handle of removed) handle.record()
  expect(metric.remove('1', '')).toBe(true)
  expect(metric.removeMatching({ a: '2' })).toBe(1)
  metric.clear()
  const fresh = ['5', '6', '7', '8'].map((a) => metric.labels(a, ''))
  for (const handle of removed) handle.record()
  const parsed = await text(registry)
  for (const a of ['5', '6', '7', '8']) expect(parsed.value(counted(type), { a })).toBe(0)
  for (const handle of fresh) handle.record()
  for (const handle of removed) handle.record()
  expect((await text(registry)).value(counted(type), { a: '5' })).toBe(1)
  expect((await text(registry)).value(counted(type), { a: '1' })).toBeUndefined()
})

test('a handle of a removed summary series takes no memory from the registry', () => {
  const registry = new Registry()
  const summary = new Summary({ name: 's', help: 's', labels: ['a'], registry })
  const used = summary.labels('x')
  used.observe(1)
  summary.remove('x')
  const { bytes } = registry.slab
  for (let i = 0; i < 100; i++) {
    const handle = summary.labels('x')
    summary.remove('x')
    handle.observe(1)
    handle.observe(1e9)
    handle.observe(-1e9)
  }
  expect(registry.slab.bytes).toBe(bytes)
})

test.each(types)('removing a %s series by labels, by position and by some of its labels', (type) => {
  const metric = metricOf(type, new Registry())
  for (const a of ['1', '2', '3']) for (const b of ['x', 'y']) metric.labels(a, b)
  expect(metric.remove({ b: 'x', a: 1 })).toBe(true)
  expect(metric.remove({ b: 'x', a: 1 })).toBe(false)
  expect(metric.remove('2', 'x')).toBe(true)
  expect(metric.remove('9', 'x')).toBe(false)
  expect(metric.removeMatching({ b: 'y' })).toBe(3)
  expect(metric.size).toBe(1)
  expect(metric.removeMatching({ a: '3', b: 'y' })).toBe(0)
  expect(metric.removeMatching({ nothing: 'y' })).toBe(0)
  expect(metric.removeMatching({ nothing: {} as string })).toBe(0)
  expect(metric.removeMatching({ a: {} as string })).toBe(0)
  expect(metric.size).toBe(1)
  metric.clear()
  expect(metric.size).toBe(0)
})

test('removing with labels that the metric does not have removes nothing', () => {
  const metric = metricOf('counter', new Registry({ warn: () => {} }))
  metric.labels('1', '')
  expect(metric.remove({ a: '1', typo: 'x' })).toBe(false)
  expect(metric.remove('1', '', 'x')).toBe(false)
  expect(metric.size).toBe(1)
})

test('any order of adding and removing leaves exactly the series of a naive model', async () => {
  const step = fc.record({ add: fc.boolean(), a: fc.nat({ max: 6 }), b: fc.constantFrom('', 'x') })
  const property = fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (steps) => {
    const registry = new Registry()
    const counter = new Counter({ name: 'c', help: 'c', labels: ['a', 'b'], registry })
    const model = new Map<string, number>()
    for (const { add, a, b } of steps) {
      const key = `c${JSON.stringify([['a', `${a}`], ...(b === '' ? [] : [['b', b]])])}`
      if (add) {
        counter.labels(a, b).inc()
        model.set(key, (model.get(key) ?? 0) + 1)
      } else expect(counter.remove(a, b)).toBe(model.delete(key))
    }
    expect((await text(registry)).sorted).toEqual([...model].sort(([x], [y]) => (x < y ? -1 : 1)))
  })
  await fc.assert(property)
})

test.each(types)('resetting a %s keeps its series, at zero', async (type) => {
  const registry = new Registry()
  const metric = metricOf(type, registry)
  const handle = metric.labels('1', '')
  handle.record()
  metric.reset()
  expect((await text(registry)).value(counted(type), { a: '1' })).toBe(0)
  handle.record()
  expect((await text(registry)).value(counted(type), { a: '1' })).toBe(1)
})

test('a metric without labels cannot lose its series', async () => {
  const registry = new Registry()
  const counter = new Counter({ name: 'c', help: 'c', registry })
  counter.inc(3)
  expect(counter.remove({})).toBe(false)
  expect(counter.removeMatching({})).toBe(0)
  expect((await text(registry)).value('c')).toBe(3)
  counter.clear()
  expect((await text(registry)).value('c')).toBe(0)
  counter.inc()
  expect((await text(registry)).value('c')).toBe(1)
})
