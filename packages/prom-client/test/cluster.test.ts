import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { parseText } from '../../../test/support/text-parser.js'
import { bundleProgram, RunningCluster } from './cluster/running-cluster.js'

let folder = ''
let program = ''
let running: RunningCluster | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-cluster-'))
  program = join(folder, 'program.mjs')
  await bundleProgram(program)
})

afterEach(() => running?.stop())
afterAll(() => rm(folder, { recursive: true, force: true }))

function start(...options: string[]): RunningCluster {
  running = new RunningCluster(program, ...options)
  return running
}

const jobs = { kind: 'a' }

async function scrape(cluster: RunningCluster) {
  const { text, milliseconds } = await cluster.do('scrape')
  return { parsed: parseText(text!), milliseconds: milliseconds! }
}

test('the primary serves what all workers have counted up to now', async () => {
  const cluster = start()
  const workers = await cluster.fork(3)
  for (const worker of workers) await cluster.do('count', worker, worker)
  let { parsed } = await scrape(cluster)
  // A worker that has no processor for half a second is served as it was.
  while (parsed.value('telltale_cluster_silent_workers') !== 0) parsed = (await scrape(cluster)).parsed
  expect(parsed.value('jobs_total', jobs)).toBe(6)
  expect(parsed.value('connections')).toBe(6)
  expect(parsed.value('lowest')).toBe(1)
  expect(parsed.value('latency_seconds_bucket', { le: '1' })).toBe(1)
  expect(parsed.value('latency_seconds_sum')).toBe(6)
  await cluster.do('count', 2, 1)
  await expect
    .poll(async () => (await scrape(cluster)).parsed.value('jobs_total', jobs), { timeout: 20_000 })
    .toBe(7)
})

test('the metrics of the primary itself are in its own registry, as in prom-client', async () => {
  const cluster = start()
  expect((await cluster.do('scrape')).text).toBe('')
  await cluster.fork(1)
  expect((await scrape(cluster)).parsed.families.has('primary_total')).toBe(false)
  expect((await cluster.do('own')).text).toContain('primary_total 1\n')
})

test('default metrics are merged as their aggregators say', async () => {
  const cluster = start('defaults')
  await cluster.fork(2)
  const { parsed } = await scrape(cluster)
  const version = parsed.families.get('nodejs_version_info')!.samples
  expect(version.map(({ value }) => value)).toEqual([1])
  expect(parsed.families.has('process_start_time_seconds')).toBe(false)
  expect(parsed.value('process_cpu_seconds_total')).toBeGreaterThan(0)
})

test('a worker tells of the registries that it was told to, with their default labels', async () => {
  const cluster = start('own')
  await cluster.fork(2)
  const { parsed } = await scrape(cluster)
  expect(parsed.value('own_total', { region: 'north' })).toBe(4)
  expect(parsed.families.has('connections')).toBe(false)
})

test('messages of either serialization are understood, and the format is the one that was asked for', async () => {
  const cluster = start('advanced', 'openmetrics')
  const [worker] = await cluster.fork(1)
  await cluster.do('count', worker, 0.5)
  const { text } = await cluster.do('scrape')
  expect(text).toContain('# TYPE jobs counter\n')
  expect(text).toContain('jobs_total{kind="a"} 0.5\n')
  expect(text).toMatch(/# EOF\n$/)
})

test('a killed worker takes its gauges with it, and what it had counted stays', async () => {
  const cluster = start()
  const [one, two] = await cluster.fork(2)
  await cluster.do('count', one, 5)
  await cluster.do('count', two, 3)
  await scrape(cluster)
  await cluster.do('kill', one)
  for (const expected of [8, 8]) {
    const { parsed } = await scrape(cluster)
    expect(parsed.value('jobs_total', jobs)).toBe(expected)
    expect(parsed.value('latency_seconds_count')).toBe(2)
    expect(parsed.value('connections')).toBe(3)
  }
  const [three] = await cluster.fork(1)
  await cluster.do('count', three, 2)
  expect((await scrape(cluster)).parsed.value('jobs_total', jobs)).toBe(10)
  for (const worker of [two, three]) await cluster.do('kill', worker)
  const { parsed } = await scrape(cluster)
  expect(parsed.value('jobs_total', jobs)).toBe(10)
  expect(parsed.value('connections')).toBeUndefined()
})

test('what a killed worker had counted stays although nobody scraped, but for the last second', async () => {
  const cluster = start()
  const [worker] = await cluster.fork(1)
  await cluster.do('count', worker, 5)
  // The primary asks once a second, by itself.
  await after(1500)
  await cluster.do('kill', worker)
  expect((await scrape(cluster)).parsed.value('jobs_total', jobs)).toBe(5)
})

test('a worker that ends in an orderly way loses nothing at all', async () => {
  const cluster = start()
  const [one, two] = await cluster.fork(2)
  cluster.tell('exit', one, 5)
  await cluster.do('count', two, 1)
  let counted: number | undefined
  for (const deadline = Date.now() + 5000; counted !== 6 && Date.now() < deadline; ) {
    counted = (await scrape(cluster)).parsed.value('jobs_total', jobs)
  }
  expect(counted).toBe(6)
})

test('a worker that is blocked for 8 s costs no scrape: it is served as it was', async () => {
  const cluster = start()
  const [one, two] = await cluster.fork(2)
  await cluster.do('count', one, 5)
  await cluster.do('count', two, 1)
  await scrape(cluster)
  const blocked = Date.now()
  await cluster.do('block', one, 8000)
  const times: number[] = []
  while (Date.now() - blocked < 7000) {
    await cluster.do('count', two, 1)
    const { parsed, milliseconds } = await scrape(cluster)
    times.push(milliseconds)
    expect(parsed.value('jobs_total', jobs)).toBe(6 + times.length)
    expect(parsed.value('telltale_cluster_silent_workers')).toBe(1)
    await after(500)
  }
  expect(Math.max(...times)).toBeLessThan(5000)
  // Once it is known to be silent it is not waited for. Some may have waited for a processor of a busy machine.
  expect(Math.min(...times.slice(1))).toBeLessThan(250)
  const { parsed: late } = await scrape(cluster)
  expect(late.value('telltale_cluster_oldest_snapshot_seconds')).toBeGreaterThan(6)
  await cluster.do('count', one, 1)
  const { parsed } = await scrape(cluster)
  expect(parsed.value('jobs_total', jobs)).toBe(7 + times.length)
  expect(parsed.value('telltale_cluster_silent_workers')).toBe(0)
})

test('a worker that is blocked while the primary ends, ends without an error', async () => {
  const cluster = start()
  const [worker] = await cluster.fork(1)
  await cluster.do('count', worker, 1)
  await cluster.do('block', worker, 2500)
  // Asked while it is blocked, so that it has an answer to give when there is nobody left.
  await scrape(cluster)
  const closed = cluster.closed()
  cluster.tell('die')
  await closed
  expect(cluster.errors).toBe('')
})
