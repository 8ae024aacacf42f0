import * as promClient from 'prom-client'
import { afterEach, describe, expect, it } from 'vitest'
import { parseText } from '../../../test/support/text-parser.js'
import * as telltale from '../src/index.js'
import type { Client } from './both.js'

const theirs = promClient as unknown as Client
const registers: telltale.Registry[] = []
afterEach(() => {
  for (const register of registers.splice(0)) register.clear()
})

async function collected(client: Client, config: telltale.DefaultMetricsCollectorConfiguration = {}) {
  const register = new client.Registry()
  if (client === telltale) registers.push(register)
  client.collectDefaultMetrics({ ...config, register })
  await new Promise((resolve) => setTimeout(resolve, 30))
  return { text: parseText(await register.metrics()), json: await register.getMetricsAsJSON() }
}

const own = [
  'nodejs_heap_size_limit_bytes',
  'nodejs_http_requests_in_flight',
  'nodejs_unhandled_errors_total',
  'nodejs_warnings_total',
  'nodejs_eventloop_active_seconds_total',
  'nodejs_eventloop_idle_seconds_total',
]

describe('the default metrics', () => {
  it('have the names, types and labels of prom-client, and six more', async () => {
    const [ours, others] = [await collected(telltale), await collected(theirs)]
    for (const [name, family] of others.text.families) {
      const same = ours.text.families.get(name)
      expect([name, same?.type]).toEqual([name, family.type])
      const labelNames = (samples: typeof family.samples) => Object.keys(samples[0]?.labels ?? {}).sort()
      if (family.samples.length > 0 && same!.samples.length > 0) {
        expect([name, labelNames(same!.samples)]).toEqual([name, labelNames(family.samples)])
      }
    }
    const added = [...ours.text.families.keys()].filter((name) => !others.text.families.has(name))
    expect(added.sort()).toEqual([...own].sort())
  })

  it('have the aggregators of prom-client', async () => {
    const [ours, others] = [await collected(telltale), await collected(theirs)]
    const aggregators = new Map(ours.json.map((metric) => [metric.name, metric.aggregator]))
    for (const { name, aggregator } of others.json) {
      expect([name, aggregators.get(name)]).toEqual([name, aggregator])
    }
  })

  it('take prefix, labels and buckets', async () => {
    const config = { prefix: 'app_', labels: { region: 'north' }, gcDurationBuckets: [0.5, 2] }
    const [ours, others] = [await collected(telltale, config), await collected(theirs, config)]
    const names = new Set(ours.text.families.keys())
    for (const name of others.text.families.keys()) expect(names).toContain(name)
    for (const sample of ours.text.samples) expect(sample.labels).toMatchObject({ region: 'north' })
    const bounds = ours.text.samples
      .filter(
        ({ name, labels }) => name === 'app_nodejs_gc_duration_seconds_bucket' && labels.kind === 'major',
      )
      .map(({ labels }) => labels.le)
    expect(bounds).toEqual(['0.5', '2', '+Inf'])
  })

  it('have the list of their collectors', () => {
    expect(telltale.collectDefaultMetrics.metricsList).toEqual(promClient.collectDefaultMetrics.metricsList)
  })

  it('count the same handles and requests', async () => {
    const [ours, others] = [await collected(telltale), await collected(theirs)]
    for (const kind of ['handles', 'requests', 'resources']) {
      const name = `nodejs_active_${kind}_total`
      expect(Math.abs(ours.text.value(name)! - others.text.value(name)!)).toBeLessThanOrEqual(2)
    }
  })
})
