import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Application, sampleValue, scraped } from './application.js'

// What surrounds the thread: restricted processes, small heaps, hooks of the application, threads that are lost.
let folder = ''
const started: Application[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-surroundings-'))
})

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

function start(program: string, flags: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Application {
  const application = new Application(program, flags, env)
  started.push(application)
  return application
}

const THREAD_ONLY = 'telltale_event_loop_blocked_seconds'
const serving = `
new Counter({ name: 'orders_total', help: 'Orders.' }).inc(2)
await new MetricsServer(0, { keepAlive: true }).start()`

async function endOf(application: Application): Promise<string> {
  application.kill('SIGTERM')
  const { code, errors } = await application.ended
  expect(code).toBe(0)
  return errors
}

test('where threads are not permitted, the application serves by itself and says so once', async () => {
  const [major = 0] = process.versions.node.split('.').map(Number)
  const permission = major >= 24 ? '--permission' : '--experimental-permission'
  const application = start(serving, [permission, '--allow-fs-read=*'])
  const url = await application.metrics()
  for (let i = 0; i < 2; i++) {
    const { text } = await scraped(url)
    expect(sampleValue(text, 'orders_total')).toBe(2)
    expect(sampleValue(text, THREAD_ONLY)).toBeUndefined()
  }
  const errors = await endOf(application)
  expect(errors.match(/no telemetry thread could be started .+ own thread$/gm)).toHaveLength(1)
})

test('with thread: false nothing is said, and the application serves', async () => {
  const application = start(
    serving.replace('{', '{ thread: false,').replace('{ thread: false, name', '{ name'),
  )
  const { text } = await scraped(await application.metrics())
  expect(sampleValue(text, 'orders_total')).toBe(2)
  expect(await endOf(application)).toBe('')
})

test('a thread that is lost is replaced by the application, at the same address', async () => {
  const application = start(`
    process.on('worker', (worker) => process.stdin.once('data', () => worker.terminate()))
    process.on('warning', ({ message }) => console.log(message))
    ${serving}`)
  const url = await application.metrics()
  expect(sampleValue((await scraped(url)).text, THREAD_ONLY)).toBe(0)
  application.say('lose it')
  expect(await application.line()).toMatch(/^the telemetry thread was lost \(.+\): metrics are served from/)
  const { text } = await retried(() => scraped(url))
  expect(sampleValue(text, 'orders_total')).toBe(2)
  expect(sampleValue(text, THREAD_ONLY)).toBeUndefined()
  await endOf(application)
})

test('the thread runs in a process with a small heap', async () => {
  const application = start(serving, ['--max-old-space-size=24'])
  const { text } = await scraped(await application.metrics())
  expect(sampleValue(text, 'orders_total')).toBe(2)
  expect(sampleValue(text, THREAD_ONLY)).toBe(0)
  expect(await endOf(application)).toBe('')
})

test.each(['--expose-gc', '--frozen-intrinsics', '--disallow-code-generation-from-strings'])(
  'the thread runs in a process with %s',
  async (flag) => {
    const application = start(serving, [flag])
    const { text } = await scraped(await application.metrics())
    expect(sampleValue(text, THREAD_ONLY)).toBe(0)
    expect(await endOf(application)).not.toContain('no telemetry thread')
  },
)

test('what the application loads before itself is not loaded into the thread', async () => {
  const hook = join(folder, 'hook.cjs')
  await writeFile(hook, "process.stdout.write('hooked\\n')")
  const application = start(serving, ['--require', hook], { NODE_OPTIONS: `--require ${hook}` })
  expect(await application.line()).toBe('hooked')
  const url = await application.metrics()
  expect(sampleValue((await scraped(url)).text, THREAD_ONLY)).toBe(0)
  expect(await endOf(application)).toBe('')
})

test('a registry of 100,000 series that were there before is shown as a whole in the first scrape', async () => {
  const application = start(`
    const visits = new Counter({ name: 'visits_total', help: 'Visits.', labels: ['page'], seriesLimit: 100_000 })
    for (let i = 0; i < 100_000; i++) visits.labels(i).inc(i)
    ${serving}`)
  const { text } = await scraped(await application.metrics())
  expect(text.match(/^visits_total\{/gm)).toHaveLength(100_000)
  expect(sampleValue(text, 'visits_total{page="99999"}')).toBe(99_999)
  expect(await endOf(application), 'nothing is warned of').toBe('')
})

test('the threads of a piscina pool, which sleep between their tasks, are in the scrape', async () => {
  const task = join(folder, 'task.cjs')
  await writeFile(
    task,
    `const { Counter } = require('${resolve('packages/telltale/dist/cjs/index.js')}')
     const tasks = new Counter({ name: 'tasks_total', help: 'Tasks.', labels: ['kind'] })
     module.exports = (kind) => { tasks.labels(kind).inc() }`,
  )
  const application = start(`
    import { Piscina } from '${import.meta.resolve('piscina')}'
    const starting = new MetricsServer(0, { keepAlive: true, announce: () => {} }).start()
    const pool = new Piscina({ filename: '${task}', minThreads: 2, maxThreads: 2 })
    await Promise.all(Array.from({ length: 50 }, (_, i) => pool.run(i % 2 ? 'odd' : 'even')))
    console.log('http://127.0.0.1:' + (await starting).port + '/metrics')
    process.stdin.on('data', async () => { await pool.destroy(); console.log('destroyed') })`)
  const url = await application.metrics()
  const counted = async () => {
    const { text } = await scraped(url)
    return ['even', 'odd'].map((kind) => sampleValue(text, `tasks_total{kind="${kind}"}`))
  }
  expect(await counted()).toEqual([25, 25])
  application.say('destroy')
  expect(await application.line()).toBe('destroyed')
  expect(await counted()).toEqual([25, 25])
})

/** The port is closed for a moment while another thread takes it over. */
async function retried<T>(act: () => Promise<T>): Promise<T> {
  const end = performance.now() + 10_000
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (performance.now() > end) throw error
      await new Promise(setImmediate)
    }
  }
}
