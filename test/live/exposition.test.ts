import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { prometheusServer } from '@telltale/cli'
import { Counter, expose, Gauge, Histogram, Info, Registry, StateSet, Summary } from 'telltale'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { NodeExchange } from '../../packages/telltale/src/serve/node-exchange.js'
import { answerScrape } from '../../packages/telltale/src/serve/scrape-handler.js'
import { parseText } from '../support/text-parser.js'
import { sampleKey } from '../support/text-sample.js'
import { installed, TestPrometheus } from './servers/index.js'

/** What each job makes Prometheus ask for, by its path; the first is what Prometheus asks for by itself. */
const formats = {
  negotiated: undefined,
  text: 'text/plain;version=0.0.4',
  'text-1-underscores': 'text/plain;version=1.0.0;escaping=underscores',
  'text-1-values': 'text/plain;version=1.0.0;escaping=values',
  'text-1-dots': 'text/plain;version=1.0.0;escaping=dots',
  'openmetrics-values': 'application/openmetrics-text;version=1.0.0;escaping=values',
} as const
type Format = keyof typeof formats
const names = Object.keys(formats) as Format[]

const awkward = 'a"b\\c\nd{é}😀, x="y"'
const registry = registryOfEverything()
const received: IncomingMessage[] = []
let server: Server
let prometheus: TestPrometheus

function registryOfEverything(): Registry {
  const everything = new Registry({
    names: 'utf-8',
    createdTimes: true,
    defaultLabels: { 'cloud.region': 'eu' },
  })
  const common = { help: 'Any "help"\nof C:\\.', labels: ['path'], registry: everything } as const
  const counter = new Counter({ ...common, name: 'sent_bytes_total', unit: 'bytes' })
  counter.labels(awkward).inc(2 ** 53)
  counter.labels('').inc(0.1)
  new Counter({ ...common, name: 'oddly_named' }).labels('/').inc(7)
  new Counter({ ...common, name: 'http.requests_total', labels: ['http.route'] }).labels('/').inc(5)
  const gauge = new Gauge({ ...common, name: 'level' })
  for (const value of [-2.5, 5e-324, 1.7976931348623157e308, Infinity, -Infinity])
    gauge.labels(value).set(value)
  const buckets = [1e-7, 0.5, 1, 1e6]
  const histogram = new Histogram({ ...common, name: 'duration_seconds', unit: 'seconds', buckets })
  for (const value of [0, 0.5, 0.75, 2e6]) histogram.labels(awkward).observe(value)
  new Histogram({ ...common, name: 'change', buckets: [-1, 1] }).labels('/').observe(-3)
  const summary = new Summary({ ...common, name: 'size', quantiles: [0, 0.5, 1] })
  for (const value of [1, 2, 3]) summary.labels(awkward).observe(value)
  new Summary({ ...common, name: 'empty_size' }).labels('/')
  new Info({ ...common, name: 'build_info', labels: ['version'] }).set({ version: '1.2' })
  new StateSet({ ...common, name: 'job_state', states: ['idle', awkward] }).labels('/').set(awkward)
  const many = new Gauge({ ...common, name: 'many' })
  for (let i = 0; i < 2000; i++) many.labels(i).set(i)
  return everything
}

beforeAll(async () => {
  server = createServer((req, res) => {
    const format = req.url!.slice(1) as Format
    received.push(req)
    const accept = formats[format]
    if (accept !== undefined) req.headers.accept = accept
    void answerScrape(registry, new NodeExchange(req, res))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const targets = [`127.0.0.1:${(server.address() as AddressInfo).port}`]
  prometheus = await TestPrometheus.start({
    jobs: names.map((name) => ({ name, targets, path: `/${name}` })),
  })
})

afterAll(async () => {
  await prometheus?.stop()
  server?.closeAllConnections()
  server?.close()
})

/** Every series of a job, by name and labels, but for those that Prometheus adds. */
async function stored(job: Format): Promise<ReadonlyMap<string, string>> {
  const url = new URL(`${prometheus.url}/api/v1/query`)
  url.searchParams.set('query', `{job="${job}",__name__!~"up|scrape_.*"}`)
  const { data } = (await (await fetch(url)).json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] }
  }
  return new Map(
    data.result.map(({ metric: { __name__, job: _job, instance: _instance, ...labels }, value }) => [
      sampleKey(__name__!, labels),
      value[1],
    ]),
  )
}

async function scraped(job: Format): Promise<ReadonlyMap<string, string>> {
  await vi.waitFor(
    async () => {
      const target = (await prometheus.api.targets()).find((one) => one.scrapePool === job)
      expect(target).toMatchObject({ health: 'up', lastError: '' })
    },
    { timeout: 30_000, interval: 100 },
  )
  return stored(job)
}

/** What the registry holds, as a reader of text 0.0.4 under this escaping sees it; values as Prometheus shows them. */
async function held(escaping: string): Promise<Map<string, number>> {
  const { body } = await expose(registry, { accept: `text/plain;version=0.0.4;escaping=${escaping}` })
  return new Map(parseText(body).samples.map(({ name, labels, value }) => [sampleKey(name, labels), value]))
}

const asNumbers = (values: ReadonlyMap<string, string>) =>
  new Map(
    [...values].map(([key, value]) => [key, value.endsWith('Inf') ? Number(`${value}inity`) : Number(value)]),
  )

const sorted = (values: ReadonlyMap<string, number>) => [...values].sort(([a], [b]) => (a < b ? -1 : 1))

describe('Prometheus has what went in', () => {
  it.each([
    ['text', 'underscores'],
    ['text-1-underscores', 'underscores'],
    ['text-1-values', 'values'],
    ['text-1-dots', 'dots'],
  ] as const)('by %s, every sample and no other', async (job, escaping) => {
    const values = await scraped(job)
    expect(values.size).toBeGreaterThan(2030)
    expect(sorted(asNumbers(values))).toEqual(sorted(await held(escaping)))
  })

  it.each([
    ['negotiated', 'underscores'],
    ['openmetrics-values', 'values'],
  ] as const)('by OpenMetrics (%s), with bounds in its form, and creation times', async (job, escaping) => {
    const values = asNumbers(await scraped(job))
    const created = [...values.keys()].filter((key) => /^\w+_created\[/.test(key))
    expect(created).toHaveLength(7)
    for (const key of created) {
      expect(values.get(key)! - Date.now() / 1000).toBeGreaterThan(-600)
      values.delete(key)
    }
    const expected = new Map<string, number>()
    for (const [key, value] of await held(escaping)) {
      if (/^change_(sum|count)/.test(key)) continue
      expected.set(key.replace(/(\["(?:le|quantile)","-?\d+)("\])/, '$1.0$2'), value)
    }
    expect(sorted(values)).toEqual(sorted(expected))
  })

  it('and is told exactly what it gets', async () => {
    await scraped('negotiated')
    const accept = received.find((req) => req.url === '/negotiated')!.headers.accept!
    const { port } = server.address() as AddressInfo
    const types = new Map<Format, string | null>()
    for (const name of names) {
      const response = await fetch(`http://127.0.0.1:${port}/${name}`, { headers: { accept } })
      types.set(name, response.headers.get('content-type'))
    }
    expect(Object.fromEntries(types)).toEqual({
      negotiated: 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores',
      text: 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
      'text-1-underscores': 'text/plain; version=1.0.0; charset=utf-8; escaping=underscores',
      'text-1-values': 'text/plain; version=1.0.0; charset=utf-8; escaping=values',
      'text-1-dots': 'text/plain; version=1.0.0; charset=utf-8; escaping=dots',
      'openmetrics-values': 'application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=values',
    })
    const prometheusAsked = received.filter((req) => req.headers['user-agent']?.startsWith('Prometheus'))
    expect(new Set(prometheusAsked.map((req) => req.headers['accept-encoding']))).toEqual(new Set(['gzip']))
  })

  it('with the types, the units and the help of OpenMetrics', async () => {
    await scraped('negotiated')
    const url = new URL(`${prometheus.url}/api/v1/targets/metadata`)
    url.searchParams.set('match_target', '{job="negotiated"}')
    const { data } = (await (await fetch(url)).json()) as {
      data: { metric: string; type: string; unit: string; help: string }[]
    }
    const found = Object.fromEntries(data.map(({ metric, type, unit }) => [metric, `${type} ${unit}`.trim()]))
    expect(found).toEqual({
      sent_bytes: 'counter bytes',
      oddly_named: 'unknown',
      http_requests: 'counter',
      level: 'gauge',
      duration_seconds: 'histogram seconds',
      change: 'histogram',
      size: 'summary',
      empty_size: 'summary',
      build: 'info',
      job_state: 'stateset',
      many: 'gauge',
    })
    expect(new Set(data.map(({ help }) => help))).toEqual(new Set(['Any "help"\nof C:\\.']))
  })
})

it('promtool finds nothing to complain of in a text with every type', async () => {
  const plain = new Registry()
  const help = 'Help.'
  new Counter({ name: 'sent_bytes_total', help, unit: 'bytes', registry: plain }).inc()
  new Gauge({ name: 'level', help, labels: ['path'], registry: plain }).labels(awkward).set(1)
  new Histogram({ name: 'duration_seconds', help, unit: 'seconds', registry: plain }).observe(1)
  new Summary({ name: 'size_bytes', help, registry: plain }).observe(1)
  new Info({ name: 'build_info', help, labels: ['version'], registry: plain }).set({ version: '1' })
  new StateSet({ name: 'job_state', help, states: ['idle', 'busy'], registry: plain }).set('busy')
  const installation = await installed(prometheusServer)
  const promtool = spawn(installation.command('promtool'), ['check', 'metrics'], {
    env: installation.environment(),
  })
  promtool.stdin.end((await expose(plain)).body)
  const [findings, [status]] = await Promise.all([text(promtool.stderr), once(promtool, 'close')])
  expect({ findings, status }).toEqual({ findings: '', status: 0 })
})
