import { expect, onTestFinished, test, vi } from 'vitest'
import { parseText } from '../../../../test/support/text-parser.js'
import { Counter, MetricsServer, metricsFetchHandler, metricsRouter, Registry } from '../../src/index.js'
import { MountedServer, mounts, plain } from './mounted-server.js'

/** An answer is counted when it is closed, which its reader does not see. */
const soon = { timeout: 10_000 }

const own = [
  'telltale_scrapes_total',
  'telltale_scrape_duration_seconds',
  'telltale_scrape_size_bytes',
  'telltale_scrapes_in_flight',
  'telltale_endpoint_rejections_total',
]

function oneCounter(): Registry {
  const registry = new Registry()
  new Counter({ name: 'a_total', help: 'A.', registry }).inc(2)
  return registry
}

const scrapeOf = async (server: MountedServer) => {
  const { body } = await server.ask()
  return parseText(body.toString())
}

test.each(mounts)('in %s, the routes count what was scraped and refused', async (_, mount) => {
  const server = await MountedServer.open(mount, { registry: oneCounter(), bearerToken: 'right' })
  const scrape = (token: string) => server.ask('/metrics', { headers: { authorization: `Bearer ${token}` } })
  const first = await scrape('right')
  expect((await scrape('wrong')).status).toBe(401)
  await vi.waitFor(async () => {
    const text = parseText((await scrape('right')).body.toString())
    expect(text.value('telltale_scrapes_total', { code: '401' })).toBe(1)
    expect(text.value('telltale_scrapes_total', { code: '200' })).toBeGreaterThan(0)
    expect(text.value('telltale_endpoint_rejections_total', { reason: 'credentials' })).toBe(1)
    expect(text.value('telltale_scrapes_in_flight')).toBe(1)
    expect(text.value('telltale_scrape_duration_seconds_count')).toBeGreaterThan(1)
    expect(text.value('telltale_scrape_size_bytes_sum')).toBeGreaterThan(first.body.length)
  }, soon)
})

test('all routes of a registry count together, and each scrape has every metric once', async () => {
  const registry = oneCounter()
  const [one, two] = [metricsRouter({ registry }), metricsRouter({ registry, path: '/other' })]
  const server = await MountedServer.open(
    () => (req, res) => one(req, res, () => two(req, res, () => res.writeHead(404).end())),
    {},
  )
  await server.ask('/other')
  await metricsFetchHandler({ registry })(new Request('http://localhost/metrics')).then((answer) =>
    answer.text(),
  )
  await vi.waitFor(async () => {
    const body = (await server.ask()).body.toString()
    for (const name of own) expect(body.split(`# TYPE ${name} `)).toHaveLength(2)
    expect(parseText(body).value('telltale_scrapes_total', { code: '200' })).toBeGreaterThanOrEqual(2)
  }, soon)
})

test.each([true, false])(
  'with a MetricsServer over the same registry each scrape has every metric once (thread: %s)',
  async (thread) => {
    const registry = oneCounter()
    const metrics = new MetricsServer(0, { registry, thread, announce() {} })
    const { port } = await metrics.start()
    onTestFinished(() => metrics.stop())
    const server = await MountedServer.open(plain, { registry })
    await server.ask()
    const bodies = [
      await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(),
      (await server.ask()).body.toString(),
    ]
    for (const body of bodies) {
      for (const name of own) expect(body.split(`# TYPE ${name} `)).toHaveLength(2)
    }
  },
)

test('without selfMetrics the scrape has none of them', async () => {
  const server = await MountedServer.open(plain, { registry: oneCounter(), selfMetrics: false })
  const text = await scrapeOf(server)
  expect(text.value('a_total')).toBe(2)
  expect(text.value('telltale_scrapes_total', { code: '200' })).toBeUndefined()
})

test('a file of access that cannot be read is counted as a failure', async () => {
  vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  onTestFinished(() => void vi.restoreAllMocks())
  const registry = oneCounter()
  await MountedServer.open(plain, { registry, bearerTokenFile: '/nowhere/telltale-token' })
  const open = await MountedServer.open(plain, { registry })
  await vi.waitFor(async () => {
    const text = await scrapeOf(open)
    expect(text.value('telltale_web_config_last_reload_successful')).toBe(0)
    expect(text.value('telltale_web_config_reloads_total', { result: 'failure' })).toBe(1)
  }, soon)
})
