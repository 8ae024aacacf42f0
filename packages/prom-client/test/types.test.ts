import type * as promClient from 'prom-client'
import { expect, expectTypeOf, it } from 'vitest'
import {
  type CollectFunction,
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  type DefaultMetricsCollectorConfiguration,
  Gauge,
  Histogram,
  type LabelValues,
  type Metric,
  type MetricObjectWithValues,
  type MetricValue,
  type OpenMetricsContentType,
  type PrometheusContentType,
  Registry,
  type RegistryContentType,
  Summary,
} from '../src/index.js'

type Labels = 'method' | 'code'

it('programs that are written for the types of prom-client compile', async () => {
  const register = new Registry<PrometheusContentType>()
  const configuration: CounterConfiguration<Labels> = {
    name: 'c_total',
    help: 'Help.',
    labelNames: ['method', 'code'],
    registers: [register],
  }
  const counter: Counter<Labels> = new Counter(configuration)
  counter.inc({ method: 'GET', code: 200 })
  const child: Counter.Internal = counter.labels('GET', '200')
  child.inc()
  const histogram = new Histogram({
    name: 'h',
    help: 'Help.',
    labelNames: ['method'],
    buckets: [1, 2],
    registers: [register],
  })
  const one: Histogram.Internal<'method'> = histogram.labels({ method: 'GET' })
  one.observe(1)
  const collect: CollectFunction<Gauge<'state'>> = function () {
    this.set({ state: 'idle' }, 1)
  }
  const gauge = new Gauge({
    name: 'g',
    help: 'Help.',
    labelNames: ['state'] as const,
    collect,
    registers: [register],
  })
  const summary = new Summary({ name: 's', help: 'Help.', registers: [register] })
  const metrics: Metric[] = [counter, gauge, histogram, summary]
  for (const metric of metrics) register.registerMetric(metric)
  const json: MetricObjectWithValues<MetricValue<string>>[] = await register.getMetricsAsJSON()
  expect(json.map(({ name }) => name)).toEqual(['c_total', 'h', 'g', 's'])
  const found = register.getSingleMetric('c_total') as Counter<Labels> | undefined
  found?.inc({ method: 'GET' })
  const options: DefaultMetricsCollectorConfiguration<PrometheusContentType> = { register, prefix: 'app_' }
  collectDefaultMetrics(options).stop()
  const any: Registry<RegistryContentType> = register
  expect(Registry.merge([any]).contentType).toBe(Registry.PROMETHEUS_CONTENT_TYPE)
})

it('labels that a metric does not have do not compile', () => {
  const counter = new Counter({ name: 'c', help: 'Help.', labelNames: ['method'], registers: [] })
  // @ts-expect-error There is no such label.
  expect(() => counter.inc({ other: 'x' })).toThrow('Added label "other"')
  // @ts-expect-error A name and a help text are needed.
  expect(() => new Counter({ help: 'Help.' })).toThrow('Missing mandatory name parameter')
})

it('types mean the same as those of prom-client', () => {
  expectTypeOf<LabelValues<Labels>>().toEqualTypeOf<promClient.LabelValues<Labels>>()
  expectTypeOf<MetricValue<Labels>>().toEqualTypeOf<promClient.MetricValue<Labels>>()
  expectTypeOf<RegistryContentType>().toEqualTypeOf<promClient.RegistryContentType>()
  expectTypeOf<OpenMetricsContentType>().toEqualTypeOf<promClient.OpenMetricsContentType>()
  expectTypeOf<Parameters<Counter<Labels>['labels']>>().toEqualTypeOf<(string | number)[]>()
})
