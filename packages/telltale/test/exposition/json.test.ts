import { expect, test } from 'vitest'
import { Counter, exposeJson, Gauge, Histogram, Registry, Summary } from '../../src/index.js'

test('families as plain objects, in the form that prom-client made common', async () => {
  const registry = new Registry({ defaultLabels: { region: 'eu "west"\\' } })
  new Counter({ name: 'c', help: 'c', labels: ['a', 'b'], registry }).labels('x "y"', '').inc(2)
  const region = 'eu "west"\\'
  expect(await exposeJson(registry)).toEqual([
    {
      name: 'c',
      help: 'c',
      type: 'counter',
      aggregator: 'sum',
      values: [{ value: 2, labels: { a: 'x "y"', region } }],
    },
  ])
})

test('histograms and summaries name each of their samples', async () => {
  const registry = new Registry()
  new Histogram({ name: 'h', help: 'h', buckets: [1], registry }).observe(0.5)
  new Summary({ name: 's', help: 's', quantiles: [0.5], registry }).observe(0)
  const [histogram, summary] = await exposeJson(registry)
  expect(histogram!.values).toEqual([
    { value: 1, labels: { le: 1 }, metricName: 'h_bucket' },
    { value: 1, labels: { le: '+Inf' }, metricName: 'h_bucket' },
    { value: 0.5, labels: {}, metricName: 'h_sum' },
    { value: 1, labels: {}, metricName: 'h_count' },
  ])
  expect(summary!.values).toEqual([
    { value: 0, labels: { quantile: 0.5 } },
    { value: 0, labels: {}, metricName: 's_sum' },
    { value: 1, labels: {}, metricName: 's_count' },
  ])
})

test('the labels of a metric win over the default labels, empty ones too, as in the text', async () => {
  const registry = new Registry({ defaultLabels: { region: 'eu' } })
  const gauge = new Gauge({ name: 'g', help: 'g', labels: ['region'], registry })
  gauge.labels('mine').set(1)
  gauge.labels('').set(2)
  const [family] = await exposeJson(registry, { names: ['g'] })
  expect(family!.values).toEqual([
    { value: 1, labels: { region: 'mine' } },
    { value: 2, labels: {} },
  ])
})
