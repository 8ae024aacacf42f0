import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  Counter,
  Gauge,
  Histogram,
  Info,
  nativeIndex,
  PROTOBUF_CONTENT_TYPE,
  Registry,
  StateSet,
  Summary,
} from 'telltale'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NodeExchange } from '../../packages/telltale/src/serve/node-exchange.js'
import { answerScrape } from '../../packages/telltale/src/serve/scrape-handler.js'
import { decodeFamilies } from '../support/protobuf-families.js'
import { TestPrometheus } from './servers/index.js'

const registry = new Registry({ defaultLabels: { region: 'north' } })
const accepted = new Set<string>()
let url: string
let server: Server
let prometheus: TestPrometheus

/** Spread over five powers of ten, in no order. */
const durations = Array.from({ length: 2000 }, (_, i) => 0.001 * 10 ** (((i * 7919) % 2000) / 400))
const temperatures = Array.from({ length: 500 }, (_, i) => ((i * 37) % 500) / 10 - 30)

function record(): void {
  const seconds = new Histogram({
    name: 'native_seconds',
    help: 'Native only.',
    buckets: [],
    native: true,
    labels: ['route'],
    registry,
  })
  const fine = new Histogram({
    name: 'fine_seconds',
    help: 'Native and fine, beyond its limit of buckets.',
    buckets: [],
    native: { schema: 8, maxBuckets: 100 },
    registry,
  })
  const both = new Histogram({
    name: 'both_seconds',
    help: 'Native and classic.',
    buckets: [0.1, 1],
    native: true,
    registry,
  })
  const classic = new Histogram({
    name: 'classic_seconds',
    help: 'Classic.',
    buckets: [0.1, 1, 10],
    registry,
  })
  for (const value of durations) {
    seconds.labels('/a').observe(value)
    for (const histogram of [fine, both, classic]) histogram.observe(value)
  }
  const celsius = new Histogram({
    name: 'temperature_celsius',
    help: 'Both signs and zero.',
    buckets: [],
    native: { factor: 1.05 },
    registry,
  })
  for (const value of temperatures) celsius.observe(value)
  new Histogram({ name: 'idle', help: 'Nothing.', buckets: [], native: true, registry })
  registry.withExemplar({ trace_id: 'abc123' }, () => {
    new Counter({ name: 'jobs_total', help: 'J.', labels: ['kind'], registry }).labels('ü "q"').inc(7.5)
  })
  new Gauge({ name: 'level', help: 'L.', registry }).set(-3)
  const summary = new Summary({ name: 'size_bytes', help: 'S.', quantiles: [0.5], registry })
  for (const value of [1, 2, 300]) summary.observe(value)
  new Info({ name: 'build_info', help: 'B.', labels: ['version'], registry }).set({ version: '1.2.3' })
  new StateSet({ name: 'door', help: 'D.', states: ['open', 'shut'], registry }).set('open')
}

beforeAll(async () => {
  record()
  server = createServer((request, response) => {
    if (request.headers['user-agent']?.startsWith('Prometheus')) accepted.add(request.headers.accept!)
    void answerScrape(registry, new NodeExchange(request, response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  url = `http://${address}/metrics`
  prometheus = await TestPrometheus.start({
    jobs: [{ name: 'app', targets: [address] }],
    flags: ['--enable-feature=native-histograms,exemplar-storage'],
  })
  await prometheus.api.targetUp('app')
  await prometheus.api.until((api) => api.value('level'), { what: 'the first scrape to be stored' })
})

afterAll(async () => {
  await prometheus?.stop()
  server?.closeAllConnections()
  server?.close()
})

const value = (expression: string) => prometheus.api.value(expression)

function exactQuantile(values: readonly number[], quantile: number): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(quantile * values.length) - 1]!
}

describe('Prometheus with native histograms', () => {
  test('asks for protobuf and gets it', async () => {
    expect(accepted.size).toBe(1)
    const [accept] = accepted
    const response = await fetch(url, { headers: { accept: accept! } })
    expect(response.headers.get('content-type')).toBe(PROTOBUF_CONTENT_TYPE)
    const families = decodeFamilies(new Uint8Array(await response.arrayBuffer()))
    expect(families.map((family) => family.name)).toEqual(registry.families.map((family) => family.name))
  })

  test.each([
    ['native_seconds', durations],
    ['fine_seconds', durations],
    ['both_seconds', durations],
    ['temperature_celsius', temperatures],
  ])('has the count and the sum of %s', async (name, values) => {
    expect(await value(`histogram_count(${name})`)).toBe(values.length)
    const sum = values.reduce((total, each) => total + each, 0)
    expect(await value(`histogram_sum(${name})`)).toBe(sum)
  })

  test.each([0.01, 0.25, 0.5, 0.9, 0.99])('finds quantile %d in its bucket or the next', async (quantile) => {
    for (const [name, schema] of [
      ['native_seconds', 3],
      ['both_seconds', 3],
      ['fine_seconds', 2],
    ] as const) {
      const found = (await value(`histogram_quantile(${quantile}, ${name})`))!
      const exact = exactQuantile(durations, quantile)
      const distance = Math.abs(nativeIndex(found, schema) - nativeIndex(exact, schema))
      expect(distance, `${name}: ${found} for ${exact}`).toBeLessThanOrEqual(1)
    }
  })

  test('knows negative values from positive ones', async () => {
    const low = (await value('histogram_quantile(0.25, temperature_celsius)'))!
    expect(Math.abs(low / exactQuantile(temperatures, 0.25) - 1)).toBeLessThan(0.05)
    const negative = temperatures.filter((each) => each < 0).length / temperatures.length
    expect(await value('histogram_fraction(-Inf, 0, temperature_celsius)')).toBeCloseTo(negative, 2)
  })

  test('has a histogram of nothing as a native one', async () => {
    expect(await value('histogram_count(idle)')).toBe(0)
  })

  test('has the labels of native histograms', async () => {
    const [sample] = await prometheus.api.query('histogram_count(native_seconds)')
    expect(sample!.labels).toMatchObject({ route: '/a', region: 'north', job: 'app' })
  })

  test('has classic histograms as it always had', async () => {
    for (const [le, bound] of [
      ['0.1', 0.1],
      ['1.0', 1],
      ['10.0', 10],
      ['+Inf', Infinity],
    ] as const) {
      const count = durations.filter((each) => each <= bound).length
      expect(await value(`classic_seconds_bucket{le="${le}"}`), le).toBe(count)
    }
    expect(await value('classic_seconds_count')).toBe(durations.length)
    expect(await value('classic_seconds_sum')).toBe(durations.reduce((total, each) => total + each, 0))
    expect(await value('histogram_quantile(0.5, classic_seconds_bucket)')).toBeGreaterThan(0.1)
  })

  test('has counters, gauges and summaries with their values', async () => {
    expect(await value('jobs_total{kind="ü \\"q\\""}')).toBe(7.5)
    expect(await value('level{region="north"}')).toBe(-3)
    expect(await value('size_bytes_count')).toBe(3)
    expect(await value('size_bytes_sum')).toBe(303)
    expect(await value('size_bytes{quantile="0.5"}')).toBeCloseTo(2, 1)
    expect(await value('build_info{version="1.2.3"}')).toBe(1)
    expect([await value('door{door="open"}'), await value('door{door="shut"}')]).toEqual([1, 0])
  })

  test('has the exemplar of a counter', async () => {
    const now = Date.now() / 1000
    const query = new URLSearchParams({ query: 'jobs_total', start: `${now - 600}`, end: `${now + 60}` })
    const response = await fetch(`${prometheus.url}/api/v1/query_exemplars?${query}`)
    const { data } = (await response.json()) as {
      data: readonly { readonly exemplars: readonly { readonly labels: unknown; readonly value: string }[] }[]
    }
    expect(data[0]!.exemplars[0]).toMatchObject({ labels: { trace_id: 'abc123' }, value: '7.5' })
  })
})
