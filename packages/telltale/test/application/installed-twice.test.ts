import { afterEach, expect, test, vi } from 'vitest'
import { MetricsMiddleware, Registry } from '../../src/index.js'
import { Served, sampleOf } from './served.js'

afterEach(() => {
  vi.restoreAllMocks()
})

test('two middlewares on one registry record each request once, and say so once', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const registry = new Registry()
  const metrics = new MetricsMiddleware({ registry })
  const [first, second] = [metrics.collectHTTPMetrics(), metrics.collectHTTPMetrics()]
  const served = await Served.listen((req, res) => {
    first(req, res, () => second(req, res, () => res.end()))
  })
  for (let i = 0; i < 3; i++) await (await fetch(served.url)).text()
  const labels = { method: 'GET', route: 'unmatched', status_code: '200' }
  await expect.poll(() => sampleOf(registry, 'http_requests_total', labels)).toBe(3)
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining('installed twice'),
    expect.objectContaining({ code: 'TELLTALE_ROUTE' }),
  )
  metrics.stop()
  await served.close()
})
