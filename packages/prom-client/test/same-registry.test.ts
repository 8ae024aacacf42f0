import * as promClient from 'prom-client'
import { describe, expect, it } from 'vitest'
import * as telltale from '../src/index.js'
import { type Client, errorsOfBoth, expectSame, inBoth, type Operations } from './both.js'

const help = 'Help.'
const both = [telltale, promClient as unknown as Client] as const

const operations: Record<string, Operations> = {
  'shows metrics in the order of their registration': ({ Counter, Gauge }, register) => {
    new Gauge({ name: 'z', help, registers: [register] })
    new Counter({ name: 'a_total', help, registers: [register] })
  },
  'shows a metric that is registered later': ({ Counter }, register) => {
    const counter = new Counter({ name: 'a_total', help, registers: [] })
    counter.inc()
    register.registerMetric(counter)
    register.registerMetric(counter)
  },
  'adds default labels, and those of a metric win': ({ Counter }, register) => {
    const counter = new Counter({ name: 'a_total', help, labelNames: ['zone'], registers: [register] })
    counter.inc({ zone: 'b' })
    register.setDefaultLabels({ region: 'north "1"', zone: 'a', shard: 3 })
  },
  'adds default labels to buckets': ({ Histogram }, register) => {
    new Histogram({ name: 'h', help, buckets: [1], registers: [register] }).observe(1)
    register.setDefaultLabels({ region: 'north' })
  },
  'removes a metric': ({ Counter }, register) => {
    new Counter({ name: 'a_total', help, registers: [register] })
    new Counter({ name: 'b_total', help, registers: [register] })
    register.removeSingleMetric('a_total')
    register.removeSingleMetric('unknown')
  },
  'takes a name again that was removed': ({ Counter, Gauge }, register) => {
    new Counter({ name: 'a', help, registers: [register] })
    register.removeSingleMetric('a')
    new Gauge({
      name: 'a',
      help,
      registers: [register],
      collect() {
        this.set(3)
      },
    })
  },
  'resets its metrics': ({ Counter, Gauge, Summary }, register) => {
    new Counter({ name: 'a_total', help, registers: [register] }).inc()
    new Gauge({ name: 'g', help, labelNames: ['l'], registers: [register] }).set({ l: 'x' }, 1)
    new Summary({ name: 's', help, percentiles: [], registers: [register] }).observe(1)
    register.resetMetrics()
  },
  'is empty after clear, without default labels': ({ Counter }, register) => {
    register.setDefaultLabels({ region: 'north' })
    new Counter({ name: 'a_total', help, registers: [register] })
    register.clear()
    new Counter({ name: 'b_total', help, registers: [register] })
  },
  'shares a metric with another': ({ Counter, Registry }, register) => {
    const other = new Registry()
    const counter = new Counter({ name: 'a_total', help, registers: [other, register] })
    counter.inc(2)
    other.clear()
  },
}

describe('a registry', () => {
  it.each(Object.entries(operations))('%s', (_, operation) => expectSame(operation))

  it('has nothing to say when it is empty', async () => {
    const { ours } = await inBoth(() => {})
    expect(ours.samples).toEqual([])
  })

  it.each(both)('gives one metric as text', async ({ Counter, Registry }) => {
    const register = new Registry()
    register.setDefaultLabels({ region: 'north' })
    const counter = new Counter({ name: 'a_total', help, labelNames: ['l'], registers: [register] })
    counter.inc({ l: 'x' }, 2)
    expect(await register.getSingleMetricAsString('a_total')).toBe(
      '# HELP a_total Help.\n# TYPE a_total counter\na_total{XX} 2'.replace(
        'XX',
        // The order of labels means nothing.
        (await register.getSingleMetricAsString('a_total')).includes('{l')
          ? 'l="x",region="north"'
          : 'region="north",l="x"',
      ),
    )
  })

  it.each(both)('gives the metrics that were made', ({ Counter, Gauge, Registry }) => {
    const register = new Registry()
    const counter = new Counter({ name: 'a_total', help, registers: [register] })
    const gauge = new Gauge({ name: 'g', help, registers: [register], aggregator: 'max' })
    expect(register.getMetricsAsArray()).toEqual([counter, gauge])
    expect(register.getMetricsAsArray()[1]).toBe(gauge)
    expect(register.getSingleMetric('a_total')).toBe(counter)
    expect(register.getSingleMetric('unknown')).toBeUndefined()
    expect([gauge.name, gauge.help, gauge.type, gauge.aggregator]).toEqual(['g', help, 'gauge', 'max'])
  })

  it.each(both)(
    'has the content type of the text format',
    ({ Registry, contentType, prometheusContentType }) => {
      const expected = 'text/plain; version=0.0.4; charset=utf-8'
      expect([new Registry().contentType, contentType, prometheusContentType]).toEqual([
        expected,
        expected,
        expected,
      ])
      expect(Registry.PROMETHEUS_CONTENT_TYPE).toBe(expected)
      expect(Registry.OPENMETRICS_CONTENT_TYPE).toBe(
        'application/openmetrics-text; version=1.0.0; charset=utf-8',
      )
      new Registry().setContentType(Registry.PROMETHEUS_CONTENT_TYPE)
    },
  )

  it.each(both)('merges others, with values that go on', async ({ Counter, Registry }) => {
    const [one, two] = [new Registry(), new Registry()]
    const shared = new Counter({ name: 'shared_total', help, registers: [one, two] })
    const counter = new Counter({ name: 'a_total', help, registers: [one] })
    new Counter({
      name: 'b_total',
      help,
      registers: [two],
      collect() {
        this.reset()
        this.inc(5)
      },
    })
    const merged = Registry.merge([one, two])
    counter.inc()
    shared.inc()
    const values = (await merged.getMetricsAsJSON()).map(({ name, values }) => [name, values[0]!.value])
    expect(values).toEqual([
      ['shared_total', 1],
      ['a_total', 1],
      ['b_total', 5],
    ])
    expect(merged.getSingleMetric('a_total')).toBe(counter)
  })
})

describe('a metric', () => {
  it.each(both)('gives itself as an object, after its collect', async ({ Gauge, Histogram }) => {
    const gauge = new Gauge({
      name: 'g',
      help,
      registers: [],
      collect() {
        this.set(3)
      },
    })
    expect(await gauge.get()).toEqual({
      name: 'g',
      help,
      type: 'gauge',
      values: [{ value: 3, labels: {} }],
      aggregator: 'sum',
    })
    const histogram = new Histogram({ name: 'h', help, buckets: [1], registers: [] })
    expect((await histogram.get()).values).toMatchObject([
      { metricName: 'h_bucket', labels: { le: 1 }, value: 0 },
      { metricName: 'h_bucket', labels: { le: '+Inf' }, value: 0 },
      { metricName: 'h_sum', labels: {}, value: 0 },
      { metricName: 'h_count', labels: {}, value: 0 },
    ])
  })

  it.each(both)('times with the labels of start and end', async ({ Gauge, Histogram, Summary }) => {
    const labelNames = ['a', 'b'] as const
    const options = { help, labelNames, registers: [] }
    const metrics = [
      new Gauge({ name: 'g', ...options }),
      new Histogram({ name: 'h', ...options, buckets: [1000] }),
      new Summary({ name: 's', ...options, percentiles: [] }),
    ]
    for (const metric of metrics) {
      const ends = [metric.startTimer({ a: 'x' }), metric.labels({ a: 'x' }).startTimer()]
      await new Promise((resolve) => setTimeout(resolve, 2))
      for (const end of ends) expect(end({ b: 'y' })).toBeGreaterThan(0.001)
      const labels = (await metric.get()).values.map((value) => value.labels)
      for (const set of labels) expect(set).toMatchObject({ a: 'x', b: 'y' })
    }
  })

  it.each(both)('is set to the current time', async ({ Gauge }) => {
    const gauge = new Gauge({ name: 'g', help, labelNames: ['a'], registers: [] })
    gauge.setToCurrentTime()
    gauge.setToCurrentTime({ a: 'x' })
    gauge.labels('y').setToCurrentTime()
    const { values } = await gauge.get()
    expect(values.map((value) => Math.abs(value.value - Date.now() / 1000) < 5)).toEqual([true, true, true])
  })
})

describe('buckets and names', () => {
  it('are made in the same way', () => {
    const made = both.map((client) => [
      client.linearBuckets(0, 0.1, 4),
      client.linearBuckets(-5, 5, 3),
      client.exponentialBuckets(0.001, 1.5, 20),
      ['a', 'a:b_c9', '9a', '', 'a-b', 'é'].map((name) => client.validateMetricName(name)),
    ])
    expect(made[0]).toEqual(made[1])
  })

  it.each<[string, Operations]>([
    ['linear count', ({ linearBuckets }) => linearBuckets(0, 1, 0)],
    ['exponential start', ({ exponentialBuckets }) => exponentialBuckets(0, 2, 3)],
    ['exponential factor', ({ exponentialBuckets }) => exponentialBuckets(1, 1, 3)],
    ['exponential count', ({ exponentialBuckets }) => exponentialBuckets(1, 2, 0)],
  ])('end in the same error for a wrong %s', async (_, operation) => {
    const { ours, theirs } = await errorsOfBoth(operation)
    expect(ours).toBe(theirs)
    expect(ours).toMatch(/^Error: /)
  })
})
