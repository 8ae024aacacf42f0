import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Counter, expose, Gauge, MetricsServer, PrometheusClient, Registry } from '../../../src/index.js'
import { JoinedSource } from '../../../src/serve/threads/joined-source.js'
import { ThreadHub } from '../../../src/serve/threads/thread-hub.js'
import { joinThreads } from '../../../src/serve/threads/thread-member.js'
import { type WorkerPrograms, workerPrograms } from './worker-programs.js'

let programs: WorkerPrograms
const hubs: ThreadHub[] = []
const workers: Worker[] = []

beforeAll(async () => {
  programs = await workerPrograms()
  joinThreads(() => new Registry())
})

afterAll(() => programs.remove())

afterEach(async () => {
  for (const hub of hubs.splice(0)) hub.close()
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()))
})

/** A registry of this thread, and the scrape of it with those of all workers. */
function joined(registry = new Registry()) {
  const hub = new ThreadHub()
  hubs.push(hub)
  const source = new JoinedSource(registry, hub)
  return { registry, text: async () => (await expose(source, { seconds: 2 })).body }
}

async function start(text: string): Promise<Worker> {
  const worker = new Worker(await programs.write(`worker-${workers.length}.cjs`, text))
  workers.push(worker)
  return worker
}

/** Scrapes again and again until the text is as wanted; the last text when it never is. */
async function until(text: () => Promise<string>, wanted: string, unwanted?: string): Promise<string> {
  const end = performance.now() + 10_000
  for (;;) {
    const found = await text()
    const isSo = found.includes(wanted) && (unwanted === undefined || !found.includes(unwanted))
    if (isSo || performance.now() > end) return found
    await new Promise(setImmediate)
  }
}

// What ended threads had counted stays, so each test has metrics of its own.
const counting = (name: string) => `
const { Counter } = require('telltale')
const { parentPort } = require('node:worker_threads')
const jobs = new Counter({ name: '${name}', help: 'Jobs.', labels: ['queue'] })
parentPort.on('message', (amount) => {
  jobs.labels('mail').inc(amount)
  parentPort.postMessage('counted')
})
parentPort.postMessage('ready')
`

test('a counter of several threads is one family, and a scrape needs no message for what they count', async () => {
  const { registry, text } = joined()
  new Counter({ name: 'shared_total', help: 'Jobs.', labels: ['queue'], registry }).labels('mail').inc(1)
  for (let i = 0; i < 2; i++) {
    const worker = await start(counting('shared_total'))
    await once(worker, 'message')
    worker.postMessage(10)
    await once(worker, 'message')
  }
  const found = await until(text, 'shared_total{queue="mail"} 21')
  expect(found.match(/^# TYPE shared_total/gm)).toHaveLength(1)
  expect(found).toContain('shared_total{queue="mail"} 21')
})

test('a thread that is blocked is read as it is, and nobody waits for it', async () => {
  const { text } = joined()
  const worker = await start(`
    const { Counter } = require('telltale')
    const { parentPort } = require('node:worker_threads')
    const turns = new Counter({ name: 'turns_total', help: 'Turns.' })
    parentPort.on('message', () => {
      turns.inc()
      parentPort.postMessage('blocked')
      for (;;) turns.inc()
    })
    parentPort.postMessage('ready')
  `)
  await once(worker, 'message')
  await until(text, 'turns_total 0')
  worker.postMessage('go')
  await once(worker, 'message')
  const count = async () => Number(/^turns_total (\d+)$/m.exec(await text())?.[1])
  const before = await count()
  const started = performance.now()
  let after = await count()
  expect(performance.now() - started).toBeLessThan(4000)
  // On a busy machine the thread may not have had its turn between two scrapes.
  while (after === before && performance.now() - started < 10_000) after = await count()
  expect(after).toBeGreaterThan(before)
})

test('a thread that ended leaves its counters behind, and takes its gauges with it', async () => {
  const { text } = joined()
  const worker = await start(`
    const { Counter, Gauge } = require('telltale')
    const { parentPort } = require('node:worker_threads')
    new Counter({ name: 'left_total', help: 'Jobs.' }).inc(5)
    new Gauge({ name: 'left_depth', help: 'Depth.' }).set(3)
    parentPort.on('message', () => parentPort.close())
  `)
  expect(await until(text, 'left_depth 3')).toContain('left_total 5')
  worker.postMessage('end')
  await once(worker, 'exit')
  // The main thread hears of the end before the one that reads does.
  const found = await until(text, 'left_total 5', 'left_depth')
  expect(found).toContain('left_total 5')
  expect(found).not.toContain('left_depth')
})

test('a thread that is terminated leaves its counters behind', async () => {
  const { text } = joined()
  for (let i = 1; i <= 3; i++) {
    const worker = await start(counting('terminated_total'))
    await once(worker, 'message')
    worker.postMessage(2)
    await once(worker, 'message')
    await until(text, `terminated_total{queue="mail"} ${2 * i}`)
    await worker.terminate()
    expect(await text()).toContain(`terminated_total{queue="mail"} ${2 * i}`)
  }
})

test('a thread that counts and ends at once is not lost', async () => {
  const { text } = joined()
  const worker = await start(`
    const { Counter } = require('telltale')
    new Counter({ name: 'quick_total', help: 'Jobs.' }).inc(7)
  `)
  await once(worker, 'exit')
  expect(await until(text, 'quick_total 7')).toContain('quick_total 7')
})

test('a thread is left alone when the server that reads it has stopped', async () => {
  const server = new MetricsServer(0, { registry: new Registry(), log: () => {}, announce: () => {} })
  const { port } = await server.start()
  const worker = await start(`
    const { Counter, defaultRegistry } = require('telltale')
    const { parentPort } = require('node:worker_threads')
    new Counter({ name: 'alone_total', help: 'Jobs.' }).inc(4)
    parentPort.on('message', () => {
      const look = setInterval(() => {
        // What a thread says to all goes on.
        if (defaultRegistry().watcher.watchers.length > 1) return
        clearInterval(look)
        parentPort.postMessage('alone')
      }, 5)
    })
    parentPort.postMessage('ready')
  `)
  await once(worker, 'message')
  const text = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(await until(text, 'alone_total 4')).toContain('alone_total 4')
  await server.stop()
  worker.postMessage('look')
  expect(await once(worker, 'message')).toEqual(['alone'])
})

test('a hub that comes late finds the threads that are there', async () => {
  const worker = await start(counting('late_total'))
  await once(worker, 'message')
  worker.postMessage(4)
  await once(worker, 'message')
  const { text } = joined()
  expect(await until(text, 'late_total{queue="mail"} 4')).toContain('late_total{queue="mail"} 4')
})

test('the workers of a piscina pool are in the scrape', async () => {
  const { text } = joined()
  const filename = await programs.write(
    'task.cjs',
    `const { Counter } = require('telltale')
     const tasks = new Counter({ name: 'tasks_total', help: 'Tasks.' })
     module.exports = () => { tasks.inc() }`,
  )
  const pool = new Piscina({ filename, minThreads: 2, maxThreads: 2, atomics: 'disabled' })
  try {
    await Promise.all(Array.from({ length: 50 }, () => pool.run({})))
    expect(await until(text, 'tasks_total 50')).toContain('tasks_total 50')
  } finally {
    await pool.destroy()
  }
  expect(await text()).toContain('tasks_total 50')
})

test('the workers of a piscina pool that was made and used before the server starts are in its first scrape', async () => {
  const filename = await programs.write(
    'early-task.cjs',
    `const { Counter } = require('telltale')
     const tasks = new Counter({ name: 'early_tasks_total', help: 'Tasks.' })
     module.exports = () => { tasks.inc() }`,
  )
  const pool = new Piscina({ filename, minThreads: 2, maxThreads: 2 })
  const server = new MetricsServer(0, { registry: new Registry(), log: () => {}, announce: () => {} })
  try {
    await Promise.all(Array.from({ length: 50 }, () => pool.run({})))
    const { port } = await server.start()
    const text = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(await text()).toContain('early_tasks_total 50\n')
    await pool.run({})
    expect(await text()).toContain('early_tasks_total 51\n')
    await pool.destroy()
    expect(await text()).toContain('early_tasks_total 51\n')
  } finally {
    await server.stop()
    await pool.destroy()
  }
})

test('a thread that sleeps for ever since before there was a server is in the first scrape', async () => {
  const worker = await start(`
    const { Counter } = require('telltale')
    const { parentPort } = require('node:worker_threads')
    const jobs = new Counter({ name: 'asleep_total', help: 'Jobs.', labels: ['queue'] })
    for (let i = 0; i < 5000; i++) jobs.labels('q' + i % 2500).inc()
    parentPort.postMessage('asleep')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  `)
  await once(worker, 'message')
  const server = new MetricsServer(0, { registry: new Registry(), log: () => {}, announce: () => {} })
  const { port } = await server.start()
  const { text } = joined()
  try {
    for (const found of [await (await fetch(`http://127.0.0.1:${port}/metrics`)).text(), await text()]) {
      expect(found.match(/^asleep_total\{queue="q\d+"\} 2$/gm)).toHaveLength(2500)
    }
  } finally {
    await server.stop()
  }
})

test('a thread that ended before there was a server leaves its counters to one that comes later', async () => {
  const ended = await start(`
    const { Counter } = require('telltale')
    new Counter({ name: 'early_total', help: 'Early.' }).inc(3)
  `)
  await once(ended, 'exit')
  const terminated = await start(`
    const { Counter, Gauge } = require('telltale')
    new Counter({ name: 'early_total', help: 'Early.' }).inc(4)
    new Gauge({ name: 'early_depth', help: 'Depth.' }).set(4)
    require('node:worker_threads').parentPort.postMessage('asleep')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  `)
  await once(terminated, 'message')
  await terminated.terminate()
  for (const { text } of [joined(), joined()]) {
    const found = await until(text, 'early_total 7')
    expect(found).toContain('early_total 7')
    expect(found).not.toContain('early_depth')
  }
})

test('a thread that sleeps and was made by one that sleeps is in the scrape', async () => {
  const sleep = `parentPort.postMessage('asleep')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`
  const inner = await programs.write(
    'inner.cjs',
    `const { Counter } = require('telltale')
     const { parentPort } = require('node:worker_threads')
     new Counter({ name: 'nested_total', help: 'Nested.' }).inc(2)
     ${sleep}`,
  )
  const outer = await start(`
    const { Counter } = require('telltale')
    const { parentPort, Worker } = require('node:worker_threads')
    new Counter({ name: 'nested_total', help: 'Nested.' }).inc(1)
    new Worker(${JSON.stringify(inner)}).once('message', () => { ${sleep} })
  `)
  await once(outer, 'message')
  expect(await until(joined().text, 'nested_total 3')).toContain('nested_total 3')
})

test('an application in a thread has its sleeping threads in the scrape, where the main thread has no metrics', async () => {
  const pool = await programs.write(
    'pool-thread.cjs',
    `const { Counter } = require('telltale')
     new Counter({ name: 'pool_total', help: 'Pool.' }).inc(2)
     require('node:worker_threads').parentPort.postMessage('asleep')
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`,
  )
  const application = await programs.write(
    'application-thread.cjs',
    `const { MetricsServer } = require('telltale')
     const { once } = require('node:events')
     const { Worker } = require('node:worker_threads')
     async function run() {
       const workers = [new Worker(${JSON.stringify(pool)}), new Worker(${JSON.stringify(pool)})]
       await Promise.all(workers.map((worker) => once(worker, 'message')))
       const server = new MetricsServer(0, { thread: false, log: () => {}, announce: () => {} })
       const { port } = await server.start()
       const text = await (await fetch('http://127.0.0.1:' + port + '/metrics')).text()
       console.log(text.match(/^pool_total.*/m)?.[0])
       process.exit()
     }
     run()`,
  )
  const main = await programs.write(
    'launcher.cjs',
    `new (require('node:worker_threads').Worker)(${JSON.stringify(application)})`,
  )
  const { stdout } = await promisify(execFile)(process.execPath, [main])
  expect(stdout.trim()).toBe('pool_total 4')
})

test('a thread that records on after it woke up is not counted twice, and what it defines then is there', async () => {
  const worker = await start(`
    const { Counter } = require('telltale')
    const { parentPort, workerData } = require('node:worker_threads')
    const jobs = new Counter({ name: 'woken_total', help: 'Jobs.' })
    jobs.inc(2)
    parentPort.once('message', ({ cell }) => {
      parentPort.postMessage('asleep')
      Atomics.wait(cell, 0, 0)
      jobs.inc(3)
      new Counter({ name: 'later_total', help: 'Later.' }).inc(6)
      parentPort.postMessage('asleep')
      Atomics.wait(cell, 0, 1)
      parentPort.on('message', () => {})
    })
  `)
  const cell = new Int32Array(new SharedArrayBuffer(4))
  worker.postMessage({ cell })
  await once(worker, 'message')
  const { text } = joined()
  expect(await until(text, 'woken_total 2')).toContain('woken_total 2')
  Atomics.store(cell, 0, 1)
  Atomics.notify(cell, 0)
  await once(worker, 'message')
  expect(await until(text, 'later_total 6')).toMatch(/^woken_total 5\n(.+\n)*later_total 6$/m)
  Atomics.store(cell, 0, 2)
  Atomics.notify(cell, 0)
  for (let i = 0; i < 50; i++) expect(await text()).toMatch(/^woken_total 5\n(.+\n)*later_total 6$/m)
})

test('a thousand threads that came and went take the room of one', async () => {
  const hub = new ThreadHub()
  hubs.push(hub)
  const worker = await start(`
    const { Counter } = require('telltale')
    const { BroadcastChannel } = require('node:worker_threads')
    const meeting = new BroadcastChannel('telltale.threads.1')
    const line = { suffix: '' }
    for (let thread = 10_000; thread < 11_000; thread++) {
      const series = [{ values: ['mail'], samples: [1] }]
      const family = { name: 'thousand_total', help: 'Jobs.', type: 'counter', aggregator: 'sum', labelNames: ['queue'], lines: [line], series }
      meeting.postMessage({ kind: 'ended', thread, families: [family] })
    }
    meeting.close()
  `)
  await once(worker, 'exit')
  const source = new JoinedSource(new Registry(), hub)
  const text = async () => (await expose(source)).body
  expect(await until(text, 'thousand_total{queue="mail"} 1000')).toContain(
    'thousand_total{queue="mail"} 1000',
  )
  expect(hub.ended.find(({ name }) => name === 'thousand_total')?.series).toHaveLength(1)
})

test('gauges of the main thread alone are shown as they are', async () => {
  const { registry, text } = joined()
  new Gauge({ name: 'load', help: 'Load.', registry }).set(0.5)
  expect((await text()).split('# HELP')[1]).toBe((await expose(registry)).body.split('# HELP')[1])
})

test('what is of the process as a whole is shown once, however many threads measure it', async () => {
  const { registry, text } = joined()
  new PrometheusClient({ registry })
  const worker = await start(`
    const { PrometheusClient, Counter } = require('telltale')
    const { parentPort } = require('node:worker_threads')
    new PrometheusClient()
    new Counter({ name: 'ready_total', help: 'Ready.' }).inc()
    parentPort.on('message', () => {})
  `)
  const found = await until(text, 'ready_total 1')
  worker.postMessage('')
  const lines = found.split('\n').filter((line) => line.startsWith('nodejs_process_resident_memory_bytes'))
  expect(lines).toHaveLength(1)
  expect(Number(lines[0]!.split(' ')[1])).toBeLessThan(process.memoryUsage().rss * 1.5)
})
