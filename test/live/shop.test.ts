import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { RunningShop } from '../../examples/shop/test/running-shop.js'
import { TestPostgresql, TestRedis } from './servers/index.js'

let postgresql: TestPostgresql
let redis: TestRedis
let shop: RunningShop
let users = 0

beforeAll(async () => {
  postgresql = await TestPostgresql.start()
  redis = await TestRedis.start()
  shop = await RunningShop.start({ DATABASE_URL: postgresql.url, REDIS_URL: redis.url })
  await shop.shop.ready()
})

afterAll(async () => {
  await shop?.shop.stop()
  await redis?.stop()
  await postgresql?.stop()
})

async function register(): Promise<number> {
  users += 1
  const { status, body } = await shop.post('/api/users', { name: 'Dani', email: `dani${users}@example.com` })
  expect(status).toBe(201)
  return body.id
}

/** Payments are declined now and then; a customer tries again. */
async function order(userId: number) {
  for (;;) {
    const answer = await shop.post('/api/orders', { userId, product: 'tea' })
    if (answer.status !== 402) return answer
  }
}

const eventually = (assertion: () => Promise<void>) =>
  vi.waitFor(assertion, { timeout: 30_000, interval: 100 })

const activeConnections = async () =>
  (await shop.scrape()).value('database_connections_active', { database: 'shop', state: 'active' })

describe('the shop with PostgreSQL and Redis', () => {
  beforeEach(() => eventually(async () => expect((await shop.get('/health')).status).toBe(200)))

  it('answers as with everything in one process', async () => {
    const id = await register()
    const first = await shop.get(`/api/users/${id}`)
    const second = await shop.get(`/api/users/${id}`)
    expect([first.status, second.body]).toEqual([200, first.body])
    const { status, body } = await order(id)
    expect([status, body.state, body.totalCents]).toEqual([201, 'paid', 380])
    await eventually(async () =>
      expect((await shop.get(`/api/orders/${body.id}`)).body.state).toBe('fulfilled'),
    )
    const taken = await shop.post('/api/users', { name: 'x', email: `dani${users}@example.com` })
    expect(taken.status).toBe(409)
    expect((await shop.post('/api/orders', { userId: 2147483647, product: 'tea' })).status).toBe(400)
  })

  it('has the same metrics, under the names of what is used', async () => {
    const scrape = await shop.scrape()
    expect(scrape.value('cache_hits_total', { cache_name: 'redis', key_pattern: 'user:*' })).toBe(1)
    expect(scrape.value('cache_size_bytes', { cache_name: 'redis' })).toBeGreaterThan(0)
    expect(scrape.value('queue_size', { queue_name: 'order-fulfilment', priority: 'normal' })).toBe(0)
    const job = { queue_name: 'order-fulfilment', job_type: 'fulfil', status: 'completed' }
    expect(scrape.value('queue_processing_duration_seconds_count', job)).toBe(1)
    const insert = { operation: 'INSERT', table: 'users' }
    expect(scrape.value('database_query_duration_seconds_count', { ...insert, status: 'success' })).toBe(1)
    expect(scrape.value('database_query_duration_seconds_count', { ...insert, status: 'error' })).toBe(1)
  })

  it('opens ten connections at most, and loses none to a refused statement', async () => {
    await Promise.all(Array.from({ length: 40 }, () => shop.get('/api/users')))
    const open = await activeConnections()
    expect(open).toBeGreaterThanOrEqual(1)
    expect(open).toBeLessThanOrEqual(10)
    for (let attempt = 0; attempt < 10; attempt++) {
      expect((await shop.post('/api/users', { name: 'x', email: 'dani1@example.com' })).status).toBe(409)
    }
    expect(await activeConnections()).toBeGreaterThanOrEqual(open!)
  })

  it('survives its PostgreSQL, shows it, and goes on when it is back', async () => {
    const id = await register()
    await postgresql.pause()
    await eventually(async () => expect(await activeConnections()).toBe(0))
    const { status, body, headers } = await shop.get('/api/users')
    expect([status, headers['retry-after']]).toEqual([503, '2'])
    expect(body.error).toContain('The database is not available')
    await eventually(async () => expect((await shop.get('/health')).status).toBe(503))

    await postgresql.resume()
    await eventually(async () => expect(await activeConnections()).toBeGreaterThan(0))
    await eventually(async () => expect((await shop.get('/health')).status).toBe(200))
    expect((await shop.get(`/api/users/${id}`)).status).toBe(200)
  })

  it('survives its Redis: orders are taken, and the queue works again when it is back', async () => {
    const id = await register()
    await redis.pause()
    expect((await shop.get(`/api/users/${id}`)).status).toBe(200)
    expect((await order(id)).body.state).toBe('paid')
    const scrape = await shop.scrape()
    expect(scrape.value('errors_total', { component: 'queue', type: 'QueueUnavailableError' })).toBe(1)
    expect(scrape.value('queue_size')).toBeUndefined()

    await redis.resume()
    await eventually(async () => expect((await shop.scrape()).value('queue_size')).toBe(0))
    const { body } = await order(id)
    await eventually(async () =>
      expect((await shop.get(`/api/orders/${body.id}`)).body.state).toBe('fulfilled'),
    )
  })

  it('never shows who connects to what', () => {
    expect(shop.lines.join('\n')).not.toMatch(/postgres(ql)?:\/\//)
  })
})
