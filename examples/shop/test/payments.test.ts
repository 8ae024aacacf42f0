import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MetricsCollectionService, Registry } from 'telltale'
import { afterEach, describe, expect, it } from 'vitest'
import { PaymentApi } from '../src/payments/api.js'
import { PaymentClient } from '../src/payments/client.js'
import { RateLimit } from '../src/payments/rate-limit.js'
import { Scrape } from './scrape.js'

const charge = { orderId: 1, amountCents: 450, currency: 'USD' }
let stop: () => unknown = () => {}

afterEach(() => stop())

async function serve(listener: RequestListener): Promise<URL> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1')
  stop = () => {
    server.closeAllConnections()
    server.close()
  }
  await once(server, 'listening')
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

function clientOf(url: URL) {
  const metrics = new MetricsCollectionService({ registry: new Registry() })
  const scrape = async () => new Scrape(await metrics.getMetrics())
  return { client: new PaymentClient(url, metrics), scrape }
}

describe('a payment', () => {
  it('is made, and measured with what is left of the rate limit', async () => {
    const api = new PaymentApi(() => 0.5)
    const { client, scrape } = clientOf(await api.start())
    stop = () => api.stop()
    expect(await client.charge(charge)).toMatch(/^charge-/)
    await client.charge(charge)
    const shown = await scrape()
    expect(shown.value('external_api_duration_seconds_count', { status_code: '201' })).toBe(2)
    expect(
      shown.value('external_api_rate_limit_remaining', { service: 'payments', endpoint: '/charges' }),
    ).toBe(5998)
  })

  it('can be declined', async () => {
    const api = new PaymentApi(() => 0)
    const { client } = clientOf(await api.start())
    stop = () => api.stop()
    await expect(client.charge(charge)).rejects.toMatchObject({
      statusCode: 402,
      name: 'PaymentDeclinedError',
    })
  })

  it.each([
    ['an error', (_req, res) => void res.writeHead(500).end(), '500'],
    ['no sense', (_req, res) => void res.writeHead(201).end('thanks'), '201'],
    ['a cut connection', (req) => void req.socket.destroy(), 'error'],
  ] as [string, RequestListener, string][])('that gets %s is a 502', async (_case, listener, statusCode) => {
    const { client, scrape } = clientOf(await serve(listener))
    await expect(client.charge(charge)).rejects.toMatchObject({
      statusCode: 502,
      name: 'PaymentServiceError',
    })
    expect((await scrape()).value('external_api_duration_seconds_count', { status_code: statusCode })).toBe(1)
  })

  it('that gets no answer is given up after two seconds', async () => {
    const { client, scrape } = clientOf(await serve(() => {}))
    await expect(client.charge(charge)).rejects.toThrow('no answer within 2 s')
    expect((await scrape()).value('external_api_duration_seconds_count', { status_code: 'timeout' })).toBe(1)
  })
})

describe('the payment service’s rate limit', () => {
  it('refuses what is too much, until the next window', () => {
    let now = 1_000_000
    const limit = new RateLimit(2, 60_000, () => now)
    expect([limit.take(), limit.take(), limit.take()]).toEqual([true, true, false])
    expect([limit.remaining, limit.secondsToReset]).toEqual([0, 60])
    now += 60_000
    expect(limit.take()).toBe(true)
    expect(limit.remaining).toBe(1)
  })
})
