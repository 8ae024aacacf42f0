import { Counter, Gauge, Histogram, Registry } from 'telltale'
import { RemoteWriter } from 'telltale/push'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { TestPrometheus, TestVictoriaMetrics } from './servers/index.js'

let prometheus: TestPrometheus
let victoria: TestVictoriaMetrics
let registry: Registry

beforeAll(async () => {
  ;[prometheus, victoria] = await Promise.all([
    TestPrometheus.start({
      jobs: [],
      flags: ['--web.enable-remote-write-receiver', '--enable-feature=native-histograms,exemplar-storage'],
    }),
    TestVictoriaMetrics.start(),
  ])
})

afterAll(async () => {
  await Promise.all([prometheus?.stop(), victoria?.stop()])
})

beforeEach(() => {
  registry = new Registry()
})

function fill(): void {
  new Counter({ name: 'rows_total', help: 'Rows.', labels: ['table'], registry }).labels('users').inc(3)
  new Gauge({ name: 'last_success_timestamp_seconds', help: 'End.', registry }).set(1_700_000_000)
  const runs = new Histogram({ name: 'run_seconds', help: 'Runs.', buckets: [1, 2], registry })
  for (const value of [0.5, 1.5, 3]) runs.observe(value)
}

describe.each(['1.0', '2.0'] as const)('version %s', (version) => {
  test('Prometheus has what a job has written', async () => {
    fill()
    const job = `job-${version}`
    const url = `${prometheus.url}/api/v1/write`
    // 2.42 knows 1.0 only: it accepts 2.0, stores nothing, and gets the same as 1.0.
    await new RemoteWriter({ url, job, instance: 'a', registry, version }).push()
    const { api } = prometheus
    expect(await api.query(`rows_total{job="${job}"}`)).toEqual([
      { labels: { __name__: 'rows_total', instance: 'a', job, table: 'users' }, value: 3 },
    ])
    expect(await api.value(`last_success_timestamp_seconds{job="${job}"}`)).toBe(1_700_000_000)
    expect(await api.value(`run_seconds_count{job="${job}"}`)).toBe(3)
    expect(await api.value(`run_seconds_bucket{job="${job}",le="2"}`)).toBe(2)
  })
})

test('VictoriaMetrics has what a job has written', async () => {
  fill()
  const job = 'backup'
  await new RemoteWriter({
    url: `${victoria.url}/api/v1/write`,
    job,
    instance: 'a',
    registry,
  }).push()
  const [rows] = await victoria.export(`rows_total{job="${job}"}`)
  expect(rows).toMatchObject({ metric: { table: 'users', instance: 'a' }, values: [3] })
  expect((await victoria.export(`run_seconds_bucket{job="${job}"}`)).length).toBe(3)
})

test('Prometheus has the native buckets and the exemplars that were written', async () => {
  const native = new Histogram({ name: 'native_seconds', help: 'Runs.', buckets: [], native: true, registry })
  for (const value of [0.5, 1, 1, 2]) native.observe(value)
  const rows = new Counter({ name: 'traced_total', help: 'Rows.', registry })
  registry.withExemplar({ trace_id: 'abc' }, () => rows.inc())
  const url = `${prometheus.url}/api/v1/write`
  await new RemoteWriter({ url, job: 'native', instance: 'a', registry }).push()
  expect(await prometheus.api.value('histogram_count(native_seconds{job="native"})')).toBe(4)
  expect(await prometheus.api.value('histogram_sum(native_seconds{job="native"})')).toBe(4.5)
  const query = new URLSearchParams({
    query: 'traced_total',
    start: `${Date.now() / 1000 - 60}`,
    end: `${Date.now() / 1000 + 60}`,
  })
  const exemplars = await (await fetch(`${prometheus.url}/api/v1/query_exemplars?${query}`)).json()
  expect(JSON.stringify(exemplars)).toContain('"trace_id":"abc"')
})

test('a writer that runs keeps the series up to date, and one that is gone ends at once', async () => {
  const depth = new Gauge({ name: 'queue_depth', help: 'Depth.', labels: ['queue'], registry })
  depth.labels('a').set(1)
  depth.labels('b').set(2)
  const url = `${prometheus.url}/api/v1/write`
  const writer = new RemoteWriter({ url, job: 'service', instance: 'a', registry, intervalSeconds: 0.2 })
  writer.start()
  try {
    const { api } = prometheus
    await api.until(async () => ((await api.query('queue_depth')).length === 2 ? true : undefined), {
      what: 'both series',
    })
    depth.remove('b')
    await api.until(async () => ((await api.query('queue_depth')).length === 1 ? true : undefined), {
      what: 'the series that is left',
      within: 5000,
    })
    expect(await api.value('count_over_time(queue_depth{queue="b"}[5m])')).toBeGreaterThan(0)
    await api.until(
      async () => (await api.value('telltale_remote_write_samples_total{job="service"} > 0')) ?? undefined,
      { what: 'the count of what was accepted', within: 5000 },
    )
    expect(await api.value('sum(telltale_remote_write_samples_lost_total)')).toBe(0)
  } finally {
    await writer.stop()
  }
})
