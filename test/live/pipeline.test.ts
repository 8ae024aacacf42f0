import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { ChildGroup } from '@telltale/cli'
import { validatePrometheusSetup } from 'telltale'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts } from '../support/free-ports.js'
import { parseText } from '../support/text-parser.js'
import { TestAlertmanager, TestPostgresql, TestPrometheus, TestRedis } from './servers/index.js'

// From a request to a firing alert: the compiled shop on a real PostgreSQL and Redis, scraped by a real Prometheus,
// which sends the guide's four alerts through a real Alertmanager to a webhook.

const program = fileURLToPath(new URL('../../examples/shop/dist/esm/main.js', import.meta.url))

let postgresql: TestPostgresql
let redis: TestRedis
let alertmanager: TestAlertmanager
let prometheus: TestPrometheus
let shopUrl = ''
let metricsUrl = ''
const shop = new ChildGroup()

beforeAll(async () => {
  const [port, metricsPort] = (await freePorts(2)) as [number, number]
  shopUrl = `http://127.0.0.1:${port}`
  metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`
  postgresql = await TestPostgresql.start()
  redis = await TestRedis.start()
  await shop.start({
    name: 'shop',
    command: process.execPath,
    args: [program, '--traffic', '--rate', '6', '--error-rate', '0', '--slow-rate', '0', '--seed', '7'],
    env: {
      ...process.env,
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      NODE_ENV: 'development',
      DATABASE_URL: postgresql.url,
      REDIS_URL: redis.url,
      SHOP_FAULTS: 'on',
    },
    ready: async () => (await fetch(`${shopUrl}/health`)).ok,
  })
  alertmanager = await TestAlertmanager.start()
  const target = new URL(metricsUrl).host
  prometheus = await TestPrometheus.start({
    jobs: [
      { name: 'nodejs-app', targets: [target] },
      { name: 'nodejs-default', targets: [target] },
    ],
    rules: [await quickRules()],
    alertmanager: alertmanager.url,
  })
  await prometheus.api.targetUp('nodejs-app')
})

afterAll(async () => {
  await prometheus?.stop()
  await shop.stop()
  await alertmanager?.stop()
  await redis?.stop()
  await postgresql?.stop()
})

/** The guide's rules with shorter windows, and nothing else changed: a test cannot wait for five minutes. */
async function quickRules(): Promise<string> {
  const rules = await readFile('deploy/alert_rules.yml', 'utf8')
  return rules.replaceAll('[5m]', '[15s]').replace(/^(\s+for:) .*$/gm, '$1 3s')
}

async function fault(faults: Readonly<Record<string, unknown>>): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${shopUrl}/faults`, { method: 'POST', headers, body: JSON.stringify(faults) })
  expect(answer.status).toBe(200)
}

/** Every family of the guide, with a label set that the shop's traffic has to bring. */
const guideSeries: readonly (readonly [expression: string, labels: readonly string[]])[] = [
  ['http_request_duration_seconds_bucket', ['method', 'route', 'status_code', 'le']],
  ['http_requests_total', ['method', 'route', 'status_code']],
  ['database_query_duration_seconds_bucket', ['operation', 'table', 'status', 'le']],
  ['database_connections_active', ['database', 'state']],
  ['user_registrations_total', ['source', 'status']],
  ['active_users_count', ['period']],
  ['errors_total', ['type', 'severity', 'component']],
  ['nodejs_memory_usage_bytes', ['type']],
  ['nodejs_cpu_usage_percent', []],
  ['user_action_total', ['action', 'route']],
  ['distributed_trace_duration_seconds_bucket', ['service', 'operation', 'status', 'le']],
  ['queue_size', ['queue_name', 'priority']],
  ['queue_processing_duration_seconds_bucket', ['queue_name', 'job_type', 'status', 'le']],
  ['cache_hits_total', ['cache_name', 'key_pattern']],
  ['cache_misses_total', ['cache_name', 'key_pattern']],
  ['cache_size_bytes', ['cache_name']],
  ['external_api_duration_seconds_bucket', ['service', 'endpoint', 'status_code', 'le']],
  ['external_api_rate_limit_remaining', ['service', 'endpoint']],
  ['revenue_total', ['currency', 'source', 'product']],
  ['conversion_rate', ['funnel_stage', 'segment']],
  ['process_cpu_seconds_total', []],
  ['nodejs_eventloop_lag_p99_seconds', []],
  ['nodejs_gc_duration_seconds_bucket', ['kind', 'le']],
  ['nodejs_heap_size_limit_bytes', []],
]

/** What Prometheus itself adds to a series. */
const ADDED = new Set(['__name__', 'job', 'instance'])

describe("Prometheus' own view of the shop", () => {
  test('both jobs of the guide are up', async () => {
    await prometheus.api.targetUp('nodejs-default')
    expect((await prometheus.api.query('up')).map(({ value }) => value)).toEqual([1, 1])
  })

  test.each(guideSeries)('%s is there with the labels %o', async (name, labels) => {
    const selector = `{__name__=~"(dev_|nodejs_|app_)?${name}",job="nodejs-app"}`
    const [series] = await prometheus.api.until(
      async (api) => {
        const found = await api.query(selector)
        return found.length > 0 ? found : undefined
      },
      { what: `a series of ${name}`, within: 60_000 },
    )
    expect(
      Object.keys(series!.labels)
        .filter((label) => !ADDED.has(label))
        .sort(),
    ).toEqual([...labels].sort())
  })

  test('what the traffic did is counted by routes, not by paths, and nothing was dropped', async () => {
    const routes = (await prometheus.api.query('count by (route) (http_requests_total)')).map(
      ({ labels }) => labels.route,
    )
    expect(routes.length).toBeLessThan(15)
    for (const route of routes) expect(route).toMatch(/^(unmatched|\/[a-z/]*(:id)?)$/)
    const names = await prometheus.api.labelValues('__name__')
    expect(names.filter((name) => /^telltale_.*(dropped|overflow|errors)/.test(name))).toEqual([])
    await prometheus.api.until(
      (api) => api.value('sum(rate(http_requests_total{job="nodejs-app"}[30s])) > 1'),
      { what: 'more than one request a second' },
    )
  })

  test('a scrape is valid for the strict parser', async () => {
    const { samples } = parseText(await (await fetch(metricsUrl)).text())
    expect(samples.length).toBeGreaterThan(200)
  })
})

describe("the guide's checklist", () => {
  const ask = (options: Parameters<typeof validatePrometheusSetup>[0] = {}) =>
    validatePrometheusSetup({
      prometheusUrl: prometheus.url,
      metricsUrl,
      dashboards: ['deploy/grafana'],
      language: 'ko',
      ...options,
    })

  test('finds all sixteen items in place on the running stack', async () => {
    const result = await prometheus.api.until(
      async () => {
        const areas = await ask()
        return Object.values(areas).every(({ missing }) => missing.length === 0) ? areas : undefined
      },
      { what: `no item to be missing, of ${JSON.stringify(await ask())}`, within: 60_000 },
    )
    expect(Object.values(result).map(({ total, implemented }) => [total, implemented])).toEqual(
      Array(4).fill([4, 4]),
    )
  })

  test.each([
    ['a port where nobody scrapes', { metricsUrl: 'http://127.0.0.1:9/metrics' }, 'installation', 2],
    ['no dashboards', { dashboards: ['deploy/tests'] }, 'monitoring', 3],
  ] as const)('finds what is wrong with %s', async (_, options, area, implemented) => {
    const found = (await ask(options))[area]
    expect(found.implemented).toBeLessThanOrEqual(implemented)
    for (const { status, detail } of found.findings) expect(detail === '').toBe(status === 'ok')
  })

  test('a shop instead of a Prometheus is said to be none', async () => {
    const { configuration } = await ask({ prometheusUrl: shopUrl })
    expect(configuration.findings[0]).toMatchObject({ status: 'unknown' })
    expect(configuration.findings[0]!.detail).toContain(shopUrl)
  })
})

interface Trouble {
  readonly alert: string
  readonly begin: () => Promise<void>
  readonly end: () => Promise<void>
}

const troubles: readonly Trouble[] = [
  {
    alert: 'HighErrorRate',
    begin: () => fault({ errorRate: 0.6 }),
    end: () => fault({ errorRate: 0 }),
  },
  {
    alert: 'HighResponseTime',
    begin: () => fault({ slowRate: 0.6, slowSeconds: 2 }),
    end: () => fault({ slowRate: 0 }),
  },
  {
    alert: 'HighMemoryUsage',
    begin: () => fault({ holdMegabytes: 1200 }),
    end: () => fault({ holdMegabytes: 0 }),
  },
  {
    alert: 'DatabaseConnectionIssue',
    begin: () => postgresql.pause(),
    end: () => postgresql.resume(),
  },
]

describe.each(troubles)('$alert', ({ alert, begin, end }) => {
  test('is pending, fires, reaches the webhook and resolves when its cause is gone', async () => {
    const isQuiet = async () => {
      const alerts = await prometheus.api.alerts()
      return alerts.every(({ labels }) => labels.alertname !== alert) ? true : undefined
    }
    await prometheus.api.until(isQuiet, { what: `${alert} to be quiet before its cause`, within: 90_000 })
    const since = new Date().toISOString()
    await begin()
    await prometheus.api.alert(alert, 'pending', 90_000)
    const { labels, annotations } = await prometheus.api.alert(alert, 'firing', 90_000)
    expect(labels.severity).toBe(alert === 'DatabaseConnectionIssue' ? 'critical' : 'warning')
    expect(annotations.description).not.toContain('{{')
    const notified = await alertmanager.webhook.alert(
      (sent) => sent.labels.alertname === alert && sent.status === 'firing' && sent.startsAt > since,
    )
    expect(notified.annotations.summary).toBe(annotations.summary)
    await end()
    await alertmanager.webhook.alert(
      (sent) => sent.fingerprint === notified.fingerprint && sent.status === 'resolved',
      120_000,
    )
    await prometheus.api.until(isQuiet, { what: `${alert} to be quiet after its cause`, within: 120_000 })
  })
})

test('after all of it the shop still serves, and its counters never went back', async () => {
  expect((await fetch(`${shopUrl}/health`)).status).toBe(200)
  expect(await prometheus.api.value('sum(resets(http_requests_total{job="nodejs-app"}[10m]))')).toBe(0)
})
