import fc from 'fast-check'
import * as promClient from 'prom-client'
import { describe, expect, it } from 'vitest'
import * as telltale from '../src/index.js'
import { type Client, comparable, errorsOfBoth } from './both.js'

const help = 'Help.'
const theirs = promClient as unknown as Client
const both = [telltale, theirs] as const
const names = ['sum', 'first', 'min', 'max', 'average', 'omit'] as const

type Processes = readonly (readonly { readonly l: string; readonly value: number }[])[]

/** What processes that recorded these values give as JSON. */
async function jsonOf(
  { Counter, Gauge, Histogram, Registry }: Client,
  aggregator: telltale.Aggregator,
  of: Processes,
) {
  return Promise.all(
    of.map((records) => {
      const register = new Registry()
      const options = { help, labelNames: ['l'], registers: [register], aggregator }
      const counter = new Counter({ name: 'c_total', ...options })
      const gauge = new Gauge({ name: 'g', ...options })
      const histogram = new Histogram({ name: 'h', ...options, buckets: [10, 100] })
      for (const { l, value } of records) {
        counter.inc({ l }, value)
        gauge.set({ l }, value)
        histogram.observe({ l }, value)
      }
      return register.getMetricsAsJSON()
    }),
  )
}

const records = fc.array(fc.record({ l: fc.constantFrom('a', 'b', 'c'), value: fc.nat(1000) }), {
  maxLength: 5,
})
const processes = fc.array(records, { minLength: 1, maxLength: 4 })

describe.each(names)('the aggregator %s', (name) => {
  it('gives what it gives in prom-client', async () => {
    await fc.assert(
      fc.asyncProperty(processes, async (of) => {
        const json = await jsonOf(theirs, name, of)
        const results = both.map(({ AggregatorRegistry }) => AggregatorRegistry.aggregate(json))
        const [ours, other] = await Promise.all(results.map((registry) => registry.getMetricsAsJSON()))
        expect(comparable(ours!)).toEqual(comparable(other!))
      }),
      { numRuns: 50 },
    )
  })

  it('does the same as a function', async () => {
    const json = await jsonOf(telltale, name, [[{ l: 'a', value: 4 }], [{ l: 'a', value: 6 }]])
    const gauges = json.map((metrics) => metrics.find((metric) => metric.name === 'g')!)
    const [ours, other] = both.map(({ aggregators }) => aggregators[name](gauges))
    expect(ours).toEqual(other)
    expect(telltale.aggregators[name]([])).toEqual(theirs.aggregators[name]([]))
  })
})

it('what JSON lost on the way between two processes does not matter', async () => {
  const json = await jsonOf(telltale, 'sum', [[{ l: 'a', value: 4 }], [{ l: 'a', value: 6 }]])
  const sent: typeof json = JSON.parse(JSON.stringify(json))
  const text = await telltale.AggregatorRegistry.aggregate(sent).metrics()
  expect(text).toBe(await telltale.AggregatorRegistry.aggregate(json).metrics())
  expect(text).toContain('h_bucket{l="a",le="+Inf"} 2\n')
})

it('an aggregated registry has metrics that can be read', async () => {
  for (const client of both) {
    const json = await jsonOf(client, 'sum', [[{ l: 'a', value: 4 }], [{ l: 'a', value: 6 }]])
    const registry = client.AggregatorRegistry.aggregate(json)
    expect(registry.contentType).toBe(client.prometheusContentType)
    expect(registry.getMetricsAsArray().map(({ name, type }) => [name, type])).toEqual([
      ['c_total', 'counter'],
      ['g', 'gauge'],
      ['h', 'histogram'],
    ])
    const gauge = await registry.getSingleMetric('g')!.get()
    expect(gauge.values).toEqual([{ value: 10, labels: { l: 'a' } }])
    const formatted = client.AggregatorRegistry.aggregate(json, client.openMetricsContentType)
    expect(formatted.contentType).toBe(client.openMetricsContentType)
  }
})

it('wrong calls end in the same errors', async () => {
  const wrong = [{ name: 'a', help, type: 'gauge', aggregator: 'median', values: [] }]
  for (const operation of [
    ({ AggregatorRegistry }: Client) => AggregatorRegistry.aggregate([wrong]),
    ({ AggregatorRegistry }: Client) => AggregatorRegistry.setRegistries('none' as never),
    ({ AggregatorRegistry }: Client) => new AggregatorRegistry('text/html' as never),
  ]) {
    const { ours, theirs } = await errorsOfBoth(operation)
    expect(ours).toBe(theirs)
    expect(ours).toMatch(/Error: /)
  }
})

it('without any worker there are no cluster metrics', async () => {
  for (const { AggregatorRegistry } of both) {
    expect(await new AggregatorRegistry().clusterMetrics()).toBe('')
  }
})
