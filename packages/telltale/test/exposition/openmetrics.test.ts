import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { parseOpenMetrics } from '../../../../test/support/openmetrics-parser.js'
import { parseText } from '../../../../test/support/text-parser.js'
import {
  Counter,
  expose,
  Gauge,
  Histogram,
  Info,
  OPENMETRICS_CONTENT_TYPE,
  Registry,
  StateSet,
  Summary,
} from '../../src/index.js'

const accept = 'application/openmetrics-text;version=1.0.0'
const openMetrics = async (registry: Registry) => (await expose(registry, { accept })).body

test('a registry of every type is written exactly so', async () => {
  const registry = new Registry()
  const sent = new Counter({
    name: 'sent_bytes_total',
    help: 'Bytes\nsent, "all" of C:\\.',
    unit: 'bytes',
    labels: ['path'],
    registry,
  })
  sent.labels('/a"b\\c\n').inc(3)
  sent.labels('').inc()
  new Counter({ name: 'oddly_named', help: 'No _total.', registry }).inc(2)
  new Gauge({ name: 'temperature_celsius', help: 'Outside.', unit: 'celsius', registry }).set(-2.5)
  const buckets = [0.5, 1, 10, 1e6, 1e-7 + 1e6]
  const durations = new Histogram({ name: 'd_seconds', help: 'D.', buckets, labels: ['a'], registry })
  durations.labels('x').observe(0.5)
  durations.labels('x').observe(2e6)
  new Histogram({ name: 'change', help: 'C.', buckets: [-1, 0, 1e-7], registry }).observe(5)
  new Summary({ name: 's', help: 'S.', quantiles: [0, 0.5, 1], registry })
  new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry }).set({ version: '1.2' })
  new StateSet({ name: 'job_state', help: 'J.', states: ['idle', 'busy'], registry }).set('busy')
  new Counter({ name: 'never_used_total', help: 'No series.', labels: ['a'], registry })
  const exposition = await expose(registry, { accept })
  expect(exposition.contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect(exposition.contentType).toBe(OPENMETRICS_CONTENT_TYPE)
  expect(exposition.body).toBe(
    `# TYPE sent_bytes counter
# UNIT sent_bytes bytes
# HELP sent_bytes Bytes\\nsent, \\"all\\" of C:\\\\.
sent_bytes_total{path="/a\\"b\\\\c\\n"} 3
sent_bytes_total 1
# TYPE oddly_named unknown
# HELP oddly_named No _total.
oddly_named 2
# TYPE temperature_celsius gauge
# UNIT temperature_celsius celsius
# HELP temperature_celsius Outside.
temperature_celsius -2.5
# TYPE d_seconds histogram
# HELP d_seconds D.
d_seconds_bucket{a="x",le="0.5"} 1
d_seconds_bucket{a="x",le="1.0"} 1
d_seconds_bucket{a="x",le="10.0"} 1
d_seconds_bucket{a="x",le="1e+06"} 1
d_seconds_bucket{a="x",le="1.0000000000001e+06"} 1
d_seconds_bucket{a="x",le="+Inf"} 2
d_seconds_sum{a="x"} 2000000.5
d_seconds_count{a="x"} 2
# TYPE change histogram
# HELP change C.
change_bucket{le="-1.0"} 0
change_bucket{le="0.0"} 0
change_bucket{le="1e-07"} 0
change_bucket{le="+Inf"} 1
# TYPE s summary
# HELP s S.
s{quantile="0.0"} NaN
s{quantile="0.5"} NaN
s{quantile="1.0"} NaN
s_sum 0
s_count 0
# TYPE build info
# HELP build B.
build_info{version="1.2"} 1
# TYPE job_state stateset
# HELP job_state J.
job_state{job_state="idle"} 0
job_state{job_state="busy"} 1
# EOF
`,
  )
  parseOpenMetrics(exposition.body)
})

test('an empty registry is only the end', async () => {
  expect(await openMetrics(new Registry())).toBe('# EOF\n')
})

describe('creation times', () => {
  const clock = new ManualClock()

  test('are written where the registry keeps them, and start again with the values', async () => {
    const registry = new Registry({ createdTimes: true, clock })
    const counter = new Counter({ name: 'c_total', help: 'C.', labels: ['a'], registry })
    counter.labels('x').inc()
    clock.advance(10)
    counter.labels('y').inc()
    new Counter({ name: 'odd', help: 'O.', registry })
    new Histogram({ name: 'h', help: 'H.', buckets: [1], registry })
    new Summary({ name: 's', help: 'S.', quantiles: [], registry })
    new Gauge({ name: 'g', help: 'G.', registry })
    const start = clock.wall()
    const parsed = parseOpenMetrics(await openMetrics(registry))
    expect(parsed.value('c_created', { a: 'x' })).toBe(start - 10)
    expect(parsed.value('c_created', { a: 'y' })).toBe(start)
    expect(parsed.value('h_created')).toBe(start)
    expect(parsed.value('s_created')).toBe(start)
    expect(parsed.samples.filter((sample) => sample.name.endsWith('_created'))).toHaveLength(4)
    expect((await expose(registry)).body).not.toContain('_created')
    clock.advance(5)
    registry.reset()
    expect(parseOpenMetrics(await openMetrics(registry)).value('c_created', { a: 'x' })).toBe(start + 5)
    counter.remove('x')
    expect(parseOpenMetrics(await openMetrics(registry)).value('c_created', { a: 'x' })).toBeUndefined()
  })

  test('are not there by default', async () => {
    const registry = new Registry({ clock })
    new Counter({ name: 'c_total', help: 'C.', registry })
    expect(await openMetrics(registry)).not.toContain('_created')
  })
})

describe('what OpenMetrics has no room for is left out of the text, never the scrape', () => {
  test('sum and count of a histogram that saw negative values', async () => {
    const registry = new Registry()
    const histogram = new Histogram({ name: 'h', help: 'H.', labels: ['a'], buckets: [1], registry })
    histogram.labels('x').observe(-3)
    histogram.labels('y').observe(3)
    const parsed = parseOpenMetrics(await openMetrics(registry))
    expect(parsed.samples.map((sample) => `${sample.name} ${sample.labels.a}`)).toEqual([
      'h_bucket x',
      'h_bucket x',
      'h_bucket y',
      'h_bucket y',
      'h_sum y',
      'h_count y',
    ])
    expect(parseText((await expose(registry)).body).value('h_sum', { a: 'x' })).toBe(-3)
  })

  test('negative values of a summary', async () => {
    const registry = new Registry()
    const summary = new Summary({ name: 's', help: 'S.', quantiles: [0, 1], registry })
    summary.observe(-5)
    summary.observe(1)
    const parsed = parseOpenMetrics(await openMetrics(registry))
    expect(parsed.samples.map((sample) => sample.name)).toEqual(['s', 's_count'])
  })
})

describe('units', () => {
  const registry = new Registry()
  test.each([
    ['a_seconds', 'bytes'],
    ['aseconds', 'seconds'],
    ['seconds', 'seconds'],
    ['a_total_seconds_total', 'total'],
    ['a_', ''],
    ['a_b c', 'b c'],
  ])('a metric named %s has no unit %j', (name, unit) => {
    expect(() => new Counter({ name, help: 'h', unit, registry: new Registry({ names: 'utf-8' }) })).toThrow(
      expect.objectContaining({ code: 'TELLTALE_METRIC_NAME' }),
    )
  })

  test('the unit of a metric can be read', () => {
    expect(
      new Summary({ name: 'a_meters_per_second', help: 'h', unit: 'meters_per_second', registry }).unit,
    ).toBe('meters_per_second')
    expect(new Gauge({ name: 'b', help: 'h', registry }).unit).toBeUndefined()
  })
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', 'n', ',', '=', '{', '}', ' ', '#', '\r'),
    maxLength: 6,
  }),
  fc.constantFrom('\ud83d', '\ude00\ud83d', '😀', '', '0', '# EOF', '\n# EOF\n'),
)
const observations = fc.array(
  fc.tuple(anyText, anyText, fc.double({ noNaN: true, min: -1e300, max: 1e300 })),
  {
    maxLength: 12,
  },
)
const bounds = fc
  .uniqueArray(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()), {
    minLength: 1,
    maxLength: 8,
  })
  .map((all) => [...new Set(all.map((bound) => bound + 0))].sort((a, b) => a - b))

test('what is parsed is what was recorded, and what the text format says, for any values', async () => {
  const property = fc.asyncProperty(observations, anyText, bounds, async (all, region, buckets) => {
    const registry = new Registry({ defaultLabels: { region } })
    const options = { help: `Any "help"\n\\ ${region}`, labels: ['a', 'b'] as const, registry }
    const counter = new Counter({ ...options, name: 'c_total' })
    const odd = new Counter({ ...options, name: 'odd' })
    const gauge = new Gauge({ ...options, name: 'g' })
    const histogram = new Histogram({ ...options, name: 'h', buckets })
    const summary = new Summary({ ...options, name: 's' })
    const info = new Info({ ...options, name: 'i_info' })
    const state = new StateSet({ ...options, name: 'state', states: ['up', '"down"'] })
    for (const [a, b, value] of all) {
      counter.labels(a, b).inc(Math.abs(value))
      odd.labels(a, b).inc(Math.abs(value))
      gauge.labels(a, b).set(value)
      histogram.labels(a, b).observe(value)
      summary.labels(a, b).observe(value)
      info.labels(a, b)
      state.labels(a, b).set(value > 0 ? 'up' : '"down"')
    }
    const parsed = parseOpenMetrics(await openMetrics(registry))
    const text = parseText((await expose(registry)).body)
    const gauges = new Map(
      all.map(([a, b, value]) => [JSON.stringify([a.toWellFormed(), b.toWellFormed()]), value]),
    )
    for (const [key, value] of gauges) {
      const [a, b] = JSON.parse(key) as [string, string]
      expect(parsed.value('g', { a, b, region: region.toWellFormed() })! === value).toBe(true)
    }
    for (const family of parsed.families.values())
      expect(family.help).toBe(options.help.trim().toWellFormed())
    // Every sample is one of the text format's, and all of those are there but the ones that may be left out.
    const leftOut = text.samples.length - parsed.samples.length
    const mayBeLeftOut = text.samples.filter(({ name }) => /^(h_sum|h_count|s|s_sum)$/.test(name))
    expect(leftOut).toBeLessThanOrEqual(mayBeLeftOut.length)
    for (const { name, labels, value } of parsed.samples) {
      const own = ['le', 'quantile'].find((label) => label in labels)
      const plain = own === undefined ? {} : { [own]: labels[own]!.replace(/\.0$/, '') }
      const expected = text.value(name, { ...labels, ...plain })
      expect([name, labels, Object.is(expected! + 0, value + 0)]).toEqual([name, labels, true])
    }
  })
  await fc.assert(property, { numRuns: 100 })
})

test('a scrape in one format changes nothing for the other', async () => {
  const registry = new Registry()
  new Counter({ name: 'y_total', help: 'y', registry }).inc(3)
  const first = await expose(registry)
  expect(await openMetrics(registry)).toContain('\ny_total 3\n')
  expect(await expose(registry)).toEqual(first)
})
