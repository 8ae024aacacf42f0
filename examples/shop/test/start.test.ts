import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { RunningShop } from './running-shop.js'

const running: RunningShop[] = []
const servers: Server[] = []

async function start(variables: Record<string, string>, args: readonly string[] = []): Promise<RunningShop> {
  const shop = await RunningShop.start(variables, args)
  running.push(shop)
  return shop
}

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A port where nothing listens. */
async function deadPort(): Promise<number> {
  const port = await takenPort()
  const server = servers.pop()!
  server.close()
  await once(server, 'close')
  return port
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(({ shop }) => shop.stop()))
  for (const server of servers.splice(0)) server.close()
})

/** No embedded database: these starts need none. */
const nowhere = async () => ({ DATABASE_URL: `postgres://shop:hunter2@127.0.0.1:${await deadPort()}/shop` })

describe('a start', () => {
  it('without the application’s port fails, names the port and the way out, and leaves nothing running', async () => {
    const port = await takenPort()
    await expect(start({ ...(await nowhere()), PORT: String(port) })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 is in use. Stop what uses it, or choose another one: PORT=${port + 1}`,
    )
  })

  it('without the metrics’ port serves all the same, and says so', async () => {
    const port = await takenPort()
    const shop = await start({ ...(await nowhere()), METRICS_PORT: String(port) })
    expect(shop.shop.metricsUrl).toBeUndefined()
    expect(shop.lines).toContainEqual(expect.stringMatching(`No metrics on port ${port}.*METRICS_PORT`))
    expect((await shop.get('/nowhere')).status).toBe(404)
  })

  it('without a database serves what it can', async () => {
    const shop = await start(await nowhere())
    await vi.waitFor(() => expect(shop.lines).toContainEqual(expect.stringContaining('ECONNREFUSED')), 5_000)
    expect(shop.lines.join('\n')).not.toContain('hunter2')
    const { status, body } = await shop.get('/health')
    expect([status, body.status, body.database]).toEqual([503, 'degraded', 'down'])
    const users = await shop.get('/api/users')
    expect(users.status).toBe(503)
    expect(users.body.error).toContain('The database is not available: connect ECONNREFUSED')
    expect((await shop.scrape()).value('database_connections_active', { state: 'active' })).toBe(0)
  })

  it('without a Redis serves without a cache, takes orders, and loses none of the other metrics', async () => {
    const shop = await start({ REDIS_URL: `redis://127.0.0.1:${await deadPort()}` })
    await shop.shop.ready()
    const { body: user } = await shop.post('/api/users', { name: 'a', email: 'a@example.com' })
    expect((await shop.get(`/api/users/${user.id}`)).status).toBe(200)
    await vi.waitFor(async () =>
      expect((await shop.post('/api/orders', { userId: user.id, product: 'tea' })).status).toBe(201),
    )
    expect(shop.lines).toContainEqual(expect.stringMatching(/^Cache: Redis at 127.0.0.1:\d+ is away/))

    const scrape = await shop.scrape()
    expect(scrape.value('errors_total', { component: 'cache', severity: 'medium' })).toBeGreaterThan(0)
    expect(scrape.value('errors_total', { type: 'QueueUnavailableError', component: 'queue' })).toBe(1)
    expect(scrape.value('queue_size')).toBeUndefined()
    expect(scrape.value('database_connections_active', { state: 'active' })).toBe(1)
  }, 60_000)

  it('with traffic is busy, and closes within a few seconds', async () => {
    const shop = await start({}, ['--traffic', '--rate', '100', '--error-rate', '0.2', '--slow-rate', '0.1'])
    await shop.shop.ready()
    await vi.waitFor(
      async () => {
        const scrape = await shop.scrape()
        expect(
          scrape.value('http_requests_total', { route: '/api/orders', status_code: '201' }),
        ).toBeGreaterThan(5)
        expect(scrape.value('http_requests_total', { status_code: '500' })).toBeGreaterThan(5)
        expect(scrape.value('http_requests_total', { status_code: '429' })).toBeUndefined()
        expect(scrape.value('revenue_total')).toBeGreaterThan(0)
      },
      { timeout: 20_000, interval: 200 },
    )
    const begin = performance.now()
    await shop.shop.stop()
    expect(performance.now() - begin).toBeLessThan(5_000)
    await expect(shop.get('/health')).rejects.toThrow('ECONNREFUSED')
  }, 60_000)
})
