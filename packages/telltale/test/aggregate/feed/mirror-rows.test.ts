import { expect, test } from 'vitest'
import type { FeedEvent } from '../../../src/aggregate/feed/feed-event.js'
import { RegistryFeed } from '../../../src/aggregate/feed/registry-feed.js'
import { RegistryMirror } from '../../../src/aggregate/feed/registry-mirror.js'
import { Counter, expose, Gauge, Histogram, Registry, Summary } from '../../../src/index.js'
import type { Family, SeriesIdentity, Sink } from '../../../src/metrics/sample-line.js'

/** A registry and its mirror, which hears of nothing new while `isDeaf`, unless it `listens` when it misses something. */
function mirrored(registry: Registry, { listens = false } = {}) {
  const mirror = new RegistryMirror({ hearNow: () => listens && hear() })
  const missed: FeedEvent[] = []
  const hearing = { isDeaf: false }
  const feed = new RegistryFeed(registry, (events) => {
    if (hearing.isDeaf) missed.push(...structuredClone(events))
    else mirror.apply(structuredClone(events))
  })
  const hear = () => mirror.apply(missed.splice(0))
  const source = { names: registry.names, openMetrics2: false, gather: async () => mirror.gathering() }
  const text = async (accept?: string) => (await expose(source, { accept })).body
  return { mirror, feed, hearing, hear, text, family: () => mirror.gathering().families[0]! }
}

/** Writes each sample with its labels; `atFirst` is called within the first of them. */
function collector(atFirst: (series: SeriesIdentity) => void = () => {}) {
  const lines: string[] = []
  const sink: Sink = {
    family: () => {},
    sample: (_, series, value) => {
      if (lines.length === 0) atFirst(series)
      lines.push(`${series.pairs} ${value}`)
    },
  }
  return { lines, sink }
}

function written(family: Family): readonly string[] {
  const { lines, sink } = collector()
  family.emit(sink, 0, family.size)
  return lines
}

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0'

function crowd(registry: Registry) {
  return new Gauge({ name: 'depth', help: 'Depth.', labels: ['queue'], seriesLimit: 1e6, registry })
}

test('what is dropped while it is read keeps its labels and its value until the reader is done with it', () => {
  const registry = new Registry()
  const gauge = crowd(registry)
  gauge.labels('a').set(5)
  const { row } = gauge.labels('a')
  const { feed, family } = mirrored(registry)
  const { lines, sink } = collector(() => {
    gauge.remove('a')
    for (const other of ['b', 'c']) {
      gauge.labels(other).set(9)
      expect(gauge.labels(other).row).not.toBe(row)
    }
  })
  family().emit(sink, 0, 1)
  expect(lines).toEqual(['queue="a" 5'])
  feed.settle()
  expect(gauge.labels('d').row).toBe(row)
})

test('no label set is written twice when it is dropped and taken again while a scrape is under way', () => {
  const registry = new Registry()
  const gauge = crowd(registry)
  for (let i = 0; i < 200; i++) gauge.labels(`${i}`).set(i)
  const { family } = mirrored(registry)
  const range = family().snapshot!()
  const { lines, sink } = collector()
  range.emit(sink, 0, 64)
  gauge.remove('3')
  // Its row is used again first.
  gauge.remove('150')
  gauge.labels('3').set(3)
  gauge.labels('new').set(7)
  range.emit(sink, 64, range.size)
  expect(lines).toHaveLength(199)
  expect(new Set(lines).size).toBe(199)
  expect(written(family())).toHaveLength(200)
})

test('no label set is written twice when it is dropped and taken again within a slice', () => {
  const registry = new Registry()
  const gauge = crowd(registry)
  for (let i = 0; i < 5; i++) gauge.labels(`${i}`).set(i)
  const { family } = mirrored(registry)
  const { lines, sink } = collector(() => {
    gauge.remove('0')
    gauge.labels('0').set(0)
  })
  family().emit(sink, 0, 6)
  expect(lines).toEqual([0, 1, 2, 3, 4].map((i) => `queue="${i}" ${i}`))
})

test('births that wrap around are still older and younger', () => {
  const registry = new Registry()
  const gauge = crowd(registry)
  gauge.table.head.births = 2 ** 31 - 2
  gauge.labels('before').set(1)
  gauge.labels('last').set(2)
  const { family } = mirrored(registry)
  const range = family().snapshot!()
  gauge.labels('after').set(3)
  const { lines, sink } = collector()
  range.emit(sink, 0, range.size)
  expect(lines).toEqual(['queue="before" 1', 'queue="last" 2'])
  expect(written(family())).toContain('queue="after" 3')
})

test('series in memory that the reader has not been told of are left out until it has', async () => {
  const registry = new Registry()
  const gauge = crowd(registry)
  gauge.labels('known').set(1)
  const { hearing, hear, family, text } = mirrored(registry)
  hearing.isDeaf = true
  // Rows that it knows, with texts in chunks that it does not.
  for (let i = 0; i < 3; i++) gauge.labels(`${i}${'x'.repeat(10_000)}`).set(i)
  for (let i = 0; i < 10_000; i++) gauge.labels(`${i}`).set(i)
  const found = written(family())
  expect(found).toContain('queue="known" 1')
  expect(found.length).toBeLessThan(100)
  expect(found.every((line) => line.startsWith('queue="known"') || /^queue="(\d+)x*" \1$/.test(line))).toBe(
    true,
  )
  hearing.isDeaf = false
  hear()
  const sorted = (body: string) => body.split('\n').sort()
  expect(sorted(await text())).toEqual(sorted((await expose(registry)).body))
})

test('a metric that is gone is not read any more, even before the reader is told', () => {
  const registry = new Registry()
  const gauge = crowd(registry)
  for (let i = 0; i < 100; i++) gauge.labels(`old ${i}`).set(1)
  const { hearing, hear, family, mirror } = mirrored(registry)
  const stale = family()
  const range = stale.snapshot!()
  hearing.isDeaf = true
  registry.unregister('depth')
  const labels = ['room'] as const
  const heat = new Gauge({ name: 'heat', help: 'Heat.', labels, registry })
  for (let i = 0; i < 100; i++) heat.labels(`new ${i}`).set(2)
  const { lines, sink } = collector()
  range.emit(sink, 0, range.size)
  expect([...lines, ...written(stale)]).toEqual([])
  expect(stale.size).toBe(0)
  hearing.isDeaf = false
  hear()
  expect(mirror.gathering().families.map(({ name }) => name)).toEqual(['heat'])
  expect(written(family())).toHaveLength(100)
})

test('buckets that got too large for their words are in the mirror, told of their memory or not', async () => {
  const registry = new Registry()
  const histogram = new Histogram({ name: 'h', help: 'H.', labels: ['a'], buckets: [1, 2], registry })
  for (let i = 0; i < 12_345; i++) histogram.labels('x').observe(1)
  const { hearing, hear, text } = mirrored(registry)
  hearing.isDeaf = true
  const words = registry.slab.words[0]!
  words[words.indexOf(12_345)] = 2 ** 31 - 1
  // The rest of the chunk, so that the wide ones are in another.
  for (let i = 0; i < 200; i++) registry.slab.allocate(3)
  histogram.labels('x').observe(1)
  expect(await text()).toContain('h_count{a="x"} 2147483648')
  histogram.labels('x').observe(1)
  hearing.isDeaf = false
  hear()
  expect(await text()).toBe((await expose(registry)).body)
  expect(await text()).toContain('h_count{a="x"} 2147483649')
})

test('whoever comes upon memory of which a message is still on its way takes the message in and shows what is there', () => {
  const registry = new Registry()
  const labels = ['a'] as const
  const native = { schema: 8, maxBuckets: 10_000 }
  const sizes = new Histogram({ name: 'sizes', help: 'Sizes.', labels, buckets: [], native, registry })
  const answers = new Summary({ name: 'answers', help: 'A.', labels, quantiles: [0.5], registry })
  const queues = crowd(registry)
  sizes.labels('x').observe(1)
  answers.labels('x').observe(1)
  queues.labels('known').set(1)
  const { hearing, mirror } = mirrored(registry, { listens: true })
  const [sizesNow, answersNow, queuesNow] = mirror.gathering().families
  hearing.isDeaf = true
  for (let i = 1; i <= 1000; i++) sizes.labels('x').observe(i)
  const natives: number[] = []
  const sink: Sink = {
    family: () => {},
    sample: () => {},
    native: (_, histogram) => natives.push(histogram.count),
  }
  sizesNow!.emit(sink, 0, 1)
  expect(natives).toEqual([1001])
  // A chunk for one of the label texts alone.
  queues.labels('y'.repeat(20_000)).set(2)
  expect(written(queuesNow!).map((line) => line.slice(0, 10))).toEqual(['queue="kno', 'queue="yyy'])
  for (let i = 1; i <= 5000; i++) answers.labels('x').observe(i)
  expect(Number(written(answersNow!)[0]!.split(' ')[1]) / 2500).toBeCloseTo(1, 1)
})

test('an exemplar is shown with the series that it is of, and not with what has its row or begins again', async () => {
  let now = Date.now() / 1000
  const clock = { monotonic: () => now, wall: () => now }
  const registry = new Registry({ createdTimes: true, clock })
  const requests = new Counter({ name: 'requests_total', help: 'Requests.', labels: ['route'], registry })
  const { feed, text } = mirrored(registry)
  const recordAndCollect = async () => {
    registry.withExemplar({ trace_id: 'abc' }, () => requests.labels('/a').inc())
    await feed.collect(1)
    expect(await text(OPEN_METRICS)).toContain('trace_id="abc"')
  }
  await recordAndCollect()
  const { row } = requests.labels('/a')
  requests.remove('/a')
  requests.labels('/b').inc()
  expect(requests.labels('/b').row).toBe(row)
  expect(await text(OPEN_METRICS)).not.toContain('trace_id')
  requests.remove('/b')
  await recordAndCollect()
  now += 0.001
  registry.reset()
  expect(await text(OPEN_METRICS)).not.toContain('trace_id')
})
