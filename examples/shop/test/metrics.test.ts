import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { RunningShop } from './running-shop.js'
import type { Scrape } from './scrape.js'

let shop: RunningShop
let scrape: Scrape
let userId: number

/** A user who is opened twice, an order, wrong input, a lost path, an upload that ends half-way. */
beforeAll(async () => {
  shop = await RunningShop.start()
  await shop.shop.ready()
  const user = { name: 'Haneul', email: 'haneul@example.com', source: 'mobile' }
  userId = (await shop.post('/api/users', user)).body.id
  await shop.post('/api/users', user)
  const signedIn = { 'x-user-id': String(userId), 'x-forwarded-for': '198.18.1.1' }
  await shop.get(`/api/users/${userId}`, signedIn)
  await shop.get(`/api/users/${userId}`, signedIn)
  await shop.get('/api/users')
  await buyGrinder(signedIn)
  await shop.post('/api/users', { name: '', email: 'wrong' })
  await shop.get('/wp-login.php?user=admin')
  await abortUpload()
  await vi.waitFor(async () => {
    scrape = await shop.scrape()
    expect(scrape.value('queue_processing_duration_seconds_count')).toBe(1)
    expect(scrape.value('http_requests_total', { status_code: '499' })).toBe(1)
  }, 15_000)
}, 60_000)

afterAll(() => shop.shop.stop())

/** Payments are declined now and then; a customer tries again. */
async function buyGrinder(headers: Record<string, string>): Promise<void> {
  const order = { userId, product: 'grinder', quantity: 2, source: 'web' }
  const { status } = await shop.post('/api/orders', order, headers)
  if (status === 402) await buyGrinder(headers)
}

async function abortUpload(): Promise<void> {
  const outgoing = request(new URL('/api/users', shop.shop.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': '1000', expect: '100-continue' },
  })
  outgoing.on('error', () => {}) // expected: it is aborted
  outgoing.flushHeaders()
  await once(outgoing, 'continue')
  outgoing.destroy()
}

describe('one scrape of the shop', () => {
  it.each([
    ['http_requests_total', ['method', 'route', 'status_code']],
    ['http_request_duration_seconds_count', ['method', 'route', 'status_code']],
    ['database_query_duration_seconds_count', ['operation', 'status', 'table']],
    ['database_connections_active', ['database', 'state']],
    ['user_registrations_total', ['source', 'status']],
    ['active_users_count', ['period']],
    ['errors_total', ['component', 'severity', 'type']],
    ['nodejs_memory_usage_bytes', ['type']],
    ['nodejs_cpu_usage_percent', []],
    ['distributed_trace_duration_seconds_count', ['operation', 'service', 'status']],
    ['queue_size', ['priority', 'queue_name']],
    ['queue_processing_duration_seconds_count', ['job_type', 'queue_name', 'status']],
    ['cache_hits_total', ['cache_name', 'key_pattern']],
    ['cache_misses_total', ['cache_name', 'key_pattern']],
    ['cache_size_bytes', ['cache_name']],
    ['external_api_duration_seconds_count', ['endpoint', 'service', 'status_code']],
    ['external_api_rate_limit_remaining', ['endpoint', 'service']],
    ['http_client_request_duration_seconds_count', ['host', 'method', 'status_code']],
    ['http_client_requests_in_flight', ['host']],
    ['revenue_total', ['currency', 'product', 'source']],
    ['conversion_rate', ['funnel_stage', 'segment']],
    ['user_query_total', ['operation', 'table']],
  ])('has %s with the labels %j', (name, labels) => {
    expect(scrape.series(name)).not.toEqual([])
    expect(scrape.labelNames(name)).toEqual(labels)
  })

  it.each([
    ['http_requests_total', { method: 'POST', route: '/api/users', status_code: '201' }, 1],
    ['http_requests_total', { method: 'POST', route: '/api/users', status_code: '409' }, 1],
    ['http_requests_total', { method: 'POST', route: '/api/users', status_code: '400' }, 1],
    ['http_requests_total', { method: 'GET', route: '/api/users/:id', status_code: '200' }, 2],
    ['http_requests_total', { method: 'POST', route: '/api/orders', status_code: '201' }, 1],
    ['http_requests_total', { method: 'GET', route: 'unmatched', status_code: '404' }, 1],
    ['database_query_duration_seconds_count', { operation: 'INSERT', table: 'users', status: 'success' }, 1],
    ['database_query_duration_seconds_count', { operation: 'INSERT', table: 'users', status: 'error' }, 1],
    ['database_query_duration_seconds_count', { operation: 'SELECT', table: 'users', status: 'success' }, 2],
    ['database_connections_active', { database: 'shop', state: 'active' }, 1],
    ['database_connections_active', { database: 'shop', state: 'waiting' }, 0],
    ['user_registrations_total', { source: 'mobile', status: 'success' }, 1],
    ['user_registrations_total', { source: 'mobile', status: 'failed' }, 1],
    ['errors_total', { type: 'ValidationError', severity: 'medium', component: 'http' }, 1],
    ['errors_total', { type: 'ConflictError', severity: 'medium', component: 'http' }, 1],
    ['errors_total', { type: 'DatabaseUnavailableError', severity: 'high', component: 'http' }, 0],
    ['errors_total', { type: 'QueueUnavailableError', severity: 'high', component: 'queue' }, 0],
    ['cache_hits_total', { cache_name: 'memory', key_pattern: 'user:*' }, 1],
    ['cache_misses_total', { cache_name: 'memory', key_pattern: 'user:*' }, 1],
    ['queue_size', { queue_name: 'order-fulfilment', priority: 'high' }, 0],
    ['queue_size', { queue_name: 'order-fulfilment', priority: 'normal' }, 0],
    [
      'queue_processing_duration_seconds_count',
      { queue_name: 'order-fulfilment', job_type: 'fulfil', status: 'completed' },
      1,
    ],
    [
      'external_api_duration_seconds_count',
      { service: 'payments', endpoint: '/charges', status_code: '201' },
      1,
    ],
    [
      'http_client_request_duration_seconds_count',
      { host: 'payments', method: 'POST', status_code: '201' },
      1,
    ],
    ['http_client_requests_in_flight', { host: 'payments' }, 0],
    [
      'distributed_trace_duration_seconds_count',
      { service: 'shop', operation: 'place_order', status: 'success' },
      1,
    ],
    [
      'distributed_trace_duration_seconds_count',
      { service: 'fulfilment', operation: 'order_to_fulfilled' },
      1,
    ],
    ['revenue_total', { currency: 'USD', source: 'web', product: 'grinder' }, 178],
    ['conversion_rate', { funnel_stage: 'order', segment: 'registered' }, 100],
    ['conversion_rate', { funnel_stage: 'order', segment: 'guest' }, 0],
    ['user_query_total', { operation: 'SELECT', table: 'users' }, 1],
  ])('has %s%j at %d', (name, labels, value) => {
    expect(scrape.value(name, labels)).toBe(value)
  })

  it('has what is left of the payment service’s rate limit', () => {
    const remaining = scrape.value('external_api_rate_limit_remaining', { service: 'payments' })
    expect(remaining).toBeLessThan(6_000)
    expect(remaining).toBeGreaterThan(5_900)
  })

  it('has the size of the cache in bytes', () => {
    expect(scrape.value('cache_size_bytes', { cache_name: 'memory' })).toBeGreaterThan(50)
  })

  it('does not measure the shop’s own look at its database', () => {
    expect(scrape.value('database_query_duration_seconds_count', { table: 'unknown' })).toBeUndefined()
    expect(scrape.value('database_query_duration_seconds_count', { operation: 'CREATE' })).toBeUndefined()
  })

  it('says nothing about anybody', () => {
    for (const secret of ['Haneul', 'haneul@example.com', 'wp-login', 'admin', '198.18', '127.0.0.1']) {
      expect(scrape.text).not.toContain(secret)
    }
    expect(scrape.text).not.toMatch(/user_?id/i)
  })
})
