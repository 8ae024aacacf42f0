import * as promClient from 'prom-client'
import { expect, it } from 'vitest'
import * as telltale from '../src/index.js'
import { type Client, errorsOfBoth, type Operations } from './both.js'

const help = 'Help.'
const both = [telltale, promClient as unknown as Client] as const

/** The lines of an OpenMetrics text in any order, with bounds as other client libraries write them and no times. */
async function linesOf(client: Client, operations: Operations): Promise<readonly string[]> {
  const register: telltale.Registry<telltale.OpenMetricsContentType> = new client.Registry(
    client.openMetricsContentType,
  )
  await operations(client, register as unknown as telltale.Registry)
  const text = await register.metrics()
  expect(text).toMatch(/# EOF\n$/)
  const lines = text.split('\n').map((line) =>
    line
      .replace(/le="(\d+)"/, 'le="$1.0"')
      .replace(/quantile="(\d+)"/, 'quantile="$1.0"')
      .replace(/( # \{.*\} \S+) \d+(\.\d+)?$/, '$1'),
  )
  return lines.sort()
}

const operations: Record<string, Operations> = {
  'counters under their name without _total': ({ Counter }, register) => {
    const counter = new Counter({ name: 'a_total', help, labelNames: ['l'], registers: [register] })
    counter.inc({ l: 'x "1"\n' }, 2.5)
  },
  'gauges, histograms and summaries': ({ Gauge, Histogram, Summary }, register) => {
    const registers = [register]
    new Gauge({ name: 'g', help, registers }).set(-1)
    new Histogram({ name: 'h', help, buckets: [1, 5], registers }).observe(3)
    new Summary({ name: 's', help, percentiles: [], registers }).observe(1)
  },
  'default labels': ({ Counter }, register) => {
    register.setDefaultLabels({ region: 'north' })
    new Counter({ name: 'a_total', help, registers: [register] })
  },
  'exemplars of counters': ({ Counter }, register) => {
    const counter = new Counter({
      name: 'a_total',
      help,
      labelNames: ['l'],
      registers: [register],
      enableExemplars: true,
    })
    counter.inc({ labels: { l: 'x' }, value: 2, exemplarLabels: { trace_id: 'abc' } })
    counter.inc({ labels: { l: 'x' } })
    counter.inc({ labels: { l: 'y' }, exemplarLabels: { trace_id: 'def', span_id: '1' } })
    counter.inc({ labels: { l: 'z' }, value: 3 })
  },
  'exemplars of counters without labels': ({ Counter }, register) => {
    const counter = new Counter({ name: 'a_total', help, registers: [register], enableExemplars: true })
    counter.inc()
    counter.inc({ value: 4, exemplarLabels: { trace_id: 'abc' } })
  },
  'exemplars of buckets': ({ Histogram }, register) => {
    const histogram = new Histogram({
      name: 'h',
      help,
      buckets: [1, 5],
      registers: [register],
      enableExemplars: true,
    })
    for (const [i, value] of [0.5, 3, 4, 9].entries()) {
      histogram.observe({ value, exemplarLabels: { trace_id: `t${i}` } })
    }
    histogram.observe({ value: 0.25 })
  },
  'exemplars of metrics that are registered later': ({ Counter }, register) => {
    const counter = new Counter({ name: 'a_total', help, registers: [], enableExemplars: true })
    register.registerMetric(counter)
    counter.inc({ exemplarLabels: { trace_id: 'abc' } })
  },
}

it.each(Object.entries(operations))('OpenMetrics has %s as with prom-client', async (_, operation) => {
  const [ours, theirs] = [await linesOf(telltale, operation), await linesOf(both[1], operation)]
  expect(ours).toEqual(theirs)
})

it.each(both)('a timer has the exemplar labels of its start and end', async ({ Histogram, Registry }) => {
  const register = new Registry(Registry.OPENMETRICS_CONTENT_TYPE) as unknown as telltale.Registry
  const options = { buckets: [1000], registers: [register], labelNames: ['l'], enableExemplars: true }
  const histogram = new Histogram({ name: 'h', help, ...options })
  const end = histogram.startTimer({ l: 'x' }, { trace_id: 'abc' })
  expect(end({}, { span_id: 'def' })).toBeGreaterThan(0)
  expect(await register.metrics()).toMatch(/le="1000(\.0)?".* 1 # \{trace_id="abc",span_id="def"\} \S+ \S+\n/)
})

it('exemplar labels that are too long end in the same error', async () => {
  const long: Operations = ({ Counter, Registry, openMetricsContentType }) => {
    const register = new Registry(openMetricsContentType) as unknown as telltale.Registry
    const counter = new Counter({ name: 'a_total', help, registers: [register], enableExemplars: true })
    counter.inc({ exemplarLabels: { trace_id: 'x'.repeat(130) } })
  }
  const { ours, theirs } = await errorsOfBoth(long)
  expect(ours).toBe(theirs)
  expect(ours).toMatch(/^RangeError: /)
})

it.each(both)('the format can be set, and set back', async ({ Counter, Registry }) => {
  const register = new Registry() as telltale.Registry<telltale.RegistryContentType>
  new Counter({ name: 'a_total', help, registers: [register] }).inc()
  const text = await register.metrics()
  register.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  expect(register.contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8')
  expect(await register.getSingleMetricAsString('a_total')).toMatch(/\na(_total)+ 1$/)
  register.setContentType(Registry.PROMETHEUS_CONTENT_TYPE)
  expect((await register.metrics()).includes('# EOF')).toBe(false)
  expect(text).toContain('a_total 1')
})

it('registries of two formats cannot be merged, and those of one give that one', async () => {
  const mixed: Operations = ({ Registry, openMetricsContentType }) =>
    Registry.merge([new Registry(), new Registry(openMetricsContentType) as never])
  const { ours, theirs } = await errorsOfBoth(mixed)
  expect(ours).toBe(theirs)
  for (const { Registry, openMetricsContentType } of both) {
    const merged = Registry.merge([new Registry(openMetricsContentType)])
    expect(merged.contentType).toBe(openMetricsContentType)
  }
})
