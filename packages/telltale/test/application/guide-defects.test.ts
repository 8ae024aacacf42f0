import { EventEmitter, once } from 'node:events'
import { readFile } from 'node:fs/promises'
import express, { Router } from 'express'
import { afterEach, describe, expect, test } from 'vitest'
import {
  AdvancedPrometheusClient,
  defaultRegistry,
  getMetricsConfig,
  MetricsCollectionService,
  MetricsMiddleware,
  MetricsRoutes,
  MetricsServer,
  PrometheusClient,
  Registry,
  validatePrometheusSetup,
  validationChecklist,
} from '../../src/index.js'
import { Served, sampleOf, scrape } from './served.js'

// One test for each defect of the guide's listings, in the order of the list, named after what a user sees.

const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

function quietRegistry(): { registry: Registry; warnings: string[] } {
  const warnings: string[] = []
  return { registry: new Registry({ warn: (message) => warnings.push(message) }), warnings }
}

function middlewareOn(registry: Registry): MetricsMiddleware {
  const middleware = new MetricsMiddleware({ registry })
  ends.push(() => middleware.stop())
  return middleware
}

async function serve(handler: Parameters<typeof Served.listen>[0]): Promise<string> {
  const served = await Served.listen(handler)
  ends.push(() => served.close())
  return served.url
}

describe('what the listings of the guide get wrong', () => {
  test.each([
    [
      'client first',
      (registry: Registry) => [new PrometheusClient({ registry }), new MetricsMiddleware({ registry })],
    ],
    [
      'middleware first',
      (registry: Registry) => [new MetricsMiddleware({ registry }), new PrometheusClient({ registry })],
    ],
    [
      'everything twice',
      (registry: Registry) =>
        [1, 2].flatMap(() => [
          new AdvancedPrometheusClient({ registry }),
          new MetricsCollectionService({ registry }),
          new PrometheusClient({ registry }),
        ]),
    ],
  ])('1. classes can be built in any order and any number, and share their metrics: %s', async (_, build) => {
    const { registry } = quietRegistry()
    const built = build(registry)
    const [first, second] = [
      new MetricsCollectionService({ registry }),
      new MetricsCollectionService({ registry }),
    ]
    first.recordHTTPRequest('GET', '/a', 200, 0.1)
    second.recordHTTPRequest('GET', '/a', 200, 0.1)
    const labels = { method: 'GET', route: '/a', status_code: '200' }
    expect((await scrape(registry)).value('http_requests_total', labels)).toBe(2)
    for (const one of built) if (one instanceof MetricsMiddleware) one.stop()
  })

  test('1. a class without a configuration takes the one that another was given, before or after', async () => {
    for (const order of ['before', 'after']) {
      const { registry } = quietRegistry()
      const config = getMetricsConfig('production')
      if (order === 'before') new PrometheusClient({ registry, config })
      const plain = new PrometheusClient({ registry })
      if (order === 'after') new PrometheusClient({ registry, config })
      const names = [...(await scrape(registry)).families.keys()]
      expect(names).toContain('prod_process_cpu_seconds_total')
      expect(names).not.toContain('nodejs_process_cpu_seconds_total')
      expect(await plain.getMetrics()).toContain('prod_process_cpu_seconds_total')
    }
  })

  test('2. the metrics server shows what the middleware recorded, with nothing passed between them', async () => {
    const middleware = new MetricsMiddleware()
    ends.push(() => middleware.stop())
    const url = await serve((req, res) => middleware.collectHTTPMetrics()(req, res, () => res.end('ok')))
    const server = new MetricsServer(0, { log: () => {} })
    ends.push(() => server.stop())
    const { port } = await server.start()
    await (await fetch(url)).text()
    await sampleOf(defaultRegistry(), 'http_requests_total', {
      method: 'GET',
      route: 'unmatched',
      status_code: '200',
    })
    const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(page).toMatch(/http_requests_total\{method="GET",route="unmatched",status_code="200"\} 1\n/)
  })

  test('3. res.send, res.end, streams and aborted requests are recorded once each, and answers are unharmed', async () => {
    const { registry } = quietRegistry()
    const app = express()
    app.use(middlewareOn(registry).collectHTTPMetrics())
    app.get('/send', (_req, res) => void res.send({ a: 1 }))
    app.get('/end', (_req, res) => void res.end('plain'))
    app.get('/stream', (_req, res) => {
      res.write('first')
      setTimeout(() => res.end('last'), 60)
    })
    app.get('/hang', () => {})
    const url = await serve(app)
    expect(await (await fetch(`${url}/send`)).json()).toEqual({ a: 1 })
    expect(await (await fetch(`${url}/end`)).text()).toBe('plain')
    expect(await (await fetch(`${url}/stream`)).text()).toBe('firstlast')
    await expect(fetch(`${url}/hang`, { signal: AbortSignal.timeout(50) })).rejects.toThrow()
    await sampleOf(registry, 'http_requests_total', { method: 'GET', route: '/hang', status_code: '499' })
    const seen = await scrape(registry)
    for (const route of ['/send', '/end', '/stream']) {
      expect(seen.value('http_requests_total', { method: 'GET', route, status_code: '200' }), route).toBe(1)
    }
    const labels = { method: 'GET', route: '/stream', status_code: '200' }
    expect(seen.value('http_request_duration_seconds_sum', labels)).toBeGreaterThan(0.05)
  })

  test('4. nested routers keep their mount path, and a thousand scanned addresses are one series', async () => {
    const { registry } = quietRegistry()
    const items = Router({ mergeParams: true })
    items.get('/items/:id', (_req, res) => void res.json({}))
    const app = express()
    app.use(middlewareOn(registry).collectHTTPMetrics())
    app.use('/orgs/:org', items)
    const url = await serve(app)
    for (const org of ['7', 'acme']) await (await fetch(`${url}/orgs/${org}/items/9`)).text()
    for (let i = 0; i < 1000; i++) await (await fetch(`${url}/wp-admin-${i}.php`)).text()
    const matched = { method: 'GET', route: '/orgs/:org/items/:id', status_code: '200' }
    expect(await sampleOf(registry, 'http_requests_total', matched)).toBe(2)
    expect((await scrape(registry)).families.get('http_requests_total')!.samples).toHaveLength(2)
  })

  test.each([
    ['at the root', (router: ReturnType<MetricsRoutes['getRouter']>) => express().use(router)],
    ['under /metrics', (router: ReturnType<MetricsRoutes['getRouter']>) => express().use('/metrics', router)],
  ])('5. /metrics and the four addresses below it answer when the router is mounted %s', async (_, mount) => {
    const { registry } = quietRegistry()
    new MetricsCollectionService({ registry }).recordRevenue('EUR', 'web', 'book', 12)
    const url = await serve(mount(new MetricsRoutes({ registry }).getRouter()))
    const get = async (path: string) => await fetch(url + path)
    const metrics = await get('/metrics')
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(await metrics.text()).toContain('revenue_total{')
    expect(await (await get('/metrics/health')).json()).toMatchObject({ status: 'healthy' })
    expect(await (await get('/metrics/stats')).json()).toMatchObject({
      metricTypes: { counter: expect.any(Number) },
    })
    expect(await (await get('/metrics/revenue_total')).json()).toMatchObject({
      name: 'revenue_total',
      type: 'counter',
      values: [{ value: 12, labels: { currency: 'EUR', source: 'web', product: 'book' } }],
    })
    expect((await get('/metrics/none_of_these')).status).toBe(404)
    const reset = await fetch(`${url}/metrics/reset`, { method: 'POST' })
    expect(reset.status).toBe(200)
    expect((await get('/other')).status).toBe(404)
  })

  test('6. health and statistics count the metrics that a scrape shows', async () => {
    const { registry } = quietRegistry()
    new PrometheusClient({ registry })
    const url = await serve((req, res) =>
      new MetricsRoutes({ registry, selfMetrics: false }).getRouter()(req, res, () => res.end()),
    )
    const { metricsCount } = (await (await fetch(`${url}/metrics/health`)).json()) as { metricsCount: number }
    const stats = (await (await fetch(`${url}/metrics/stats`)).json()) as { totalMetrics: number }
    const families = (await scrape(registry)).families.size
    expect(metricsCount).toBe(families)
    expect(stats.totalMetrics).toBe(families)
    const listed = await new PrometheusClient({ registry }).getRegister().getMetricsAsJSON()
    expect(listed.filter(({ values }) => values.length > 0)).toHaveLength(families)
  })

  test('7. processor use is a percentage of one core since the last collection', async () => {
    const { registry } = quietRegistry()
    const service = new MetricsCollectionService({ registry })
    service.recordSystemMetrics()
    const [started, before] = [performance.now(), process.cpuUsage()]
    // Others may have the processor for most of the time.
    while (process.cpuUsage(before).user < 300_000);
    const { user, system } = process.cpuUsage(before)
    const used = ((user + system) / 1000 / (performance.now() - started)) * 100
    service.recordSystemMetrics()
    const busy = (await scrape(registry)).value('nodejs_cpu_usage_percent')!
    await new Promise((resolve) => setTimeout(resolve, 300))
    service.recordSystemMetrics()
    const idle = (await scrape(registry)).value('nodejs_cpu_usage_percent')!
    expect(busy).toBeGreaterThan(used / 2)
    expect(busy).toBeLessThan(used * 2)
    expect(idle).toBeLessThan(busy)
  })

  test('8. user actions are counted by method and route, active users are estimated, and no id is ever shown', async () => {
    const { registry } = quietRegistry()
    const app = express()
    app.use((req, _res, next) => {
      Object.assign(req, { user: { id: `secret-${req.query.u}` } })
      next()
    })
    app.use(middlewareOn(registry).collectUserBehaviorMetrics())
    app.get('/orders/:id', (_req, res) => void res.json({}))
    const url = await serve(app)
    for (let i = 0; i < 30; i++) await (await fetch(`${url}/orders/${i}?u=${i % 10}`)).text()
    const actions = { action: 'GET', route: '/orders/:id' }
    await expect.poll(() => sampleOf(registry, 'user_action_total', actions)).toBe(30)
    const text = await new PrometheusClient({ registry }).getMetrics()
    expect(text).toContain('# TYPE user_action_total counter')
    // Two users share a place of the estimate in one run of fifty or so.
    expect(text).toMatch(/active_users_count\{period="5m"\} (9|10|11)\n/)
    expect(text).not.toContain('secret')
  })

  test('9. a custom metric counts or is set by its name, in any label order, and other labels are refused but lose nothing', async () => {
    const { registry, warnings } = quietRegistry()
    const service = new MetricsCollectionService({ registry })
    service.recordCustomMetric('user_query_total', 1, { operation: 'SELECT', table: 'users' })
    service.recordCustomMetric('user_query_total', 2, { table: 'users', operation: 'SELECT' })
    service.recordCustomMetric('user_query_total', 1, { operation: 'SELECT', shard: '3' })
    service.recordCustomMetric('user_query_total', 1, { operation: 'SELECT' })
    service.recordCustomMetric('room_temperature_celsius', 20)
    service.recordCustomMetric('room_temperature_celsius', 21.5)
    const seen = await scrape(registry)
    expect(seen.value('user_query_total', { operation: 'SELECT', table: 'users' })).toBe(3)
    expect(seen.families.get('user_query_total')).toMatchObject({ type: 'counter', samples: { length: 1 } })
    expect(seen.value('room_temperature_celsius')).toBe(21.5)
    const dropped = { metric: 'user_query_total', reason: 'label_name' }
    expect(seen.value('telltale_observations_dropped_total', dropped)).toBe(2)
    expect(warnings).toEqual([expect.stringContaining('got the labels ["operation", "shard"]')])
  })

  test('10. two requests that time the same thing at once each get their own duration', async () => {
    const { registry } = quietRegistry()
    const middleware = middlewareOn(registry)
    const service = middleware.getMetricsService()
    const collect = middleware.collectHTTPMetrics()
    const steps = new EventEmitter()
    const url = await serve((req, res) => {
      collect(req, res, async () => {
        service.startTimer('work')
        if (req.url === '/slow') {
          const quickEnds = once(steps, 'quick ends')
          steps.emit('slow begins')
          await quickEnds
          await new Promise((resolve) => setTimeout(resolve, 120))
        }
        res.end(String(service.endTimer('work')))
        if (req.url === '/quick') steps.emit('quick ends')
      })
    })
    const seconds = async (path: string) => Number(await (await fetch(url + path)).text())
    // The very first timer of a process starts before requests have timers of their own; one request warms that up.
    await seconds('/quick')
    const slowBegins = once(steps, 'slow begins')
    const slow = seconds('/slow')
    await slowBegins
    const quick = await seconds('/quick')
    expect(await slow).toBeGreaterThan(quick + 0.11)
    const token = service.startTimer('work')
    service.startTimer('work')
    expect(service.endTimer(token)).toBeGreaterThanOrEqual(0)
  })

  test('11. queries by callback, by promise and on a pool are timed by operation and table, with their answers untouched', async () => {
    const { registry } = quietRegistry()
    const db = {
      rows: [{ id: 1 }],
      query(sql: string, callback?: (error: Error | null, rows?: unknown) => void): unknown {
        const { rows } = this
        if (callback) return void setImmediate(callback, null, rows)
        return sql.includes('nowhere') ? Promise.reject(new Error('no such table')) : Promise.resolve(rows)
      },
    }
    const collect = middlewareOn(registry).collectDatabaseMetrics()
    const answers: unknown[] = []
    const url = await serve((req, res) => {
      Object.assign(req, { db })
      collect(req, res, () => {
        db.query('DELETE FROM orders WHERE id = 7', async (_error, rows) => {
          answers.push(rows, await db.query('SELECT * FROM users'))
          answers.push(await (db.query('UPDATE nowhere SET a = 1') as Promise<unknown>).catch(String))
          res.end()
        })
      })
    })
    await (await fetch(url)).text()
    await (await fetch(url)).text()
    expect(answers.slice(0, 3)).toEqual([db.rows, db.rows, 'Error: no such table'])
    const seen = await scrape(registry)
    const count = (operation: string, table: string, status: string) =>
      seen.value('database_query_duration_seconds_count', { operation, table, status })
    expect(count('DELETE', 'orders', 'success')).toBe(2)
    expect(count('SELECT', 'users', 'success')).toBe(2)
    expect(count('UPDATE', 'nowhere', 'error')).toBe(2)
  })

  test.each([
    ['no status', new Error('boom'), 'Error', 'high'],
    ['status 404', Object.assign(new Error('gone'), { statusCode: 404 }), 'Error', 'medium'],
    ['status by its other name', Object.assign(new TypeError('no'), { status: 422 }), 'TypeError', 'medium'],
    ['status 503', Object.assign(new RangeError('no'), { statusCode: 503 }), 'RangeError', 'high'],
    ['a text', 'boom', 'UnknownError', 'high'],
  ])('12. the severity of an error with %s', async (_, error, type, severity) => {
    const { registry } = quietRegistry()
    const collect = middlewareOn(registry).collectErrorMetrics()
    const passed = await new Promise((resolve) => {
      collect(error, {} as never, {} as never, resolve)
    })
    expect(passed).toBe(error)
    expect((await scrape(registry)).value('errors_total', { type, severity, component: 'http' })).toBe(1)
  })

  test('13. after a reset values start again, and later scrapes show every metric that was there', async () => {
    const { registry } = quietRegistry()
    const client = new PrometheusClient({ registry })
    const service = new MetricsCollectionService({ registry })
    service.recordError('Error', 'high', 'shop')
    const before = await scrape(registry)
    client.clearMetrics()
    const after = await scrape(registry)
    expect([...after.families.keys()]).toEqual([...before.families.keys()])
    expect(after.value('errors_total', { type: 'Error', severity: 'high', component: 'shop' })).toBe(0)
    service.recordError('Error', 'high', 'shop')
    expect(
      (await scrape(registry)).value('errors_total', { type: 'Error', severity: 'high', component: 'shop' }),
    ).toBe(1)
  })

  test('14. the metrics server keeps 9090, and no file gives that port to Prometheus itself', async () => {
    expect(new MetricsServer().port).toBe(9090)
    const compose = await readFile('deploy/docker-compose.yml', 'utf8')
    expect(compose).toMatch(/9091:9091/)
    expect(compose).toMatch(/--web\.listen-address=\S*:9091/)
  })

  test('15. what the four alerts read starts at zero, before the first error and the first connection', async () => {
    const { registry } = quietRegistry()
    const middleware = middlewareOn(registry)
    middleware.collectErrorMetrics()
    const seen = await scrape(registry)
    expect(seen.value('errors_total', { type: 'Error', severity: 'high', component: 'http' })).toBe(0)
    expect(seen.value('nodejs_memory_usage_bytes', { type: 'heapUsed' })).toBeGreaterThan(1e6)
    const service = middleware.getMetricsService()
    service.declareError('PaymentError', 'high', 'orders')
    const declared = { type: 'PaymentError', severity: 'high', component: 'orders' }
    expect((await scrape(registry)).value('errors_total', declared)).toBe(0)
  })

  test("16. the guide's four rules are shipped as they are, and better ones beside them", async () => {
    const rules = await readFile('deploy/alert_rules.yml', 'utf8')
    for (const expression of [
      'rate(errors_total[5m]) > 0.1',
      'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m])) > 1',
      'nodejs_memory_usage_bytes{type="heapUsed"} > 1000000000',
      'database_connections_active{state="active"} == 0',
    ]) {
      expect(rules).toContain(expression)
    }
    const better = await readFile('deploy/better_rules.yml', 'utf8')
    expect(better).toContain('nodejs_heap_size_limit_bytes')
    expect(better).toMatch(/http_requests_total\{.*status_code=~"5\.\."/)
  })

  test('17. the checklist is really checked: with nothing running, each of the sixteen items is missing and says why', async () => {
    const nowhere = 'http://127.0.0.1:9'
    const result = await validatePrometheusSetup({
      prometheusUrl: nowhere,
      metricsUrl: `${nowhere}/metrics`,
      dashboards: [],
    })
    for (const [area, items] of Object.entries(validationChecklist)) {
      const found = result[area as keyof typeof result]
      expect(found).toMatchObject({ total: 4, implemented: 0, missing: items })
      for (const finding of found.findings) expect(finding.detail).not.toBe('')
    }
  })

  test('18. bucket bounds, precision and the custom prefix are options that work', async () => {
    const { registry } = quietRegistry()
    const client = new AdvancedPrometheusClient({
      registry,
      gcDurationBuckets: [0.5, 7],
      customMetricPrefix: 'mine_',
    })
    client.recordCustomMetric('jobs_total', 1, { kind: 'mail' })
    client.recordCustomMetric('mine_jobs_total', 1, { kind: 'mail' })
    const seen = await scrape(registry)
    expect(seen.value('mine_jobs_total', { kind: 'mail' })).toBe(2)
    const bounds = seen.families
      .get('app_nodejs_gc_duration_seconds')!
      .samples.filter(({ name, labels }) => name.endsWith('_bucket') && labels.kind === 'major')
      .map(({ labels }) => labels.le)
    expect(bounds).toEqual(['0.5', '7', '+Inf'])
    expect(
      () => new AdvancedPrometheusClient({ registry: new Registry(), eventLoopMonitoringPrecision: 0 }),
    ).toThrow(/eventLoopMonitoringPrecision/)
  })

  test('19. a prefix is applied as given, and never a second time to a name that has it', async () => {
    const { registry } = quietRegistry()
    new PrometheusClient({ registry })
    new AdvancedPrometheusClient({ registry })
    const names = [...(await scrape(registry)).families.keys()]
    expect(names).toEqual(
      expect.arrayContaining([
        'nodejs_process_cpu_seconds_total',
        'nodejs_eventloop_lag_seconds',
        'app_nodejs_eventloop_lag_seconds',
      ]),
    )
    expect(names.filter((name) => name.startsWith('nodejs_nodejs_'))).toEqual([])
  })

  test.each([
    ['development', '*', '127.0.0.1'],
    ['production', null, '127.0.0.1'],
    ['prodution', null, '127.0.0.1'],
  ])('20. in %s the server allows origins %s and listens on %s', async (environment, origin, host) => {
    const { registry } = quietRegistry()
    const server = new MetricsServer(0, { registry, environment, log: () => {} })
    ends.push(() => server.stop())
    const address = await server.start()
    expect(address.host).toBe(host)
    const answer = await fetch(`http://127.0.0.1:${address.port}/metrics`)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    const reset = await fetch(`http://127.0.0.1:${address.port}/metrics/reset`, { method: 'POST' })
    expect(reset.status).toBe(environment === 'development' ? 200 : 403)
  })
})
