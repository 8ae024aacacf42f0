import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  Counter,
  expose,
  Gauge,
  Histogram,
  Info,
  MetricsServer,
  OPENMETRICS_CONTENT_TYPE,
  PROTOBUF_CONTENT_TYPE,
  Registry,
  StateSet,
  Summary,
} from '../../../src/index.js'
import { sampleValue } from './application.js'

const servers: MetricsServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function served(
  registry: Registry,
  options: ConstructorParameters<typeof MetricsServer>[1] = {},
): Promise<string> {
  const server = new MetricsServer(0, {
    registry,
    log: () => {},
    announce: () => {},
    selfMetrics: false,
    ...options,
  })
  servers.push(server)
  const { port } = await server.start()
  return `http://127.0.0.1:${port}`
}

/** One of each instrument, with values. */
function everything(): Registry {
  const registry = new Registry({ defaultLabels: { region: 'north' }, createdTimes: true })
  new Counter({ name: 'orders_total', help: 'Orders.', labels: ['way'], registry }).labels('post').inc(3)
  new Gauge({ name: 'stock_level', help: 'Stock "left".', registry }).set(-1.5)
  new Histogram({ name: 'wait_seconds', help: 'Waits.', buckets: [0.1, 1], registry }).observe(0.5)
  new Histogram({ name: 'size_bytes', help: 'Sizes.', buckets: [], native: true, registry }).observe(700)
  new Summary({ name: 'price_euros', help: 'Prices.', quantiles: [0.5], registry }).observe(20)
  new Info({ name: 'build_info', help: 'Build.', labels: ['version'], registry }).labels('1.0')
  new StateSet({ name: 'mode', help: 'Mode.', states: ['day', 'night'], registry }).set('night')
  registry.addCollector({
    name: 'brought',
    collect: () => {
      const elsewhere = new Registry()
      new Counter({ name: 'brought_total', help: 'Brought.', registry: elsewhere }).inc(9)
      return elsewhere.families
    },
  })
  return registry
}

describe('a scrape of the thread', () => {
  test.each([
    ['text', 'text/plain'],
    ['OpenMetrics', OPENMETRICS_CONTENT_TYPE],
    ['protobuf', PROTOBUF_CONTENT_TYPE],
  ])('has in %s what the application itself would have written', async (_, accept) => {
    const registry = everything()
    const thread = await served(registry)
    const here = await served(registry, { thread: false })
    const scrape = async (url: string) =>
      (await fetch(`${url}/metrics?${names(registry)}`, { headers: { accept } })).arrayBuffer()
    const [expected, found] = [await scrape(here), await scrape(thread)]
    expect(expected.byteLength).toBeGreaterThan(400)
    expect(Buffer.from(found).toString('latin1')).toBe(Buffer.from(expected).toString('latin1'))
  })

  test('shows what was defined, recorded, removed and reset since the one before', async () => {
    const registry = new Registry()
    const url = `${await served(registry)}/metrics`
    const scrape = async () => (await fetch(url)).text()
    await scrape()
    const late = new Counter({ name: 'late_total', help: 'Late.', labels: ['who'], registry })
    late.labels('a').inc(2)
    late.labels('b').inc(5)
    expect(sampleValue(await scrape(), 'late_total{who="b"}')).toBe(5)
    late.remove('b')
    late.labels('c').inc(7)
    const text = await scrape()
    expect(text).not.toContain('who="b"')
    expect(sampleValue(text, 'late_total{who="c"}')).toBe(7)
    registry.reset()
    expect(sampleValue(await scrape(), 'late_total{who="c"}')).toBe(0)
    registry.clear()
    expect(await scrape()).not.toContain('late_total')
  })

  test('that overlaps another one shares its collection', async () => {
    const registry = new Registry()
    let runs = 0
    let finish = () => {}
    registry.addCollector({
      name: 'slow',
      collect: () => {
        runs++
        return new Promise<void>((resolve) => {
          finish = resolve
        })
      },
    })
    const arrived: string[] = []
    const url = await served(registry, { log: (line) => arrived.push(line) })
    const scrapes = [1, 2, 3].map(async () => (await fetch(`${url}/metrics`)).status)
    await vi.waitFor(() => expect(arrived).toHaveLength(3))
    // Answered after the three have come to their collection.
    await fetch(`${url}/health`)
    finish()
    expect(await Promise.all(scrapes)).toEqual([200, 200, 200])
    expect(runs).toBe(1)
  })

  test('waits for collectors no longer than its deadline, and leaves out the families of those that are late', async () => {
    const registry = new Registry({ warn: () => {} })
    const late = new Gauge({ name: 'late', help: 'Late.', registry })
    new Gauge({ name: 'there', help: 'There.', registry }).set(1)
    registry.addCollector({ name: 'hanging', families: [late], collect: () => new Promise(() => {}) })
    const url = `${await served(registry)}/metrics`
    const started = performance.now()
    const headers = { 'x-prometheus-scrape-timeout-seconds': '0.5' }
    const isLate = 'telltale_collector_errors_total{collector="hanging",reason="timeout"}'
    let text = ''
    // A loop that has no processor for 0.1 s is taken for blocked, and is not waited for.
    do text = await (await fetch(url, { headers })).text()
    while (sampleValue(text, isLate) === undefined)
    expect(performance.now() - started).toBeGreaterThan(390)
    expect(sampleValue(text, 'there')).toBe(1)
    expect(sampleValue(text, 'late')).toBeUndefined()
  })

  test('can set the values back, where that is allowed', async () => {
    const registry = new Registry()
    const counter = new Counter({ name: 'orders_total', help: 'Orders.', registry })
    counter.inc(4)
    const url = await served(registry, { environment: 'development' })
    const { status } = await fetch(`${url}/metrics/reset`, { method: 'POST' })
    expect(status).toBe(200)
    expect(sampleValue((await expose(registry)).body, 'orders_total')).toBe(0)
    expect(sampleValue(await (await fetch(`${url}/metrics`)).text(), 'orders_total')).toBe(0)
  })

  test('of a registry with a metric of its name leaves the measure of the thread out', async () => {
    const registry = new Registry()
    new Gauge({ name: 'telltale_event_loop_blocked_seconds', help: 'Own.', registry }).set(77)
    new Counter({ name: 'telltale_event_loop_blocked_duration_seconds_count', help: 'Own.', registry }).inc()
    const text = await (await fetch(`${await served(registry)}/metrics`)).text()
    expect(text.match(/^telltale_event_loop_blocked_seconds.*/gm)).toEqual([
      'telltale_event_loop_blocked_seconds 77',
    ])
  })
})

test.each([0, 0.05, Number.NaN, '1' as never])('blockedSeconds %s is refused', (blockedSeconds) => {
  expect(() => new MetricsServer(0, { blockedSeconds })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_OPTION' }),
  )
})

/** Only what the application defined: the thread has measures of its own. */
function names(registry: Registry): string {
  return [...registry.families.map(({ name }) => name), 'brought_total']
    .filter((name) => !name.startsWith('telltale_'))
    .map((name) => `name[]=${name}`)
    .join('&')
}
