import * as promClient from 'prom-client'
import { expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, expose, exposeJson, Gauge, Histogram, Registry, Summary } from '../../src/index.js'

// Each pair shows what prom-client 15.1.3 does, so that the test proves something, and that Telltale does not.

const quiet = () => new Registry({ warn: () => {} })
const text = async (registry: Registry) => parseText((await expose(registry)).body)
const strict = async (registry: promClient.Registry) => parseText(await registry.metrics())

/** Something that goes wrong, whichever way it shows. */
const outcome = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (error) {
    return error
  }
}

test.each([
  [
    { a: '1,b:2', b: '' },
    { a: '1', b: '2,b:' },
  ],
  [
    { a: 'x|', b: 'y' },
    { a: 'x', b: '|y' },
  ],
])('D1: the label sets %j and %j are two series', async (one, two) => {
  const registry = quiet()
  const counter = new Counter({ name: 'c', help: 'c', labels: ['a', 'b'], registry })
  counter.labels(one).inc()
  counter.labels(two).inc()
  expect(counter.size).toBe(2)
})

test('D1: prom-client merges different label sets', async () => {
  const register = new promClient.Registry()
  const counter = new promClient.Counter({
    name: 'c',
    help: 'c',
    labelNames: ['a', 'b'],
    registers: [register],
  })
  counter.inc({ a: '1,b:2' })
  counter.inc({ a: '1', b: '2' })
  expect((await strict(register)).samples.map((sample) => sample.value)).toEqual([2])
})

test('D2: no labels and empty labels are one series, and undefined is no text', async () => {
  const registry = quiet()
  const counter = new Counter({ name: 'c', help: 'c', labels: ['a', 'b'] as readonly string[], registry })
  for (const labels of [{}, { a: '', b: '' }, { a: undefined }]) counter.labels(labels).inc()
  expect((await text(registry)).sorted).toEqual([['c[]', 3]])

  const register = new promClient.Registry()
  const theirs = new promClient.Counter({
    name: 'c',
    help: 'c',
    labelNames: ['a', 'b'],
    registers: [register],
  })
  theirs.inc({})
  theirs.inc({ a: '', b: '' })
  await expect(strict(register)).rejects.toThrow(/given twice/)
  const other = new promClient.Counter({ name: 'd', help: 'd', labelNames: ['a'], registers: [register] })
  other.inc({ a: undefined as unknown as string })
  expect(await register.metrics()).toContain('a="undefined"')
})

test('D3: no way of reading a registry changes a metric', async () => {
  const registry = quiet()
  new Counter({ name: 'y_total', help: 'y', registry }).inc(3)
  const { body } = await expose(registry)
  await exposeJson(registry)
  await registry.gather()
  expect((await expose(registry)).body).toBe(body)
  expect(registry.get('y_total')!.name).toBe('y_total')

  const register = new promClient.Registry()
  const theirs = new promClient.Counter({ name: 'y_total', help: 'y', registers: [register] })
  register.setContentType(promClient.Registry.OPENMETRICS_CONTENT_TYPE as never)
  await register.metrics()
  expect((theirs as unknown as { name: string }).name).toBe('y')
})

test('D8: a collector that throws does not cost the scrape', async () => {
  const collect = () => {
    throw new Error('down')
  }
  const registry = quiet()
  new Gauge({ name: 'down', help: 'd', registry, collect })
  new Gauge({ name: 'up', help: 'u', registry }).set(1)
  expect((await text(registry)).value('up')).toBe(1)

  const register = new promClient.Registry()
  new promClient.Gauge({ name: 'down', help: 'd', registers: [register], collect })
  await expect(register.metrics()).rejects.toThrow('down')
})

test('D8: a collector that never ends does not hold the scrape', async () => {
  const never = () => new Promise<void>(() => {})
  const registry = quiet()
  new Gauge({ name: 'stuck', help: 's', registry, collect: never })
  new Gauge({ name: 'up', help: 'u', registry }).set(1)
  expect(parseText((await expose(registry, { seconds: 0.02 })).body).value('up')).toBe(1)

  const register = new promClient.Registry()
  new promClient.Gauge({ name: 'stuck', help: 's', registers: [register], collect: never })
  const first = await Promise.race([
    register.metrics(),
    new Promise((done) => setTimeout(done, 40, 'no answer')),
  ])
  expect(first).toBe('no answer')
})

type Definition = readonly [
  what: string,
  ours: (registry: Registry) => unknown,
  theirs: (r: promClient.Registry) => unknown,
]

const help = 'h'
const accepted: readonly Definition[] = [
  [
    'D9: unsorted buckets',
    (registry) => new Histogram({ name: 'm', help, buckets: [5, 1, 2], registry }),
    (register) => new promClient.Histogram({ name: 'm', help, buckets: [5, 1, 2], registers: [register] }),
  ],
  [
    'D9: a bucket twice',
    (registry) => new Histogram({ name: 'm', help, buckets: [1, 1], registry }),
    (register) => new promClient.Histogram({ name: 'm', help, buckets: [1, 1], registers: [register] }),
  ],
  [
    'D9: a histogram z beside a counter z_count',
    (registry) => [
      new Histogram({ name: 'z', help, registry }),
      new Counter({ name: 'z_count', help, registry }),
    ],
    (register) => [
      new promClient.Histogram({ name: 'z', help, registers: [register] }),
      new promClient.Counter({ name: 'z_count', help, registers: [register] }),
    ],
  ],
  [
    'D9: the label __name__',
    (registry) => new Counter({ name: 'm', help, labels: ['__name__'], registry }),
    (register) =>
      new promClient.Counter({ name: 'm', help, labelNames: ['__name__'], registers: [register] }),
  ],
  [
    'a counter foo beside a gauge foo_total',
    (registry) => [
      new Counter({ name: 'foo', help, registry }),
      new Gauge({ name: 'foo_total', help, registry }),
    ],
    (register) => [
      new promClient.Counter({ name: 'foo', help, registers: [register] }),
      new promClient.Gauge({ name: 'foo_total', help, registers: [register] }),
    ],
  ],
  [
    'the counters foo and foo_total',
    (registry) => [
      new Counter({ name: 'foo', help, registry }),
      new Counter({ name: 'foo_total', help, registry }),
    ],
    (register) => [
      new promClient.Counter({ name: 'foo', help, registers: [register] }),
      new promClient.Counter({ name: 'foo_total', help, registers: [register] }),
    ],
  ],
  [
    'a default label with an invalid name',
    (registry) => registry.setDefaultLabels({ 'a-b': 'x' }),
    (register) => register.setDefaultLabels({ 'a-b': 'x' }),
  ],
  [
    'a default label named le',
    (registry) => registry.setDefaultLabels({ le: 'x' }),
    (register) => register.setDefaultLabels({ le: 'x' }),
  ],
]

test.each(accepted)('%s is refused at once, and prom-client takes it', (_, ours, theirs) => {
  expect(() => ours(quiet())).toThrow(expect.objectContaining({ name: 'TelltaleError' }))
  expect(outcome(() => theirs(new promClient.Registry()))).not.toBeInstanceOf(Error)
})

test('unsorted buckets never reach a scrape, as they do in prom-client', async () => {
  const register = new promClient.Registry()
  new promClient.Histogram({ name: 'm', help, buckets: [5, 1, 2], registers: [register] }).observe(3)
  await expect(strict(register)).rejects.toThrow(/do not ascend/)
  expect(await register.metrics()).toContain('le="1"} 1')
})

test('D9: an infinite observation does not throw', async () => {
  const registry = quiet()
  const ours = new Histogram({ name: 'm', help, registry })
  ours.observe(Infinity)
  expect(ours.labels().count).toBe(0)
  const theirs = new promClient.Histogram({ name: 'm', help, registers: [] })
  expect(() => theirs.observe(Infinity)).toThrow()
})

test('a histogram that is refused is not registered', async () => {
  const registry = quiet()
  expect(() => new Histogram({ name: 'm', help, labels: ['le'], registry })).toThrow()
  expect(registry.get('m')).toBeUndefined()
  const register = new promClient.Registry()
  expect(
    () => new promClient.Histogram({ name: 'm', help, labelNames: ['le'], registers: [register] }),
  ).toThrow()
  expect(register.getSingleMetric('m')).toBeDefined()
})

test('options do not become properties of the metric', async () => {
  const options = { name: 'm', help, get: 'mine', labels: undefined }
  const ours = new Counter({ ...options, registry: quiet() })
  expect(Object.values(ours)).not.toContain('mine')
  const theirs = new promClient.Counter({ ...options, labelNames: [], registers: [] })
  expect(theirs.get).toBe('mine')
})

test("the caller's list of buckets stays the caller's", () => {
  const buckets = [1, 2]
  const ours = new Histogram({ name: 'm', help, buckets, registry: quiet() })
  buckets.push(3)
  expect(ours.buckets).toEqual([1, 2])
  new promClient.Histogram({ name: 'm', help, buckets, registers: [] })
  expect(() => buckets.push(4)).toThrow(TypeError)
})

test("the caller's label object stays the caller's", async () => {
  const registry = quiet()
  const labels = { a: '1' }
  const ours = new Counter({ name: 'm', help, labels: ['a'], registry })
  ours.labels(labels).inc()
  const register = new promClient.Registry()
  const theirs = new promClient.Counter({ name: 'm', help, labelNames: ['a'], registers: [register] })
  theirs.inc(labels)
  labels.a = '2'
  ours.labels(labels).inc()
  theirs.inc(labels)
  expect((await text(registry)).samples).toHaveLength(2)
  await expect(strict(register)).rejects.toThrow(/given twice/)
})

test('NaN does not poison a counter', async () => {
  const registry = quiet()
  const ours = new Counter({ name: 'm', help, registry })
  const register = new promClient.Registry()
  const theirs = new promClient.Counter({ name: 'm', help, registers: [register] })
  for (const amount of [1, NaN, 1]) {
    ours.inc(amount)
    theirs.inc(amount)
  }
  expect((await text(registry)).value('m')).toBe(2)
  expect((await strict(register)).value('m')).toBeNaN()
})

test('a summary counts an observation once, not once in each part of its window', async () => {
  const window = { ageBuckets: 5, maxAgeSeconds: 600 }
  const ours = new Summary({ name: 'm', help, quantiles: [0.5], registry: quiet() })
  ours.observe(1)
  const theirs = new promClient.Summary({ name: 'm', help, registers: [], ...window })
  theirs.observe(1)
  const { hashMap } = theirs as unknown as {
    hashMap: Record<string, { td: { ringBuffer: { size(): number }[] } }>
  }
  const slots = Object.values(hashMap)[0]!.td.ringBuffer
  expect(slots.reduce((sum, slot) => sum + slot.size(), 0)).toBeGreaterThan(1)
  expect(ours.labels().count).toBe(1)
})

test('reset does not make an unlabelled histogram vanish', async () => {
  const registry = quiet()
  new Histogram({ name: 'm', help, buckets: [1], registry }).observe(1)
  registry.reset()
  expect((await text(registry)).value('m_count')).toBe(0)
  const register = new promClient.Registry()
  new promClient.Histogram({ name: 'm', help, buckets: [1], registers: [register] }).observe(1)
  register.resetMetrics()
  expect((await strict(register)).value('m_count')).toBeUndefined()
})

test('Infinity in the list of buckets is +Inf, once', async () => {
  const registry = quiet()
  new Histogram({ name: 'm', help, buckets: [1, Infinity], registry }).observe(5)
  expect((await text(registry)).value('m_bucket', { le: '+Inf' })).toBe(1)
  const register = new promClient.Registry()
  new promClient.Histogram({ name: 'm', help, buckets: [1, Infinity], registers: [register] }).observe(5)
  await expect(strict(register)).rejects.toThrow(/le="Infinity"/)
})

test('bucket bounds have the text of every other client', async () => {
  const buckets = [1e-7, 1, 10, 1e6]
  const registry = quiet()
  new Histogram({ name: 'm', help, buckets, registry })
  const bounds = (samples: readonly { labels: Readonly<Record<string, string>> }[]) =>
    samples.flatMap(({ labels }) => labels.le ?? [])
  expect(bounds((await text(registry)).samples)).toEqual(['1e-07', '1', '10', '1e+06', '+Inf'])
  const register = new promClient.Registry()
  new promClient.Histogram({ name: 'm', help, buckets, registers: [register] })
  expect(bounds((await strict(register)).samples)).toEqual(['1e-7', '1', '10', '1000000', '+Inf'])
})

test('an object is no label value', async () => {
  const registry = quiet()
  const ours = new Counter({ name: 'm', help, labels: ['a'], registry })
  ours.labels({ a: {} as string }).inc()
  expect(ours.size).toBe(0)
  const register = new promClient.Registry()
  new promClient.Counter({ name: 'm', help, labelNames: ['a'], registers: [register] }).inc({
    a: {} as string,
  })
  expect(await register.metrics()).toContain('a="[object Object]"')
})

test('a bucket bound of -1 is a bound as any other', async () => {
  const registry = quiet()
  new Histogram({ name: 'm', help, buckets: [-1, 0], registry }).observe(5)
  expect((await text(registry)).value('m_bucket', { le: '-1' })).toBe(0)
  const register = new promClient.Registry()
  new promClient.Histogram({ name: 'm', help, buckets: [-1, 0], registers: [register] }).observe(5)
  expect((await strict(register)).value('m_bucket', { le: '-1' })).toBe(1)
})

test('default labels are escaped and stay on every sample when two registries exist', async () => {
  const [one, two] = [quiet(), quiet()]
  one.setDefaultLabels({ app: 'one' })
  two.setDefaultLabels({ app: 'two' })
  for (const registry of [one, two]) new Counter({ name: 'm', help, registry })
  expect((await text(one)).value('m', { app: 'one' })).toBe(0)
  expect((await text(two)).value('m', { app: 'two' })).toBe(0)
})
