import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../../../../test/support/free-ports.js'
import { Application, sampleValue, scraped } from './application.js'

const started: Application[] = []

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

/** A primary whose workers join only when they are told; each line that it reads is for some of them. */
const cluster = (port: number) => `
import cluster from 'node:cluster'
if (cluster.isPrimary) {
  const said = (worker, what) => new Promise((done) => {
    worker.on('message', (text) => text === what ? done() : /Error/.test(text) && console.log(text))
  })
  const acts = {
    fork: (worker) => said(worker, 'forked'),
    join: (worker) => (worker.send('join'), said(worker, 'joined')),
    kill: (worker) => (worker.process.kill('SIGKILL'), new Promise((gone) => worker.once('exit', gone))),
    leave: (worker) => (worker.send('leave'), new Promise((gone) => worker.once('exit', gone))),
  }
  const workers = []
  process.stdin.on('data', async (text) => {
    const [act, ...which] = String(text).trim().split(' ')
    if (act === 'fork') for (const i of which) workers[i] = cluster.fork()
    await Promise.all(which.map((i) => acts[act](workers[i])))
    console.log('done')
  })
} else {
  const jobs = new Counter({ name: 'done_total', help: 'Done.' })
  process.on('message', async (act) => {
    if (act === 'leave') process.exit(0)
    const server = new MetricsServer(${port}, { announce: () => {}, groupIntervalSeconds: 0.1 })
    await server.start().catch((error) => process.send(String(error)))
    jobs.inc(10)
    process.send('joined')
  })
  process.send('forked')
}`

class Workers {
  readonly #application: Application
  readonly #url: string

  constructor(port: number) {
    this.#application = new Application(cluster(port))
    this.#url = `http://127.0.0.1:${port}/metrics`
    started.push(this.#application)
  }

  async all(act: 'fork' | 'join' | 'kill' | 'leave', ...which: readonly number[]): Promise<void> {
    this.#application.say(`${act} ${which.join(' ')}`)
    expect(await this.#application.line()).toBe('done')
  }

  /** Resolves when a scrape has this value; no scrape on the way may have a smaller one than `least`. */
  async shown(value: number, least = 0): Promise<void> {
    for (const end = performance.now() + 20_000; performance.now() < end; ) {
      const text = await scraped(this.#url).then(({ text }) => text, String)
      const now = sampleValue(text, 'done_total') ?? least
      expect(now).toBeGreaterThanOrEqual(least)
      if (now === value) return
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`${value} was never shown`)
  }
}

async function workers(): Promise<Workers> {
  return new Workers(await freePort())
}

test('when all workers are killed while another one starts, it goes on with what they had counted', async () => {
  const one = await workers()
  await one.all('fork', 0, 1, 2)
  await one.all('join', 0, 1)
  await one.shown(20)
  await one.all('kill', 0, 1)
  await one.all('join', 2)
  await one.shown(30, 20)
}, 60_000)

test('when the only worker is killed, the next one goes on, however often', async () => {
  const one = await workers()
  for (let i = 0; i < 3; i++) {
    await one.all('fork', i)
    await one.all('join', i)
    await one.shown((i + 1) * 10, i * 10)
    await one.all('kill', i)
  }
}, 60_000)

test('when all workers leave in order before the next ones come, these go on', async () => {
  const one = await workers()
  await one.all('fork', 0, 1)
  await one.all('join', 0, 1)
  await one.shown(20)
  await one.all('leave', 0, 1)
  await one.all('fork', 2)
  await one.all('join', 2)
  await one.shown(30, 20)
}, 60_000)

test('another start of the application begins at zero', async () => {
  const one = await workers()
  await one.all('fork', 0)
  await one.all('join', 0)
  await one.shown(10)
  const other = await workers()
  await other.all('fork', 0)
  await other.all('join', 0)
  await other.shown(10)
}, 60_000)
