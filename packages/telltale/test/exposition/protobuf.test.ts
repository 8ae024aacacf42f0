import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { countsOf, type DecodedFamily, decodeFamilies } from '../../../../test/support/protobuf-families.js'
import {
  Counter,
  expose,
  exposeBytes,
  Gauge,
  Histogram,
  Info,
  type NativeOptions,
  PROTOBUF_CONTENT_TYPE,
  Registry,
  StateSet,
  Summary,
  TEXT_CONTENT_TYPE,
} from '../../src/index.js'
import { observation } from '../metrics/native-values.js'

const accept =
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;q=0.5'

async function scraped(registry: Registry): Promise<readonly DecodedFamily[]> {
  const { contentType, chunks } = await exposeBytes(registry, { accept })
  expect(contentType).toBe(PROTOBUF_CONTENT_TYPE)
  return decodeFamilies(Buffer.concat(chunks))
}

test('a registry of every type is written exactly so', async () => {
  const registry = new Registry({ defaultLabels: { region: 'north', path: 'default' } })
  const requests = new Counter({
    name: 'requests_total',
    help: 'Requests\nanswered.',
    labels: ['method', 'path'],
    registry,
  })
  requests.labels('GET', '/ü"\\').inc(2 ** 40)
  requests.labels('', '/').inc(0.5)
  new Gauge({ name: 'temperature_celsius', help: 'Outside.', unit: 'celsius', registry }).set(-Infinity)
  const summary = new Summary({ name: 'bytes', help: 'B.', quantiles: [0.5, 0.9], registry })
  summary.observe(3)
  const classic = new Histogram({ name: 'd_seconds', help: 'D.', buckets: [0.5, 1], registry })
  for (const value of [0.5, 0.75, 9]) classic.observe(value)
  new Counter({ name: 'never_used', help: 'No series.', labels: ['a'], registry })
  const region = { name: 'region', value: 'north' }
  const both = [region, { name: 'path', value: 'default' }]
  expect(await scraped(registry)).toEqual([
    {
      name: 'requests_total',
      help: 'Requests\nanswered.',
      type: 'COUNTER',
      metric: [
        {
          label: [region, { name: 'method', value: 'GET' }, { name: 'path', value: '/ü"\\' }],
          counter: { value: 2 ** 40 },
        },
        { label: [region, { name: 'path', value: '/' }], counter: { value: 0.5 } },
      ],
    },
    {
      name: 'temperature_celsius',
      help: 'Outside.',
      type: 'GAUGE',
      unit: 'celsius',
      metric: [{ label: both, gauge: { value: -Infinity } }],
    },
    {
      name: 'bytes',
      help: 'B.',
      type: 'SUMMARY',
      metric: [
        {
          label: both,
          summary: {
            sample_count: 1,
            sample_sum: 3,
            quantile: [
              { quantile: 0.5, value: expect.closeTo(3, 1) },
              { quantile: 0.9, value: expect.closeTo(3, 1) },
            ],
          },
        },
      ],
    },
    {
      name: 'd_seconds',
      help: 'D.',
      type: 'HISTOGRAM',
      metric: [
        {
          label: both,
          histogram: {
            sample_count: 3,
            sample_sum: 10.25,
            bucket: [
              { cumulative_count: 1, upper_bound: 0.5 },
              { cumulative_count: 2, upper_bound: 1 },
            ],
          },
        },
      ],
    },
  ])
})

test('an info and a state set are gauges, one for each state', async () => {
  const registry = new Registry()
  new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry }).set({ version: '1.2' })
  new StateSet({ name: 'door', help: 'D.', states: ['open', 'shut'], registry }).set('shut')
  const [info, door] = await scraped(registry)
  expect([info!.type, info!.metric]).toEqual([
    'GAUGE',
    [{ label: [{ name: 'version', value: '1.2' }], gauge: { value: 1 } }],
  ])
  expect([door!.type, door!.metric]).toEqual([
    'GAUGE',
    [
      { label: [{ name: 'door', value: 'open' }], gauge: { value: 0 } },
      { label: [{ name: 'door', value: 'shut' }], gauge: { value: 1 } },
    ],
  ])
})

function nativeRegistry(native: NativeOptions, values: readonly number[], buckets: readonly number[] = []) {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'h', buckets, native, registry })
  for (const value of values) histogram.observe(value)
  return { registry, series: histogram.labels() }
}

test('native buckets are written as spans and deltas: a short gap is filled, a long one begins a span', async () => {
  // Indexes at schema 0: -2, 0, 1, 1, 4, 8 and, negative, 3.
  const { registry } = nativeRegistry({ schema: 0 }, [0.25, 1, 2, 2, 16, 256, -8, 0])
  const [family] = await scraped(registry)
  expect(family!.metric[0]!.histogram).toEqual({
    sample_count: 8,
    sample_sum: 269.25,
    schema: 0,
    zero_threshold: 2 ** -128,
    zero_count: 1,
    negative_span: [{ offset: 3, length: 1 }],
    negative_delta: [1],
    positive_span: [
      { offset: -2, length: 7 },
      { offset: 3, length: 1 },
    ],
    positive_delta: [1, -1, 1, 1, -2, 0, 1, 0],
  })
})

test('a native histogram of nothing has a span of no length where it would look like a classic one', async () => {
  const [exact] = await scraped(nativeRegistry({ zeroThreshold: 0 }, []).registry)
  expect(exact!.metric[0]!.histogram).toEqual({
    sample_count: 0,
    sample_sum: 0,
    schema: 3,
    zero_threshold: 0,
    zero_count: 0,
    positive_span: [{ offset: 0, length: 0 }],
  })
  const [usual] = await scraped(nativeRegistry({}, []).registry)
  expect(usual!.metric[0]!.histogram!.positive_span).toBeUndefined()
})

test('one message has the classic and the native buckets', async () => {
  const [family] = await scraped(nativeRegistry({ schema: 2 }, [0.5, 3], [1, 2]).registry)
  const { bucket, schema, positive_span } = family!.metric[0]!.histogram!
  expect(bucket).toEqual([
    { cumulative_count: 1, upper_bound: 1 },
    { cumulative_count: 1, upper_bound: 2 },
  ])
  expect([schema, positive_span!.length]).toEqual([2, 2])
})

test('what was recorded is what a decoder of another make reads', async () => {
  const options = fc.record({
    schema: fc.integer({ min: -4, max: 8 }),
    zeroThreshold: fc.constantFrom(0, 0.01),
  })
  const property = fc.asyncProperty(
    fc.array(observation, { maxLength: 80 }),
    options,
    async (values, native) => {
      const { registry, series } = nativeRegistry(native, values)
      const [family] = await scraped(registry)
      const read = family!.metric[0]!.histogram!
      const expected = series.native!
      const sides = [
        [countsOf(read.positive_span, read.positive_delta), expected.positive],
        [countsOf(read.negative_span, read.negative_delta), expected.negative],
      ] as const
      for (const [counts, { indexes, counts: recorded }] of sides) {
        expect([...counts].filter(([, count]) => count !== 0)).toEqual(
          indexes.map((index, i) => [index, recorded[i]]),
        )
      }
      expect([read.sample_count, read.sample_sum, read.zero_count]).toEqual([
        expected.count,
        expected.sum,
        expected.zeroCount,
      ])
      expect([read.schema, read.zero_threshold]).toEqual([expected.schema, expected.zeroThreshold])
    },
  )
  await fc.assert(property, { numRuns: 60 })
})

test('creation times are written where the registry keeps them, and a histogram that starts again is new', async () => {
  const clock = new ManualClock()
  const registry = new Registry({ clock, createdTimes: true })
  const native = { schema: 0, maxBuckets: 1, minResetSeconds: 5 }
  const histogram = new Histogram({ name: 'h', help: 'h', buckets: [], native, registry })
  new Counter({ name: 'c_total', help: 'c', registry })
  new Gauge({ name: 'g', help: 'g', registry })
  const created = async () => {
    const [h, c, g] = await scraped(registry)
    expect(Object.keys(g!.metric[0]!.gauge!)).toEqual(['value'])
    return [h!.metric[0]!.histogram!.created, c!.metric[0]!.counter!.created]
  }
  const began = { seconds: 1_700_000_000, nanos: 0 }
  expect(await created()).toEqual([began, began])
  histogram.observe(1)
  clock.advance(7.5)
  histogram.observe(100)
  expect(await created()).toEqual([{ seconds: 1_700_000_007, nanos: 500_000_000 }, began])
})

test('exemplars stand at counters, at buckets and at native histograms, with their time', async () => {
  const clock = new ManualClock()
  const registry = new Registry({ clock })
  const counter = new Counter({ name: 'c_total', help: 'c', registry })
  const classic = new Histogram({ name: 'classic', help: 'c', buckets: [1, 2], registry })
  const native = new Histogram({ name: 'native', help: 'n', buckets: [], native: true, registry })
  registry.withExemplar({ trace_id: 'abc' }, () => {
    counter.inc(2)
    classic.observe(1.5)
    classic.observe(7)
    native.observe(3)
  })
  const [c, h, n] = await scraped(registry)
  const exemplar = (value: number) => ({
    label: [{ name: 'trace_id', value: 'abc' }],
    value,
    timestamp: { seconds: 1_700_000_000, nanos: 0 },
  })
  expect(c!.metric[0]!.counter!.exemplar).toEqual(exemplar(2))
  expect(h!.metric[0]!.histogram!.bucket).toEqual([
    { cumulative_count: 0, upper_bound: 1 },
    { cumulative_count: 1, upper_bound: 2, exemplar: exemplar(1.5) },
    { cumulative_count: 2, upper_bound: Infinity, exemplar: exemplar(7) },
  ])
  expect(n!.metric[0]!.histogram!.exemplars).toEqual([exemplar(3)])
  expect(n!.metric[0]!.histogram!.bucket).toBeUndefined()
})

test('names that are not legacy ones are escaped for a reader that does not take them', async () => {
  const registry = new Registry({ names: 'utf-8' })
  new Counter({ name: 'my.requests_total', help: 'r', labels: ['http.route'], registry }).labels('/').inc()
  const name = async (escaping: string) => {
    const { chunks } = await exposeBytes(registry, { accept: `${accept.split(',')[0]};escaping=${escaping}` })
    const [family] = decodeFamilies(Buffer.concat(chunks))
    return [family!.name, family!.metric[0]!.label![0]!.name]
  }
  expect(await name('underscores')).toEqual(['my_requests_total', 'http_route'])
  expect(await name('allow-utf-8')).toEqual(['my.requests_total', 'http.route'])
})

test('a string holds a text, whatever is asked for first', async () => {
  const registry = new Registry()
  new Gauge({ name: 'g', help: 'g', registry }).set(1)
  const { contentType, body } = await expose(registry, { accept })
  expect([contentType, body]).toEqual([TEXT_CONTENT_TYPE, '# HELP g g\n# TYPE g gauge\ng 1\n'])
})

test.each([
  'application/vnd.google.protobuf',
  'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text',
  'application/vnd.google.protobuf;proto=other;encoding=delimited',
])('nobody gets protobuf who asks for %s', async (other) => {
  const { contentType } = await exposeBytes(new Registry(), { accept: other })
  expect(contentType).toBe(TEXT_CONTENT_TYPE)
})

test('families of any size are framed rightly, and nothing of a large one is copied into another chunk', async () => {
  const registry = new Registry()
  const large = new Counter({ name: 'large_total', help: 'l', labels: ['n'], seriesLimit: 20_000, registry })
  for (let n = 0; n < 20_000; n++) large.labels(n).inc(n)
  for (let n = 0; n < 500; n++) new Gauge({ name: `small_${n}`, help: 'ü'.repeat(n + 1), registry }).set(n)
  const { chunks, length } = await exposeBytes(registry, { accept })
  const families = decodeFamilies(Buffer.concat(chunks))
  expect(chunks.length).toBeGreaterThan(5)
  expect(Buffer.concat(chunks).length).toBe(length)
  expect(families.length).toBe(501)
  expect(families[0]!.metric.map((metric) => metric.counter!.value)).toEqual(
    Array.from({ length: 20_000 }, (_, n) => n),
  )
  expect(families.slice(1).map((family) => family.metric[0]!.gauge!.value)).toEqual(
    Array.from({ length: 500 }, (_, n) => n),
  )
})
