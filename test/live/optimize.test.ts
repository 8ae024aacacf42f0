import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import {
  ChildGroup,
  CommandError,
  PrometheusApi,
  prometheusServer,
  runCommand,
  startPrometheusServer,
} from '@telltale/cli'
import { Counter, expose, Gauge, Histogram, Registry } from 'telltale'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run } from '../../packages/cli/src/optimize/command.js'
import { Terminal } from '../../packages/cli/src/terminal.js'
import { freePort } from '../support/free-ports.js'
import { installed, TestVictoriaMetrics, testFolder } from './servers/index.js'

/** The part of the JSON output that is looked at. */
interface Result {
  readonly series: number
  readonly seconds: number
  readonly doubts: readonly string[]
  readonly advice: readonly {
    readonly id: string
    readonly subject: string
    readonly figure: string
    readonly saving?: { readonly series: number; readonly samplesPerSecond: number }
    readonly change: { readonly text: string }
    readonly drops: readonly unknown[]
  }[]
  readonly missed: readonly { readonly what: string }[]
  readonly change?: {
    readonly saving: { readonly series: number; readonly samplesPerSecond: number }
    readonly jobs: readonly string[]
    readonly applied: boolean
  }
}

const rules = `groups:
  - name: shop
    rules:
      - alert: Slow
        expr: histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[1m]))) > 0.3
      - alert: CachesSlow
        expr: sum(rate(cache_lookup_seconds_sum[1m])) / sum(rate(cache_lookup_seconds_count[1m])) > 1
      - alert: NoViews
        expr: topk(3, rate(page_views_total[1m])) < 1
      - alert: PoolSmall
        expr: pool_size < 1
`

const dashboard = {
  title: 'Shop',
  panels: [
    {
      title: 'Clicks',
      targets: [{ refId: 'A', expr: 'sum(rate(clicks_total{job=~"$job"}[$__rate_interval]))' }],
    },
  ],
}

const group = new ChildGroup()
const registry = new Registry()
let folder: Awaited<ReturnType<typeof testFolder>>
let endpoint: Server
let url = ''
let api: PrometheusApi

const configFile = () => join(folder.path, 'prometheus.yml')
const dashboards = () => join(folder.path, 'dashboards')

/** 100,000 series: what a rule uses, what a dashboard uses, what only a person asks for, and what nobody uses. */
function fill(): void {
  const routes = Array.from(
    { length: 1_550 },
    (_, i) => `/api/v1/resource-${String.fromCharCode(97 + (i % 26))}${i}`,
  )
  const histogram = (name: string, bounds?: readonly number[]) =>
    new Histogram({
      name,
      help: 'A duration.',
      labels: ['route', 'method', 'region'],
      registry,
      ...(bounds === undefined ? {} : { buckets: bounds }),
    })
  const used = histogram('http_request_duration_seconds')
  const unused = histogram('template_render_seconds')
  const partly = histogram('cache_lookup_seconds')
  for (const route of routes) {
    for (let i = 0; i < 3; i++) used.labels(route, 'GET', 'eu').observe(0.02 * (i + 1))
    unused.labels(route, 'GET', 'eu').observe(0.1)
    partly.labels(route, 'GET', 'eu').observe(0.1)
  }
  const clicks = new Counter({
    name: 'clicks_total',
    help: 'Clicks.',
    labels: ['user'],
    seriesLimit: 20_000,
    registry,
  })
  for (let i = 0; i < 15_000; i++) clicks.labels(String(100_000 + i)).inc()
  const idle = new Gauge({
    name: 'feature_enabled',
    help: 'Flags.',
    labels: ['flag', 'tenant'],
    seriesLimit: 20_000,
    registry,
  })
  for (let i = 0; i < 20_000; i++) idle.labels(`flag-${i % 200}`, `tenant-${i}`).set(1)
  const views = new Counter({ name: 'page_views_total', help: 'Views.', labels: ['page', 'kind'], registry })
  const pools = new Gauge({ name: 'pool_size', help: 'Sizes.', labels: ['host', 'zone', 'pool'], registry })
  const letter = (i: number) => String.fromCharCode(97 + (i % 26))
  for (let i = 0; i < 450; i++) {
    views.labels(`page-${letter(i / 3 / 26)}${letter(i / 3)}`, ['web', 'app', 'api'][i % 3]!).inc()
    pools.labels(letter(i), `zone-${(i % 26) % 3}`, `pool-${letter(i / 26)}`).set(i)
  }
  new Counter({ name: 'asked_by_hand_total', help: 'Asked for.', registry }).inc()
}

function writeFiles(port: number): void {
  mkdirSync(dashboards())
  writeFileSync(join(dashboards(), 'shop.json'), JSON.stringify(dashboard))
  writeFileSync(join(folder.path, 'rules.yml'), rules)
  writeFileSync(
    configFile(),
    `global:
  scrape_interval: 5s # as often as the alerts need
  query_log_file: ${join(folder.path, 'queries.log')}
rule_files:
  - rules.yml

scrape_configs:
  # The shop.
  - job_name: shop
    static_configs:
      - targets: ["127.0.0.1:${port}"]
`,
  )
}

/** Runs the command, and gives what it printed. */
async function optimize(...args: readonly string[]): Promise<string> {
  let text = ''
  const sink = new Writable({
    write(chunk, _, done) {
      text += chunk
      done()
    },
  })
  // A stream that is no terminal is all that a Terminal needs.
  const terminal = new Terminal(sink as unknown as NodeJS.WriteStream)
  expect(await run([...args], terminal)).toBe(0)
  return text
}

async function result(...args: readonly string[]): Promise<Result> {
  return JSON.parse(await optimize(url, '--json', ...args)) as Result
}

beforeAll(async () => {
  fill()
  folder = await testFolder('optimize')
  endpoint = createServer((_, response) => {
    void expose(registry).then(({ contentType, body }) => {
      response.setHeader('content-type', contentType)
      response.end(body)
    })
  }).listen(0, '127.0.0.1')
  await once(endpoint, 'listening')
  writeFiles((endpoint.address() as AddressInfo).port)
  const port = await freePort()
  const server = await startPrometheusServer(group, await installed(prometheusServer), {
    port,
    configFile: configFile(),
    dataFolder: join(folder.path, 'data'),
  })
  url = server.url
  api = new PrometheusApi(url)
  // Two scrapes, and a query by hand that the query log has.
  await api.until((one) => one.value('count_over_time(up{job="shop"}[1h]) >= 2'), {
    what: 'two scrapes',
    within: 120_000,
  })
  await api.query('sum(asked_by_hand_total)')
})

afterAll(async () => {
  await group.stop()
  endpoint?.closeAllConnections()
  endpoint?.close()
  await folder?.remove()
})

const known = () => ['--dashboards', dashboards(), '--query-log', join(folder.path, 'queries.log')]

describe('on a Prometheus with 100,000 series', () => {
  let found: Result

  beforeAll(async () => {
    found = await result(...known())
  })

  const advice = (id: string) => found.advice.filter((one) => one.id === id)
  const subjects = (id: string) => advice(id).map(({ subject }) => subject)

  test('it is done in less than 30 s, with everything looked at that a young server has', () => {
    expect(found.series).toBeGreaterThan(100_000)
    expect(found.seconds).toBeLessThan(30)
    expect(found.missed.map(({ what }) => what)).toEqual(['growth and churn'])
  })

  test('what neither a rule nor a dashboard nor a logged query names is unused, and certain', () => {
    expect(found.doubts).toEqual([])
    expect(subjects('unused-metric')).toEqual(
      expect.arrayContaining(['template_render_seconds', 'feature_enabled']),
    )
    for (const used of ['http_request_duration_seconds', 'clicks_total', 'asked_by_hand_total', 'up']) {
      expect(subjects('unused-metric')).not.toContain(used)
    }
    expect(advice('unused-metric').find(({ subject }) => subject === 'feature_enabled')?.saving?.series).toBe(
      20_000,
    )
  })

  test('buckets of a histogram of which only the mean is used are unused', () => {
    expect(subjects('unused-buckets')).toEqual(['cache_lookup_seconds_bucket'])
  })

  test('a label with the ids of users is found, and what it costs', () => {
    const [label] = advice('id-like-label')
    expect(label).toMatchObject({ subject: 'clicks_total {user}', saving: { series: 14_999 } })
    expect(label?.figure).toContain('15,000 values')
  })

  test('a threshold that is no bucket bound is found, with bounds that have it', () => {
    const [bounds] = advice('bucket-threshold')
    expect(bounds?.subject).toBe('http_request_duration_seconds')
    expect(bounds?.change.text).toMatch(/buckets: \[.*\b0\.3\b/)
  })

  test('labels that nothing reads, that another decides, and that have many values are found', () => {
    expect(subjects('unused-label')).toContain('http_request_duration_seconds {route}')
    expect(advice('redundant-label').map(({ figure }) => figure)).toEqual([
      'each value of "host" goes with one value of "zone" in pool_size',
    ])
    expect(subjects('many-values')).toEqual(['page_views_total {page}'])
  })

  test('a gauge that stands still is found, and an interval that is shorter than anybody needs', () => {
    expect(subjects('still-gauge')).toEqual(['pool_size'])
    expect(advice('longer-interval').map(({ change }) => change.text)).toEqual(['scrape_interval: 15s'])
  })

  test('labels with one value only are found', () => {
    expect(subjects('constant-label')).toEqual(expect.arrayContaining(['method="GET"', 'region="eu"']))
  })
})

test('without any dashboard nothing is certain, and nothing would be written', async () => {
  const found = await result('--only', 'unused', '--config', configFile(), '--apply')
  expect(found.doubts.join()).toContain('no dashboard was looked at')
  expect(found.change).toMatchObject({ jobs: [], applied: false })
})

test('--config alone shows the change and writes nothing', async () => {
  const before = readFileSync(configFile(), 'utf8')
  const text = await optimize(url, ...known(), '--only', 'unused', '--config', configFile())
  expect(text).toMatch(/\+ +regex: .*feature_enabled/)
  expect(text).toContain('Add --apply to write it.')
  expect(readFileSync(configFile(), 'utf8')).toBe(before)
})

test('in Korean the same advice is told in Korean, with the same figures', async () => {
  const english = await result(...known(), '--language', 'en')
  const korean = await result(...known(), '--language', 'ko')
  const about = ({ advice }: Result) => advice.map(({ id, saving }) => [id, saving?.series])
  expect(about(korean)).toEqual(about(english))
  expect(korean.advice.filter(({ figure }) => !/[가-힣]/.test(figure))).toEqual([])
  const text = await optimize(url, ...known(), '--language', 'ko', '--config', configFile())
  expect(text).toContain('아무도 쓰지 않는 메트릭')
  expect(text).toContain('파일에 쓰려면 --apply를 붙이십시오.')
  expect(text).not.toMatch(/looked at|series without|nothing that uses|not certain/)
})

test('--apply saves exactly the series and samples that it promised', async () => {
  const scraped = '{__name__!="",job="shop"}'
  const before = readFileSync(configFile(), 'utf8')
  const series = (await api.value(`count(${scraped})`))!
  const found = await result(...known(), '--only', 'unused', '--config', configFile(), '--apply')
  expect(found.change).toMatchObject({ jobs: ['shop'], applied: true })
  const { saving } = found.change!
  expect(saving.series).toBeGreaterThan(50_000)

  const after = readFileSync(configFile(), 'utf8')
  expect(after).toContain('scrape_interval: 5s # as often as the alerts need')
  expect(after).toContain('  # The shop.\n')
  const [backup] = (await readdir(folder.path)).filter((name) => name.endsWith('.bak'))
  expect(readFileSync(join(folder.path, backup!), 'utf8')).toBe(before)
  const promtool = (await installed(prometheusServer)).command('promtool')
  expect(await runCommand(promtool, ['check', 'config', configFile()])).toMatchObject({ code: 0 })

  const response = await fetch(`${url}/-/reload`, { method: 'POST' })
  expect(response.status).toBe(200)
  const promised = series - saving.series
  // Dropped series end with the first scrape after the reload.
  const left = await api.until(
    async (one) => {
      const count = await one.value(`count(${scraped})`)
      return count !== undefined && count < series ? count : undefined
    },
    { what: 'fewer series', within: 60_000 },
  )
  expect(left).toBe(promised)
  expect(saving.samplesPerSecond).toBeCloseTo(saving.series / 5)
  expect(await api.value('scrape_samples_post_metric_relabeling{job="shop"}')).toBe(
    (await api.value('scrape_samples_scraped{job="shop"}'))! - saving.series,
  )
})

describe('instead of a Prometheus', () => {
  const refused = (address: string) => run([address], new Terminal(process.stdout))

  test('an agent says that it stores nothing', async () => {
    const agentFolder = await testFolder('agent')
    const agents = new ChildGroup()
    try {
      writeFileSync(join(agentFolder.path, 'prometheus.yml'), 'scrape_configs: []\n')
      const port = await freePort()
      const installation = await installed(prometheusServer)
      await agents.start({
        name: 'Prometheus agent',
        command: installation.command('prometheus'),
        args: [
          '--enable-feature=agent',
          `--config.file=${join(agentFolder.path, 'prometheus.yml')}`,
          `--storage.agent.path=${join(agentFolder.path, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        env: installation.environment(),
        ready: async () =>
          (await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined))?.ok === true,
      })
      await expect(refused(`127.0.0.1:${port}`)).rejects.toThrow('agent mode, which stores nothing')
    } finally {
      await agents.stop()
      await agentFolder.remove()
    }
  })

  test('VictoriaMetrics is told by its name', async () => {
    const server = await TestVictoriaMetrics.start()
    try {
      await expect(refused(server.url)).rejects.toThrow('this is VictoriaMetrics')
    } finally {
      await server.stop()
    }
  })

  test('an application says what to give instead', async () => {
    const { port } = endpoint.address() as AddressInfo
    await expect(refused(`127.0.0.1:${port}`)).rejects.toThrow('this is an endpoint with metrics')
  })

  test('nothing at all is an error with its code', async () => {
    const port = await freePort()
    const error = await refused(`127.0.0.1:${port}`).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(CommandError)
    expect(error).toMatchObject({ code: 'TELLTALE_PROMETHEUS' })
    expect(String(error)).toContain('ECONNREFUSED')
  })
})
