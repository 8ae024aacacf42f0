import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Gauge, Histogram, MetricsServer, Registry } from '../../../src/index.js'
import { type WorkerPrograms, workerPrograms } from '../threads/worker-programs.js'

const ALIVE = 300
const SERIES = 100_000
const servers: MetricsServer[] = []
let programs: WorkerPrograms

beforeAll(async () => {
  programs = await workerPrograms()
})

afterAll(() => programs.remove())

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function served(registry?: Registry): Promise<string> {
  const server = new MetricsServer(0, { registry, log: () => {}, announce: () => {}, selfMetrics: false })
  servers.push(server)
  const { port } = await server.start()
  return `http://127.0.0.1:${port}/metrics`
}

/** Another label and the value of each label, so that what belongs together can be checked. */
const partner = (id: string) => `${'p'.repeat(Number(id) % 37)}${id}`
const LINE =
  /^(?<name>\w+)\{id="(?<id>\d+)",partner="(?<partner>p*\d+)"(?:,le="(?<le>[^"]+)")?\} (?<value>\d+)$/

/** Throws unless every line of `text` is right on its own and there once. */
function check(text: string, metric: string): number {
  const seen = new Set<string>()
  let count = 0
  for (const line of text.split('\n')) {
    if (!line.startsWith(metric)) continue
    const { name, id, partner: other, le, value } = LINE.exec(line)?.groups ?? {}
    if (name === undefined || id === undefined) throw new Error(`not a line of ours: ${line}`)
    // A series is there before its first value is.
    const expected = name.endsWith('_bucket') || name.endsWith('_count') ? [0, 1] : [0, Number(id)]
    if (other !== partner(id) || !expected.includes(Number(value))) throw new Error(`wrong: ${line}`)
    if (seen.has(`${name} ${id} ${le}`)) throw new Error(`twice: ${line}`)
    seen.add(`${name} ${id} ${le}`)
    count++
  }
  return count
}

test('100,000 series that come and go beside scrapes have their own labels and values in each, and bounded memory', async () => {
  const registry = new Registry()
  const labels = ['id', 'partner'] as const
  const depth = new Gauge({ name: 'depth', help: 'Depth.', labels, registry })
  const size = new Histogram({ name: 'size', help: 'Size.', labels, buckets: [1e6], registry })
  const url = await served(registry)
  let scrapes = 0
  let lines = 0
  let isOver = false
  const scraping = async () => {
    do {
      const text = await (await fetch(url)).text()
      lines += check(text, 'depth') + check(text, 'size')
      scrapes++
    } while (!isOver)
  }
  const both = Promise.all([scraping(), scraping()])
  // It is awaited below; until then a failure is nobody's.
  both.catch(() => {})
  for (let i = 0; i < SERIES; i++) {
    depth.labels(`${i}`, partner(`${i}`)).set(i)
    size.labels(`${i}`, partner(`${i}`)).observe(i)
    if (i >= ALIVE) {
      // Not always the oldest, so that rows are used again in another order.
      const gone = `${i % 2 === 0 ? i - ALIVE : i - ALIVE / 2}`
      depth.remove(gone, partner(gone))
      size.remove(gone, partner(gone))
    }
    if (i % 200 === 0) await nextTurn()
    if (i % 1000 === 0) for (const metric of [depth, size]) metric.removeMatching({ id: `${i - 2}` })
    if (i % 5000 === 4999) for (const metric of [depth, size]) metric.clear()
  }
  isOver = true
  await both
  expect(scrapes).toBeGreaterThan(2)
  expect(lines).toBeGreaterThan(0)
  expect(registry.slab.bytes).toBeLessThan(6e6)
}, 120_000)

test('a thread that is terminated while its series come and go leaves none with wrong labels behind', async () => {
  const url = await served()
  const path = await programs.write(
    'churn.cjs',
    `const { Counter } = require('telltale')
     const { parentPort } = require('node:worker_threads')
     const calls = new Counter({ name: 'calls', help: 'Calls.', labels: ['id', 'partner'] })
     parentPort.on('message', () => {
       for (let i = 0; ; i++) {
         calls.labels(String(i), 'p'.repeat(i % 37) + i).inc(i)
         if (i >= 300) calls.remove(String(i - 300), 'p'.repeat((i - 300) % 37) + (i - 300))
         if (i === 1000) parentPort.postMessage('counting')
       }
     })
     parentPort.postMessage('ready')`,
  )
  const worker = new Worker(path)
  const lines = async () => check(await (await fetch(url)).text(), 'calls')
  try {
    await once(worker, 'message')
    worker.postMessage('go')
    await once(worker, 'message')
    while ((await lines()) === 0) await nextTurn()
    for (let i = 0; i < 20; i++) expect(await lines()).toBeGreaterThan(0)
  } finally {
    await worker.terminate()
  }
  for (let i = 0; i < 5; i++) expect(await lines()).toBeLessThan(310)
  expect(await lines()).toBeGreaterThan(200)
}, 60_000)
