import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import cors from 'cors'
import express from 'express'
import rateLimit from 'express-rate-limit'
import helmet from 'helmet'
import { MetricsMiddleware, MetricsServer, Registry } from 'telltale'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ParsedText, parseText } from '../support/text-parser.js'

// An application of the guide's shape: the same parts in the same order, with a model and a `req.db` of its own.

interface Member {
  readonly id: number
  readonly name: string
}

class MemberStore {
  readonly #members: Member[] = []
  failing = false

  async query(sql: string): Promise<readonly Member[]> {
    if (this.failing) throw new Error(`connection lost: ${sql}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    return this.#members
  }

  add(name: string): Member {
    const member = { id: this.#members.length + 1, name }
    this.#members.push(member)
    return member
  }
}

function createApplication(metrics: MetricsMiddleware, store: MemberStore): RequestListener {
  const service = metrics.getMetricsService()
  const app = express()
  app.use(helmet())
  app.use(cors())
  app.use(express.json())
  app.use(express.urlencoded({ extended: true }))
  app.use('/api/', rateLimit({ windowMs: 60_000, limit: 60, legacyHeaders: false }))
  app.use((req, _res, next) => {
    Object.assign(req, { db: store, user: req.get('x-user') ? { id: req.get('x-user') } : undefined })
    next()
  })
  app.use(metrics.collectHTTPMetrics())
  app.use(metrics.collectDatabaseMetrics())
  app.use(metrics.collectUserBehaviorMetrics())

  app.get('/health', (_req, res) => void res.json({ status: 'ok', uptime: process.uptime() }))
  app.get('/api/users', async (_req, res) => {
    service.startTimer('list')
    const members = await store.query('SELECT id, name FROM members')
    service.endTimer('list', { operation: 'SELECT', table: 'users' })
    service.recordCustomMetric('user_query_total', 1, { operation: 'SELECT', table: 'users' })
    res.json(members)
  })
  app.post('/api/users', (req, res) => {
    const name: unknown = req.body?.name
    if (typeof name !== 'string' || name === '') {
      throw Object.assign(new Error('a name is needed'), { name: 'ValidationError', statusCode: 400 })
    }
    service.recordUserRegistration('api', 'success')
    res.status(201).json(store.add(name))
  })
  app.use(metrics.collectErrorMetrics())
  app.use(((error: { statusCode?: number; message: string }, _req, res, _next) => {
    res.status(error.statusCode ?? 500).json({ error: error.message })
  }) as express.ErrorRequestHandler)
  app.use((_req, res) => void res.status(404).json({ error: 'there is no such page' }))
  return app
}

describe("an application of the guide's shape", () => {
  const store = new MemberStore()
  const registry = new Registry()
  const metrics = new MetricsMiddleware({ registry })
  const metricsServer = new MetricsServer(0, { registry, log: () => {} })
  const server = createServer(createApplication(metrics, store))
  let url = ''
  let scrapeUrl = ''

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    scrapeUrl = `http://127.0.0.1:${(await metricsServer.start()).port}/metrics`
  })

  afterAll(async () => {
    metrics.stop()
    server.closeAllConnections()
    server.close()
    await metricsServer.stop()
  })

  async function scrape(): Promise<ParsedText> {
    return parseText(await (await fetch(scrapeUrl)).text())
  }

  async function get(path: string): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(url + path, { headers: { 'x-user': 'member-1' } })
    return { status: answer.status, body: await answer.json() }
  }

  async function post(body: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/users`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: await answer.json() }
  }

  test('works as without metrics', async () => {
    expect(await get('/health')).toMatchObject({ status: 200, body: { status: 'ok' } })
    expect(await post({ name: 'Mina' })).toEqual({ status: 201, body: { id: 1, name: 'Mina' } })
    expect(await get('/api/users')).toEqual({ status: 200, body: [{ id: 1, name: 'Mina' }] })
    expect(await post({})).toEqual({ status: 400, body: { error: 'a name is needed' } })
    expect(await get('/nothing')).toEqual({ status: 404, body: { error: 'there is no such page' } })
    store.failing = true
    expect((await get('/api/users')).status).toBe(500)
    store.failing = false
  })

  test.each([
    ['http_requests_total', { method: 'GET', route: '/health', status_code: '200' }, 1],
    ['http_requests_total', { method: 'POST', route: '/api/users', status_code: '201' }, 1],
    ['http_requests_total', { method: 'POST', route: '/api/users', status_code: '400' }, 1],
    ['http_requests_total', { method: 'GET', route: '/api/users', status_code: '500' }, 1],
    ['http_requests_total', { method: 'GET', route: 'unmatched', status_code: '404' }, 1],
    ['http_request_duration_seconds_count', { method: 'GET', route: '/api/users', status_code: '200' }, 1],
    // Once by the watched query, once by the timer with operation and table.
    [
      'database_query_duration_seconds_count',
      { operation: 'SELECT', table: 'members', status: 'success' },
      1,
    ],
    ['database_query_duration_seconds_count', { operation: 'SELECT', table: 'users', status: 'success' }, 1],
    ['database_query_duration_seconds_count', { operation: 'SELECT', table: 'members', status: 'error' }, 1],
    ['user_registrations_total', { source: 'api', status: 'success' }, 1],
    ['user_query_total', { operation: 'SELECT', table: 'users' }, 1],
    ['user_action_total', { action: 'GET', route: '/api/users' }, 2],
    ['active_users_count', { period: '5m' }, 1],
    ['errors_total', { type: 'ValidationError', severity: 'medium', component: 'http' }, 1],
    ['errors_total', { type: 'Error', severity: 'high', component: 'http' }, 1],
  ])('%s %o is %i in the scrape', async (name, labels, value) => {
    expect((await scrape()).value(name, labels)).toBe(value)
  })

  test('the rest of the scrape is valid and lists memory, processor use and the runtime', async () => {
    const { families } = await scrape()
    for (const name of [
      'nodejs_memory_usage_bytes',
      'nodejs_cpu_usage_percent',
      'nodejs_gc_duration_seconds',
    ]) {
      expect(families.has(name), name).toBe(true)
    }
    const faults = /^telltale_(observations_dropped|series_overflow|exemplars_dropped|collector_errors)/
    expect([...families.keys()].filter((name) => faults.test(name))).toEqual([])
  })
})
