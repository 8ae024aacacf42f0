import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { RunningShop } from './running-shop.js'

let shop: RunningShop

beforeAll(async () => {
  shop = await RunningShop.start({ SHOP_FAULTS: 'on' })
}, 60_000)

afterAll(() => shop.shop.stop())

const activeConnections = async () =>
  (await shop.scrape()).value('database_connections_active', { database: 'shop', state: 'active' })

describe('the database', () => {
  it('may still be loading: the shop says so and serves what it can', async () => {
    const { status, body } = await shop.get('/health')
    if (status === 503) expect(body).toMatchObject({ status: 'degraded', database: 'starting' })
    await shop.shop.ready()
    expect((await shop.get('/health')).status).toBe(200)
    expect(await activeConnections()).toBe(1)
  })

  it('goes away and comes back, data included', async () => {
    const { body: user } = await shop.post('/api/users', { name: 'kept', email: 'kept@example.com' })
    await shop.post('/faults', { database: 'down' })

    const refused = await shop.get('/api/users')
    expect(refused.status).toBe(503)
    expect(refused.body.error).toContain('The database is not available')
    expect(refused.headers['retry-after']).toBeDefined()
    expect(await activeConnections()).toBe(0)
    await vi.waitFor(async () => expect((await shop.get('/health')).status).toBe(503), { timeout: 5_000 })
    expect(shop.lines.join('\n')).toContain('The shop keeps serving and tries again')

    await shop.post('/faults', { database: 'up' })
    await vi.waitFor(async () => expect((await shop.get('/health')).status).toBe(200), { timeout: 10_000 })
    expect(await activeConnections()).toBe(1)
    expect((await shop.get('/api/users')).body).toEqual([user])
  })

  it('counts as an error with high severity while it is away', async () => {
    const labels = { type: 'DatabaseUnavailableError', severity: 'high', component: 'http' }
    expect((await shop.scrape()).value('errors_total', labels)).toBeGreaterThan(0)
  })
})

describe('POST /faults', () => {
  it('makes requests fail, in the share that was asked for', async () => {
    const { body } = await shop.post('/faults', { errorRate: 1 })
    expect(body).toEqual({ errorRate: 1, slowRate: 0, slowSeconds: 2, holdMegabytes: 0 })
    expect((await shop.get('/api/users')).status).toBe(500)
    expect((await shop.get('/health')).status).toBe(200)
    await shop.post('/faults', { errorRate: 0 })
    expect((await shop.get('/api/users')).status).toBe(200)

    const scrape = await shop.scrape()
    expect(scrape.value('errors_total', { type: 'InjectedFault', severity: 'high' })).toBe(1)
    expect(scrape.value('http_requests_total', { route: '/api/users', status_code: '500' })).toBe(1)
  })

  it('makes requests slow', async () => {
    await shop.post('/faults', { slowRate: 1, slowSeconds: 0.3 })
    const start = performance.now()
    expect((await shop.get('/api/orders')).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(290)
    await shop.post('/faults', { slowRate: 0 })
    expect(
      (await shop.scrape()).value('http_request_duration_seconds_sum', { route: '/api/orders' }),
    ).toBeGreaterThan(0.29)
  })

  it('holds real heap, and lets it go', async () => {
    const heapUsed = () => process.memoryUsage().heapUsed / 2 ** 20
    const before = heapUsed()
    expect((await shop.post('/faults', { holdMegabytes: 200 })).body.holdMegabytes).toBe(200)
    expect(heapUsed() - before).toBeGreaterThan(150)
    expect((await shop.post('/faults', { holdMegabytes: 0 })).body.holdMegabytes).toBe(0)
  })

  it.each([
    { errorRate: 2 },
    { slowRate: -1 },
    { holdMegabytes: 1e9 },
    { database: 'gone' },
    { erorRate: 1 },
  ])('refuses %j', async (change) => {
    expect((await shop.post('/faults', change)).status).toBe(400)
  })
})
