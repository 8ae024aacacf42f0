import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, expose, exposeBytes, Gauge, Histogram, Registry, Summary } from '../../src/index.js'
import { LabelTexts } from '../../src/metrics/label-texts.js'
import { Slab } from '../../src/metrics/slab.js'

const text = async (registry: Registry) => parseText((await expose(registry)).body)

describe('a label that has the name of what every object inherits', () => {
  test.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is empty when it is missing',
    async (name) => {
      const registry = new Registry({ badObservations: 'throw' })
      const counter = new Counter({
        name: 'c',
        help: 'C.',
        labels: [name, 'b'] as readonly string[],
        registry,
      })
      counter.labels({ b: 'x' }).inc()
      counter.labels({ b: 'x' }).inc()
      counter.labels({ b: 'x', [name]: 'y' }).inc()
      const parsed = await text(registry)
      expect(parsed.samples).toHaveLength(2)
      expect(parsed.value('c', { b: 'x' })).toBe(2)
      expect(parsed.value('c', { b: 'x', [name]: 'y' })).toBe(1)
      expect(counter.remove({ b: 'x' })).toBe(true)
    },
  )
})

const define = {
  counter: (registry: Registry) => {
    const metric = new Counter({ name: 'm', help: 'M.', labels: ['a'], registry })
    return { metric, record: (a: string) => metric.labels(a).inc() }
  },
  gauge: (registry: Registry) => {
    const metric = new Gauge({ name: 'm', help: 'M.', labels: ['a'], expireAfterSeconds: 60, registry })
    return { metric, record: (a: string) => metric.labels(a).inc() }
  },
  histogram: (registry: Registry) => {
    const metric = new Histogram({ name: 'm', help: 'M.', labels: ['a'], registry })
    return { metric, record: (a: string) => metric.labels(a).observe(1) }
  },
  'native histogram': (registry: Registry) => {
    const metric = new Histogram({ name: 'm', help: 'M.', labels: ['a'], native: true, registry })
    return { metric, record: (a: string) => metric.labels(a).observe(Math.PI) }
  },
  summary: (registry: Registry) => {
    const metric = new Summary({ name: 'm', help: 'M.', labels: ['a'], registry })
    return { metric, record: (a: string) => metric.labels(a).observe(7) }
  },
}

describe.each(Object.entries(define))('a %s that is taken out of its registry', (_, definition) => {
  test('gives its memory back, label values included', () => {
    const registry = new Registry()
    const once = () => {
      const { record } = definition(registry)
      for (let i = 0; i < 300; i++) record(`${i}`)
      registry.unregister('m')
    }
    once()
    const { bytes } = registry.slab
    for (let i = 0; i < 5; i++) once()
    expect(registry.slab.bytes).toBe(bytes)
    expect(registry.texts.size).toBe(0)
  })

  test('goes on with its values, by handles made before and after, and can be registered elsewhere', async () => {
    const registry = new Registry()
    const { metric, record } = definition(registry)
    record('x')
    const handle = metric.labels('x')
    const before = (await expose(registry, { names: ['m'] })).body
    registry.clear()
    const other = new Registry()
    other.register(metric)
    expect((await expose(other)).body).toBe(before)
    if ('inc' in handle) handle.inc()
    else handle.observe(1)
    record('x')
    record('y')
    const parsed = await text(other)
    const name = 'inc' in handle ? 'm' : 'm_count'
    expect(parsed.value(name, { a: 'x' })).toBe(3)
    expect(parsed.value(name, { a: 'y' })).toBe(1)
  })
})

test('series that come and go take no more memory, however different their labels are', () => {
  const registry = new Registry()
  const counter = new Counter({ name: 'c', help: 'C.', labels: ['user', 'kind'], registry })
  const turn = (from: number) => {
    for (let i = from; i < from + 1000; i++) counter.labels(`user ${i}`, 'x').inc()
    for (let i = from; i < from + 1000; i++) counter.remove(`user ${i}`, 'x')
  }
  turn(1000)
  turn(2000)
  const { bytes } = registry.slab
  for (let i = 3; i < 9; i++) turn(i * 1000)
  expect(registry.slab.bytes).toBe(bytes)
  expect(registry.texts.size).toBeLessThan(10)
})

test('a bucket counts on beyond 2^32, whichever handle observes', async () => {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'H.', labels: ['a'], buckets: [1, 2], registry })
  const first = histogram.labels('x')
  for (let i = 0; i < 12_345; i++) first.observe(1)
  // The count as it is kept, made as large as it would be after two thousand million more.
  const words = registry.slab.words[0]!
  const at = words.indexOf(12_345)
  words[at] = 2 ** 31 - 2
  for (let i = 0; i < 300; i++) histogram.labels(`other ${i}`).observe(1)
  const second = histogram.labels('x')
  for (let i = 0; i < 3; i++) for (const handle of [first, second]) handle.observe(1.5 - (i & 1))
  expect(first.count).toBe(2 ** 31 + 4)
  expect(second.count).toBe(2 ** 31 + 4)
  const value = async () => (await text(registry)).value('h_count', { a: 'x' })
  expect(await value()).toBe(2 ** 31 + 4)
  histogram.labels('x').observe(0)
  expect((await text(registry)).value('h_bucket', { a: 'x', le: '1' })).toBe(2 ** 31 + 1)
  registry.unregister('h')
  registry.register(histogram)
  second.observe(0)
  expect(await value()).toBe(2 ** 31 + 6)
  histogram.reset()
  first.observe(0)
  expect(await value()).toBe(1)
})

test('label values of any characters are the same in every format and after they were removed', async () => {
  const values = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 8 })
  const property = fc.asyncProperty(values, async (given) => {
    const registry = new Registry()
    const gauge = new Gauge({ name: 'g', help: 'G.', labels: ['v'], registry })
    for (const value of given) gauge.labels(value).inc()
    const wanted = new Map<string, number>()
    for (const value of given) wanted.set(value.toWellFormed(), (wanted.get(value.toWellFormed()) ?? 0) + 1)
    const { samples } = await text(registry)
    expect(samples).toHaveLength(wanted.size)
    for (const [value, count] of wanted) {
      expect((await text(registry)).value('g', value === '' ? {} : { v: value })).toBe(count)
      expect(gauge.labels(value).values).toEqual([value])
      expect(gauge.remove(value)).toBe(true)
    }
    expect(gauge.size).toBe(0)
  })
  await fc.assert(property, { numRuns: 60 })
})

test('texts are there until the last who holds one lets it go', () => {
  const slab = new Slab()
  const texts = new LabelTexts(slab)
  const long = 'ü'.repeat(100_000)
  const ids = ['a', 'b', long].map((value) => texts.hold(value))
  expect(texts.hold('a')).toBe(ids[0])
  texts.release(ids[0]!)
  expect(texts.find('a')).toBe(ids[0])
  texts.release(ids[0]!)
  expect(texts.find('a')).toBe(-1)
  expect(texts.text(ids[2]!)).toBe(long)
  expect(texts.hold('c')).toBe(ids[0])
  expect(texts.text(ids[0]!)).toBe('c')
})

test('a scrape in slices shows no series twice and none that came meanwhile, where rows are used again', async () => {
  const registry = new Registry()
  const gauge = new Gauge({ name: 'g', help: 'G.', labels: ['i'], seriesLimit: 1e6, registry })
  for (let i = 0; i < 60_000; i++) gauge.labels(i).set(1)
  const scrape = exposeBytes(registry)
  let turns = 0
  const churn = setInterval(() => {
    for (let i = turns * 50; i < turns * 50 + 50; i++) if (gauge.remove(i)) gauge.labels(`new ${i}`).set(2)
    turns++
  }, 0)
  const { chunks } = await scrape
  clearInterval(churn)
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\n').slice(2)
  expect(new Set(lines).size).toBe(lines.length)
  expect(lines.some((line) => line.includes('new'))).toBe(false)
  expect(lines.length).toBeGreaterThan(50_000)
})
