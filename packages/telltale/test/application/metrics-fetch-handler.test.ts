import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, exposeBytes, type Family, metricsFetchHandler, Registry } from '../../src/index.js'

const url = 'http://localhost/metrics'

function small(): Registry {
  const registry = new Registry()
  new Counter({ name: 'a_total', help: 'A.', registry }).inc(2)
  return registry
}

/** A family of 100,000 series with 500 bytes each, which says how many were written. */
class WatchedFamily implements Family {
  readonly name = 'wide'
  readonly help = 'h'
  readonly type = 'gauge'
  readonly labelNames = ['text']
  readonly lines: Family['lines'] = [{ suffix: '' }]
  readonly size = 100_000
  written = 0

  reset(): void {}

  snapshot() {
    return this
  }

  emit(...[sink, from, to]: Parameters<Family['emit']>): void {
    const text = 'x'.repeat(500)
    for (let i = from; i < to; i++) {
      this.written++
      sink.sample(0, { values: [`${text}${i}`], pairs: `text="${text}${i}"` }, i)
    }
  }
}

function watched() {
  const registry = small()
  const family = new WatchedFamily()
  registry.register(family)
  return { registry, family }
}

/** Lets everything that can go on do so: hundreds of turns, and a scrape goes on in each. */
async function manyTurns(): Promise<void> {
  for (let turns = 0; turns < 500; turns++) await new Promise((resolve) => setImmediate(resolve))
}

test('a Request becomes a Response', async () => {
  const response = await metricsFetchHandler({ registry: small() })(new Request(url))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(parseText(await response.text()).value('a_total')).toBe(2)
})

test('what is written waits for the reader, and goes on with it', async () => {
  const { registry, family } = watched()
  const response = await metricsFetchHandler({ registry, selfMetrics: false })(new Request(url))
  await manyTurns()
  // Up to 4 MiB are made before the head is sent; beyond that, what one slice makes of a quarter of a megabyte each.
  const before = family.written
  expect(before).toBeLessThan(30_000)
  await manyTurns()
  expect(family.written).toBe(before)
  const body = Buffer.from(await response.arrayBuffer())
  expect(family.written).toBe(100_000)
  const { length } = await exposeBytes(registry)
  expect(body).toHaveLength(length)
})

test.each(['identity', 'gzip'])('a stream that is cancelled ends the work (%s)', async (encoding) => {
  const warned = vi.spyOn(process, 'emitWarning')
  const { registry, family } = watched()
  const handler = metricsFetchHandler({ registry, limits: { scrapes: 1 } })
  const headers = { 'accept-encoding': encoding }
  const { body } = await handler(new Request(url, { headers }))
  const reader = body!.getReader()
  await reader.read()
  await reader.cancel()
  await manyTurns()
  const before = family.written
  expect(before).toBeLessThan(100_000)
  const next = await handler(new Request(`${url}?name[]=a_total`))
  expect(next.status).toBe(200)
  await manyTurns()
  expect(family.written).toBe(before)
  expect(warned).not.toHaveBeenCalled()
  warned.mockRestore()
})

test('a request that is aborted ends the work, and its reader hears of it', async () => {
  const { registry, family } = watched()
  const leaving = new AbortController()
  const handler = metricsFetchHandler({ registry, limits: { scrapes: 1 } })
  const response = await handler(new Request(url, { signal: leaving.signal }))
  leaving.abort()
  await expect(response.arrayBuffer()).rejects.toThrow('the answer was cut')
  expect(family.written).toBeLessThan(100_000)
  expect((await handler(new Request(`${url}?name[]=a_total`))).status).toBe(200)
})

test('a request that is aborted while metrics are collected holds no place', async () => {
  const registry = small()
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const collector = registry.addCollector({ name: 'slow', collect: () => held })
  const leaving = new AbortController()
  const handler = metricsFetchHandler({ registry, limits: { scrapes: 1 } })
  const answer = handler(new Request(url, { signal: leaving.signal }))
  await vi.waitFor(async () => expect((await handler(new Request(url))).status).toBe(503))
  leaving.abort()
  collector.stop()
  letGo()
  await answer
  expect((await handler(new Request(url))).status).toBe(200)
})

describe('addresses', () => {
  test.each([
    ['GET', '/metrics', 200],
    ['GET', '/metrics/', 200],
    ['GET', '/api/v1/metrics', 200],
    ['GET', '/api/metrics/health', 200],
    ['GET', '/metrics-gateway/api/metrics', 200],
    ['GET', '/', 200],
    ['GET', '/health', 200],
    ['GET', '/a_total', 200],
    ['GET', '/other', 404],
    ['GET', '/other/page', 404],
    ['GET', '/metrics/a/b', 404],
    ['GET', '/metrics/%E0%A4%A', 404],
    ['POST', '/metrics', 405],
    ['PUT', '/metrics/reset', 405],
    ['POST', '/metrics/reset', 403],
    ['OPTIONS', '/metrics', 204],
    ['HEAD', '/metrics/stats', 200],
  ])('%s %s answers %i', async (method, path, status) => {
    const handler = metricsFetchHandler({ registry: small(), environment: 'production' })
    const response = await handler(new Request(`http://localhost${path}`, { method }))
    expect(response.status).toBe(status)
    if (method === 'HEAD' || status === 204) expect(response.body).toBeNull()
    if (status === 405) expect(response.headers.get('allow')).toContain('GET, HEAD')
  })
})

test('in Next.js, which drops the header about the compression, the body is not compressed', async () => {
  const registry = small()
  const many = new Counter({ name: 'b_total', help: 'B.', labels: ['n'], registry })
  for (let i = 0; i < 200; i++) many.labels(i).inc()
  const ask = () =>
    metricsFetchHandler({ registry })(new Request(url, { headers: { 'accept-encoding': 'gzip' } }))
  expect((await ask()).headers.get('content-encoding')).toBe('gzip')
  vi.stubEnv('NEXT_RUNTIME', 'nodejs')
  onTestFinished(() => void vi.unstubAllEnvs())
  const answer = await ask()
  expect(answer.headers.get('content-encoding')).toBeNull()
  expect(await answer.text()).toContain('b_total{n="199"} 1\n')
})
