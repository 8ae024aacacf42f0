import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Counter, exposeBytes, Histogram, Registry } from 'telltale'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestPrometheus } from './servers/index.js'

const registry = new Registry()
const help = 'E.'
const sent = new Counter({ name: 'sent_total', help, labels: ['to'], registry })
const wait = new Histogram({ name: 'wait_seconds', help, buckets: [1, 2], registry })

const server = createServer(async (request, response) => {
  const { contentType, chunks } = await exposeBytes(registry, { accept: request.headers.accept })
  response.setHeader('content-type', contentType)
  for (const chunk of chunks) response.write(chunk)
  response.end()
})

let prometheus: TestPrometheus

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  prometheus = await TestPrometheus.start({
    jobs: [{ name: 'app', targets: [`127.0.0.1:${port}`] }],
    flags: ['--enable-feature=exemplar-storage'],
  })
})

afterAll(async () => {
  await prometheus.stop()
  server.closeAllConnections()
  server.close()
})

interface FoundExemplar {
  readonly labels: Readonly<Record<string, string>>
  readonly value: string
  readonly timestamp: number
}

interface ExemplarsOfSeries {
  readonly seriesLabels: Readonly<Record<string, string>>
  readonly exemplars: readonly FoundExemplar[]
}

async function stored(query: string): Promise<readonly ExemplarsOfSeries[]> {
  const now = Date.now() / 1000
  const parameters = new URLSearchParams({ query, start: String(now - 300), end: String(now + 60) })
  const response = await fetch(`${prometheus.url}/api/v1/query_exemplars?${parameters}`)
  const { data } = (await response.json()) as { data: readonly ExemplarsOfSeries[] }
  return data
}

/** The exemplars of a metric once there are as many series with any. */
function exemplarsOf(query: string, series: number) {
  return prometheus.api.until(
    async () => {
      const found = await stored(query)
      return found.length === series ? found : undefined
    },
    { what: `exemplars of ${series} series of ${query}` },
  )
}

test('Prometheus stores the exemplars of counters and buckets as they went in', async () => {
  const before = Date.now() / 1000
  registry.setExemplarProvider({ labels: (metric) => ({ trace_id: `trace of ${metric} €` }) })
  sent.labels('berlin').inc(3)
  registry.withExemplar({ order: '🔥'.repeat(100) }, () => {
    wait.observe(0.25)
    wait.observe(9)
  })
  const [counted] = await exemplarsOf('sent_total', 1)
  expect(counted).toMatchObject({
    seriesLabels: { __name__: 'sent_total', to: 'berlin', job: 'app' },
    exemplars: [{ labels: { trace_id: 'trace of sent_total €' }, value: '3' }],
  })
  const [{ timestamp }] = counted!.exemplars as [FoundExemplar]
  expect(timestamp).toBeGreaterThan(before - 0.1)
  expect(timestamp).toBeLessThan(Date.now() / 1000 + 0.1)
  const buckets = await exemplarsOf('wait_seconds_bucket', 2)
  const values = buckets.map(({ seriesLabels, exemplars }) => [
    seriesLabels.le,
    exemplars.map(({ labels, value }) => [labels.order?.length, value]),
  ])
  expect(values.sort()).toEqual([
    ['+Inf', [[200, '9']]],
    ['1.0', [[200, '0.25']]],
  ])
})
