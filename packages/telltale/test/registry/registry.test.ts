import { expect, test, vi } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import {
  Counter,
  defaultRegistry,
  expose,
  Gauge,
  Histogram,
  Registry,
  TelltaleError,
} from '../../src/index.js'

const text = async (registry: Registry) => parseText((await expose(registry)).body)

test('families are served in the order of their definition, and looked up by name', async () => {
  const registry = new Registry()
  const names = ['z', 'a', 'm_total']
  const made = names.map((name) => new Counter({ name, help: name, registry }))
  expect(registry.families).toEqual(made)
  expect(registry.get('a')).toBe(made[1])
  expect(registry.get('b')).toBeUndefined()
  expect([...(await text(registry)).families.keys()]).toEqual(names)
})

test('a family that is taken out is not served, and its handles go on without harm', async () => {
  const registry = new Registry()
  const counter = new Counter({ name: 'c', help: 'c', labels: ['a'], registry })
  const handle = counter.labels('1')
  expect(registry.unregister('c')).toBe(true)
  expect(registry.unregister('c')).toBe(false)
  const next = new Counter({ name: 'c', help: 'c', labels: ['a'], registry })
  handle.inc()
  counter.labels('2').inc()
  expect((await expose(registry)).body).toBe('')
  next.labels('1').inc(2)
  expect((await text(registry)).sorted).toEqual([['c[["a","1"]]', 2]])
})

test('resetting a registry keeps every family and series, at zero', async () => {
  const registry = new Registry()
  new Counter({ name: 'c', help: 'c', registry }).inc(5)
  new Gauge({ name: 'g', help: 'g', labels: ['a'], registry }).labels('1').set(5)
  new Histogram({ name: 'h', help: 'h', buckets: [1], registry }).observe(5)
  const keys = (await text(registry)).sorted.map(([key]) => key)
  registry.reset()
  expect((await text(registry)).sorted).toEqual(keys.map((key) => [key, 0]))
})

test('a cleared registry is empty and takes the same definitions again', async () => {
  const registry = new Registry()
  const define = () => new Histogram({ name: 'h', help: 'h', registry })
  define()
  registry.clear()
  expect(registry.families).toEqual([])
  expect((await expose(registry)).body).toBe('')
  define()
  expect(registry.families).toHaveLength(1)
})

test('default labels are on every sample, escaped, and the labels of a metric win over them', async () => {
  const registry = new Registry({ defaultLabels: { region: 'eu "west"\n\\', empty: '' } })
  new Counter({ name: 'c', help: 'c', registry }).inc()
  new Histogram({ name: 'h', help: 'h', labels: ['a'], buckets: [1], registry }).labels('x').observe(1)
  const own = new Gauge({ name: 'g', help: 'g', labels: ['region'], registry })
  own.labels('mine').set(1)
  own.labels('').set(2)
  const region = 'eu "west"\n\\'
  const parsed = await text(registry)
  expect(parsed.value('c', { region })).toBe(1)
  expect(parsed.value('h_bucket', { region, a: 'x', le: '+Inf' })).toBe(1)
  expect(parsed.value('h_sum', { region, a: 'x' })).toBe(1)
  expect(parsed.value('g', { region: 'mine' })).toBe(1)
  expect(parsed.value('g')).toBe(2)
  registry.setDefaultLabels({ zone: 3 })
  expect((await text(registry)).value('c', { zone: '3' })).toBe(1)
})

const wrongDefaults: readonly [Record<string, unknown>, string][] = [
  [{ 'a-b': 'x' }, 'TELLTALE_LABEL_NAME'],
  [{ '': 'x' }, 'TELLTALE_LABEL_NAME'],
  [{ __x: 'x' }, 'TELLTALE_LABEL_NAME'],
  [{ le: '1' }, 'TELLTALE_LABEL_NAME'],
  [{ quantile: '1' }, 'TELLTALE_LABEL_NAME'],
  [{ a: {} }, 'TELLTALE_LABEL_VALUE'],
]

test.each(wrongDefaults)('default labels %j are refused and change nothing', async (labels, code) => {
  const codes: string[] = []
  const registry = new Registry({ defaultLabels: { a: '1' } })
  new Counter({ name: 'c', help: 'c', registry })
  for (const run of [
    () => registry.setDefaultLabels(labels),
    () => new Registry({ defaultLabels: labels as Record<string, string> }),
  ]) {
    try {
      run()
    } catch (error) {
      if (error instanceof TelltaleError) codes.push(error.code)
    }
  }
  expect(codes).toEqual([code, code])
  expect((await text(registry)).value('c', { a: '1' })).toBe(0)
})

test('counting overflows does not overflow itself', () => {
  const registry = new Registry({ warn: () => {} })
  for (let i = 0; i < 10_003; i++) registry.dropped(`m${i}`, 'series_limit', 'TELLTALE_SERIES_LIMIT', 'over')
  expect(registry.get('telltale_series_overflow_total')!.size).toBe(10_001)
})

test('a metric that names no registry lives in the default registry', async () => {
  const counter = new Counter({ name: 'registry_test_total', help: 'c' })
  counter.inc(2)
  expect(defaultRegistry().get('registry_test_total')).toBe(counter)
  expect((await text(defaultRegistry())).value('registry_test_total')).toBe(2)
  defaultRegistry().unregister('registry_test_total')
})

test('two copies of the package share one default registry and one class of errors', async () => {
  vi.resetModules()
  const copy = await import('../../src/index.js')
  expect(copy.Registry).not.toBe(Registry)
  expect(copy.defaultRegistry()).toBe(defaultRegistry())
  const ours = new Counter({ name: 'copy_test_total', help: 'c' })
  try {
    new copy.Counter({ name: 'copy_test_total', help: 'c' })
    expect.unreachable('one name was registered twice')
  } catch (error) {
    expect(error).toBeInstanceOf(TelltaleError)
    expect(error).toBeInstanceOf(copy.TelltaleError)
    expect(error).toMatchObject({ code: 'TELLTALE_METRIC_EXISTS' })
  }
  const theirs = new copy.Histogram({ name: 'copy_test_seconds', help: 'h', buckets: [1] })
  ours.inc()
  theirs.observe(0.5)
  const parsed = parseText((await copy.expose(copy.defaultRegistry())).body)
  expect([parsed.value('copy_test_total'), parsed.value('copy_test_seconds_count')]).toEqual([1, 1])
  for (const name of ['copy_test_total', 'copy_test_seconds']) defaultRegistry().unregister(name)
})
