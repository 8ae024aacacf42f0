import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, expose, Gauge, Histogram, Registry, Summary, TEXT_CONTENT_TYPE } from '../../src/index.js'

test('a registry of every type is written exactly so', async () => {
  const registry = new Registry()
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests\nanswered, "all" of C:\\.',
    labels: ['method', 'path'],
    registry,
  })
  requests.labels('GET', '/a"b\\c\n').inc(3)
  requests.labels({ method: '', path: '/' }).inc()
  new Gauge({ name: 'temperature_celsius', help: 'Outside.', registry }).set(-2.5)
  const durations = new Histogram({
    name: 'd_seconds',
    help: 'D.',
    buckets: [0.5, 1, 1e6],
    labels: ['a'],
    registry,
  })
  durations.labels('x').observe(0.5)
  durations.labels('x').observe(2e6)
  new Summary({ name: 's', help: 'S.', quantiles: [0.5], registry })
  new Counter({ name: 'never_used', help: 'No series.', labels: ['a'], registry })
  const exposition = await expose(registry)
  expect(exposition.contentType).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(exposition.contentType).toBe(TEXT_CONTENT_TYPE)
  expect(exposition.body).toBe(
    `# HELP http_requests_total Requests\\nanswered, "all" of C:\\\\.
# TYPE http_requests_total counter
http_requests_total{method="GET",path="/a\\"b\\\\c\\n"} 3
http_requests_total{path="/"} 1
# HELP temperature_celsius Outside.
# TYPE temperature_celsius gauge
temperature_celsius -2.5
# HELP d_seconds D.
# TYPE d_seconds histogram
d_seconds_bucket{a="x",le="0.5"} 1
d_seconds_bucket{a="x",le="1"} 1
d_seconds_bucket{a="x",le="1e+06"} 1
d_seconds_bucket{a="x",le="+Inf"} 2
d_seconds_sum{a="x"} 2000000.5
d_seconds_count{a="x"} 2
# HELP s S.
# TYPE s summary
s{quantile="0.5"} NaN
s_sum 0
s_count 0
`,
  )
})

test('an empty registry is an empty text', async () => {
  expect((await expose(new Registry())).body).toBe('')
})

test('a scrape may ask for some families', async () => {
  const registry = new Registry()
  for (const name of ['a', 'b', 'c']) new Gauge({ name, help: name, registry })
  const parsed = parseText((await expose(registry, { names: ['c', 'a', 'absent'] })).body)
  expect([...parsed.families.keys()]).toEqual(['a', 'c'])
  expect((await expose(registry, { names: [] })).body).toBe('')
})

const labelValue = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', 'n', ',', '=', '{', '}', ' ', '#', '\r'),
    maxLength: 6,
  }),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
  fc.constantFrom('\ud83d', '\ude00\ud83d', '😀', '', '0'),
  fc.double(),
  fc.integer(),
  fc.boolean(),
)
const text = (given: unknown) => String(given).toWellFormed()
const amount = fc.double({ min: 0, max: 1e100, noNaN: true })
const anyNumber = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(Infinity, -Infinity, 0))
const observations = fc.array(fc.tuple(labelValue, labelValue, amount, anyNumber), { maxLength: 12 })

test('what is parsed is what was recorded, for any label values', async () => {
  const property = fc.asyncProperty(observations, labelValue, async (all, standard) => {
    const registry = new Registry({ defaultLabels: { standard: text(standard) }, badObservations: 'throw' })
    const options = { help: 'Any\nhelp \\ "text".', labels: ['a', 'b'] as const, registry }
    const counter = new Counter({ ...options, name: 'c' })
    const gauge = new Gauge({ ...options, name: 'g' })
    const histogram = new Histogram({ ...options, name: 'h', buckets: [1e-9, 0.5, 1, 123_456_789, 1e21] })
    const counts = new Map<string, number>()
    const gauges = new Map<string, number>()
    const seen = new Map<string, number[]>()
    for (const [a, b, add, set] of all) {
      const key = JSON.stringify([text(a), text(b)])
      counter.labels(a, b).inc(add)
      gauge.labels({ a, b }).set(set)
      histogram.labels(a, b).observe(add)
      counts.set(key, (counts.get(key) ?? 0) + add)
      gauges.set(key, set)
      seen.set(key, [...(seen.get(key) ?? []), add])
    }
    const parsed = parseText((await expose(registry)).body)
    expect(parsed.samples).toHaveLength(counts.size * 2 + seen.size * 8)
    for (const [key, count] of counts) {
      const [a, b] = JSON.parse(key) as [string, string]
      const labels = { a, b, standard: text(standard) }
      expect(parsed.value('c', labels)).toBe(count)
      expect(parsed.value('g', labels)! === gauges.get(key)!).toBe(true)
      const values = seen.get(key)!
      for (const [le, bound] of [
        ['1e-09', 1e-9],
        ['0.5', 0.5],
        ['1', 1],
        ['1.23456789e+08', 123_456_789],
      ] as const) {
        expect(parsed.value('h_bucket', { ...labels, le })).toBe(
          values.filter((value) => value <= bound).length,
        )
      }
      expect(parsed.value('h_count', labels)).toBe(values.length)
      expect(parsed.value('h_sum', labels)).toBe(values.reduce((sum, value) => sum + value, 0))
    }
    for (const family of parsed.families.values()) expect(family.help).toBe('Any\nhelp \\ "text".')
  })
  await fc.assert(property, { numRuns: 150 })
})

test('any help text reads back as it was given, but for the blanks around it', async () => {
  const help = fc.string({ unit: 'binary' }).filter((given) => given.trim() !== '')
  const property = fc.asyncProperty(help, async (given) => {
    const registry = new Registry()
    new Gauge({ name: 'g', help: given, registry })
    expect(parseText((await expose(registry)).body).families.get('g')!.help).toBe(given.trim().toWellFormed())
  })
  await fc.assert(property)
})

test('a scrape changes nothing: the next one says the same', async () => {
  const registry = new Registry()
  new Counter({ name: 'y_total', help: 'y', registry }).inc(3)
  new Histogram({ name: 'h', help: 'h', registry }).observe(1)
  new Summary({ name: 's', help: 's', registry }).observe(1)
  const first = await expose(registry)
  expect(await expose(registry)).toEqual(first)
  expect(first.body).toContain('\ny_total 3\n')
})
