import { afterAll, beforeAll, expect, it } from 'vitest'
import { RunningShop } from './running-shop.js'

let shop: RunningShop

beforeAll(async () => {
  shop = await RunningShop.start({
    DATABASE_URL: 'postgres://127.0.0.1:1/none',
    RATE_LIMIT_MAX: '3',
    RATE_LIMIT_WINDOW_SECONDS: '60',
  })
}, 60_000)

afterAll(() => shop.shop.stop())

it('the fourth request of a client is refused, counted, and nobody else’s business', async () => {
  const statuses = []
  for (let request = 0; request < 4; request++) statuses.push((await shop.get('/api/nothing')).status)
  expect(statuses).toEqual([404, 404, 404, 429])

  const refused = await shop.get('/api/nothing')
  expect(refused.body).toEqual({ error: 'Too many requests from this address', retryAfter: 60 })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)

  expect((await shop.get('/api/nothing', { 'x-forwarded-for': '198.18.0.7' })).status).toBe(404)
  expect((await shop.get('/health')).status).not.toBe(429)
  expect((await shop.scrape()).value('http_requests_total', { status_code: '429' })).toBe(2)
})
