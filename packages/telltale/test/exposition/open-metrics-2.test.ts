import { describe, expect, test } from 'vitest'
import { ManualClock } from '../../../../test/support/manual-clock.js'
import { parseOpenMetrics2 } from '../../../../test/support/openmetrics-2-parser.js'
import {
  Counter,
  expose,
  exposeBytes,
  Gauge,
  Histogram,
  Info,
  OPENMETRICS_2_CONTENT_TYPE,
  Registry,
  type RegistryOptions,
  StateSet,
  Summary,
} from '../../src/index.js'

const accept = 'application/openmetrics-text;version=2.0.0;escaping=allow-utf-8'

const registryOf = (options: RegistryOptions = {}) =>
  new Registry({ clock: new ManualClock(), openMetrics2: true, ...options })

async function written(registry: Registry, asked = accept): Promise<string> {
  const { contentType, body } = await expose(registry, { accept: asked })
  expect(contentType.startsWith(OPENMETRICS_2_CONTENT_TYPE)).toBe(true)
  parseOpenMetrics2(body)
  return body
}

test('a registry of every type is written exactly so', async () => {
  const registry = registryOf({ defaultLabels: { region: 'eu' } })
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
  const buckets = [0.5, 1, 10, 1e6]
  const took = new Histogram({
    name: 'd_seconds',
    help: 'D.',
    unit: 'seconds',
    buckets,
    labels: ['a'],
    registry,
  })
  took.labels('x').observe(0.5)
  took.labels('x').observe(2e6)
  took.labels('y')
  new Histogram({ name: 'change', help: 'C.', buckets: [-1, 0, 1e-7], registry }).observe(-5)
  const sizes = new Summary({ name: 's', help: 'S.', quantiles: [0, 0.5, 1], labels: ['a'], registry })
  sizes.labels('x')
  sizes.labels('y').observe(0)
  new Summary({ name: 'plain', help: 'P.', quantiles: [], registry }).observe(0.25)
  new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry }).set({ version: '1.2' })
  new StateSet({ name: 'job_state', help: 'J.', states: ['idle', 'busy'], registry }).set('busy')
  new Counter({ name: 'never_used_total', help: 'No series.', labels: ['a'], registry })
  expect(await written(registry)).toBe(
    `# TYPE sent_bytes_total counter
# UNIT sent_bytes_total bytes
# HELP sent_bytes_total Bytes\\nsent, \\"all\\" of C:\\\\.
sent_bytes_total{region="eu",path="/a\\"b\\\\c\\n"} 3
sent_bytes_total{region="eu"} 1
# TYPE oddly_named counter
# HELP oddly_named No _total.
oddly_named{region="eu"} 2
# TYPE temperature_celsius gauge
# UNIT temperature_celsius celsius
# HELP temperature_celsius Outside.
temperature_celsius{region="eu"} -2.5
# TYPE d_seconds histogram
# UNIT d_seconds seconds
# HELP d_seconds D.
d_seconds{region="eu",a="x"} {count:2,sum:2000000.5,bucket:[0.5:1,1.0:1,10.0:1,1e+06:1,+Inf:2]}
d_seconds{region="eu",a="y"} {count:0,sum:0,bucket:[0.5:0,1.0:0,10.0:0,1e+06:0,+Inf:0]}
# TYPE change histogram
# HELP change C.
change{region="eu"} {count:1,sum:-5,bucket:[-1.0:1,0.0:1,1e-07:1,+Inf:1]}
# TYPE s summary
# HELP s S.
s{region="eu",a="x"} {count:0,sum:0,quantile:[0.0:NaN,0.5:NaN,1.0:NaN]}
s{region="eu",a="y"} {count:1,sum:0,quantile:[0.0:0,0.5:0,1.0:0]}
# TYPE plain summary
# HELP plain P.
plain{region="eu"} {count:1,sum:0.25,quantile:[]}
# TYPE build_info info
# HELP build_info B.
build_info{region="eu",version="1.2"} 1
# TYPE job_state stateset
# HELP job_state J.
job_state{region="eu",job_state="idle"} 0
job_state{region="eu",job_state="busy"} 1
# EOF
`,
  )
})

test('an empty registry is only the end', async () => {
  expect(await written(registryOf())).toBe('# EOF\n')
})

describe('native buckets', () => {
  const native = { schema: 0, zeroThreshold: 0.001 }

  test('are counts and not differences, in spans, and sides without any are left out', async () => {
    const registry = registryOf()
    const histogram = new Histogram({ name: 'n', help: 'N.', labels: ['a'], native, buckets: [], registry })
    histogram.labels('empty')
    for (const value of [0, 0.75, 1, 2, 2, 100]) histogram.labels('up').observe(value)
    for (const value of [-3, -4, 0.5]) histogram.labels('both').observe(value)
    expect(await written(registry)).toBe(
      `# TYPE n histogram
# HELP n N.
n{a="empty"} {count:0,sum:0,schema:0,zero_threshold:0.001,zero_count:0}
n{a="up"} {count:6,sum:105.75,schema:0,zero_threshold:0.001,zero_count:1,positive_spans:[0:2,5:1],positive_buckets:[2,2,1]}
n{a="both"} {count:3,sum:-6.5,schema:0,zero_threshold:0.001,zero_count:0,negative_spans:[2:1],negative_buckets:[2],positive_spans:[-1:1],positive_buckets:[1]}
# EOF
`,
    )
  })

  test('stand before the classic ones of the same histogram', async () => {
    const registry = registryOf()
    const histogram = new Histogram({ name: 'n', help: 'N.', native, buckets: [1], registry })
    for (const value of [0.75, 3]) histogram.observe(value)
    expect(await written(registry)).toContain(
      '\nn {count:2,sum:3.75,schema:0,zero_threshold:0.001,zero_count:0,' +
        'positive_spans:[0:3],positive_buckets:[1,0,1],bucket:[1.0:1,+Inf:2]}\n',
    )
  })
})

describe('start times', () => {
  test('stand on the line of their series where the registry keeps them', async () => {
    const clock = new ManualClock()
    const registry = registryOf({ clock, createdTimes: true })
    const counter = new Counter({ name: 'c_total', help: 'C.', labels: ['a'], registry })
    counter.labels('x').inc()
    clock.advance(10.5)
    counter.labels('y').inc()
    new Counter({ name: 'odd', help: 'O.', registry })
    new Histogram({ name: 'h', help: 'H.', buckets: [1], registry })
    new Summary({ name: 's', help: 'S.', quantiles: [], registry })
    new Gauge({ name: 'g', help: 'G.', registry })
    const samples = (await written(registry)).split('\n').filter((line) => !line.startsWith('#'))
    expect(samples).toEqual([
      'c_total{a="x"} 1 st@1700000000',
      'c_total{a="y"} 1 st@1700000010.5',
      'odd 0 st@1700000010.5',
      'h {count:0,sum:0,bucket:[1.0:0,+Inf:0]} st@1700000010.5',
      's {count:0,sum:0,quantile:[]} st@1700000010.5',
      'g 0',
      '',
    ])
    clock.advance(5)
    registry.reset()
    expect(await written(registry)).toContain('c_total{a="x"} 0 st@1700000015.5\n')
  })

  test('are left out when the clock has no time to say', async () => {
    const clock = { monotonic: () => 0, wall: () => Number.NaN }
    const registry = registryOf({ clock, createdTimes: true })
    const counter = new Counter({ name: 'c_total', help: 'C.', registry })
    registry.withExemplar({ trace_id: 'a' }, () => counter.inc())
    expect(await written(registry)).toContain('\nc_total 1\n')
  })
})

describe('exemplars', () => {
  const traced = (registry: Registry, trace: string, record: () => void) =>
    registry.withExemplar({ trace_id: trace }, record)

  test('stand behind the start time, with their own time, one for each bucket that has one', async () => {
    const clock = new ManualClock()
    const registry = registryOf({ clock, createdTimes: true })
    const counter = new Counter({ name: 'c_total', help: 'C.', registry })
    const histogram = new Histogram({ name: 'h', help: 'H.', buckets: [1, 2, 3], native: true, registry })
    clock.advance(1.5)
    traced(registry, 'a"b', () => counter.inc(2))
    for (const [trace, value] of Object.entries({ slow: 9, fast: 0.5, other: 0.75, even: 2.5 })) {
      traced(registry, trace, () => histogram.observe(value))
    }
    const families = parseOpenMetrics2(await written(registry))
    expect(families.get('c_total')!.lines).toEqual([
      {
        series: 'c_total',
        value: '2',
        start: 1_700_000_000,
        exemplars: [' # {trace_id="a\\"b"} 2 1700000001.5'],
      },
    ])
    expect(families.get('h')!.lines[0]!.exemplars).toEqual([
      ' # {trace_id="other"} 0.75 1700000001.5',
      ' # {trace_id="even"} 2.5 1700000001.5',
      ' # {trace_id="slow"} 9 1700000001.5',
    ])
  })

  test('of a summary and of native buckets alone are those of the whole series', async () => {
    const registry = registryOf()
    const summary = new Summary({ name: 's', help: 'S.', quantiles: [], registry })
    const histogram = new Histogram({ name: 'n', help: 'N.', buckets: [], native: { schema: 0 }, registry })
    traced(registry, 'a', () => summary.observe(1))
    traced(registry, 'b', () => histogram.observe(1))
    traced(registry, 'c', () => histogram.observe(2))
    const families = parseOpenMetrics2(await written(registry))
    expect(families.get('s')!.lines[0]!.exemplars).toEqual([' # {trace_id="a"} 1 1700000000'])
    expect(families.get('n')!.lines[0]!.exemplars).toEqual([
      ' # {trace_id="b"} 1 1700000000',
      ' # {trace_id="c"} 2 1700000000',
    ])
  })
})

describe('names that are not legacy ones', () => {
  const registry = registryOf({ names: 'utf-8' })
  new Counter({
    name: 'app.sent_bytes_total',
    help: 'S.',
    unit: 'bytes',
    labels: ['to.whom'],
    registry,
  }).labels('a')
  new Histogram({ name: 'took.s', help: 'T.', buckets: [1], registry })
  new Info({ name: 'app.build_info', help: 'B.', registry })
  new StateSet({ name: 'a.b:c', help: 'M.', states: ['on'], registry })

  test('are quoted for those who take them', async () => {
    expect(await written(registry)).toBe(
      `# TYPE "app.sent_bytes_total" counter
# UNIT "app.sent_bytes_total" bytes
# HELP "app.sent_bytes_total" S.
{"app.sent_bytes_total","to.whom"="a"} 0
# TYPE "took.s" histogram
# HELP "took.s" T.
{"took.s"} {count:0,sum:0,bucket:[1.0:0,+Inf:0]}
# TYPE "app.build_info" info
# HELP "app.build_info" B.
{"app.build_info"} 1
# TYPE "a.b:c" stateset
# HELP "a.b:c" M.
{"a.b:c","a.b:c"="on"} 0
# EOF
`,
    )
  })

  test.each(['underscores', 'dots', 'values'])('are escaped by %s for others', async (escaping) => {
    const text = await written(registry, `application/openmetrics-text;version=2.0.0;escaping=${escaping}`)
    expect(text).not.toContain('{"')
    // Escaping gives the label another name than the metric, which no state set can have.
    const [, type] = /# TYPE (?:a_b|a_dot_b|U__a_2e_b):c (\w+)/.exec(text)!
    expect(type).toBe('gauge')
  })
})

describe('what the format has no room for', () => {
  test('is left out: negative quantiles, not the summary they are of', async () => {
    const registry = registryOf()
    const summary = new Summary({ name: 's', help: 'S.', quantiles: [0, 1], registry })
    summary.observe(-5)
    summary.observe(1)
    expect(await written(registry)).toMatch(/\ns \{count:2,sum:-4,quantile:\[1\.0:0\.99\d*\]\}\n/)
  })
})

test('bytes in slices are the text in one go', async () => {
  const registry = registryOf({ createdTimes: true })
  const counter = new Counter({ name: 'c_total', help: 'C.', labels: ['n'], seriesLimit: 5000, registry })
  const buckets = [1, 2]
  const histogram = new Histogram({
    name: 'h',
    help: 'H.',
    labels: ['n'],
    buckets,
    seriesLimit: 5000,
    registry,
  })
  for (let n = 0; n < 4000; n++) {
    counter.labels(String(n)).inc(n)
    histogram.labels(`ü${n}`).observe(n % 3)
  }
  const { chunks, length } = await exposeBytes(registry, { accept })
  const bytes = Buffer.concat(chunks)
  expect(bytes).toHaveLength(length)
  expect(bytes.toString()).toBe(await written(registry))
  expect(parseOpenMetrics2(bytes.toString()).get('h')!.lines).toHaveLength(4000)
})

test('a scrape in one format changes nothing for the other', async () => {
  const registry = registryOf()
  new Counter({ name: 'y_total', help: 'y', registry }).inc(3)
  const first = await expose(registry)
  expect(await written(registry)).toContain('\ny_total 3\n')
  expect(await expose(registry)).toEqual(first)
})
