import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../../../../test/support/free-ports.js'
import { Connection } from '../../../src/serve/group/connection.js'
import { groupKey } from '../../../src/serve/group/group-name.js'
import { meetingFolders } from '../../../src/serve/group/meeting-folder.js'
import { SocketPlace } from '../../../src/serve/group/socket-place.js'
import { Application, sampleValue, scraped } from './application.js'

const started: Application[] = []

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

/** A primary and three workers on one metrics port; what it reads is what is done to the workers. */
const clustered = (port: number, options: string, primary: string) => `
import cluster from 'node:cluster'
const done = new Counter({ name: 'done_total', help: 'Done.' })
const server = () => new MetricsServer(${port}, { announce: () => {}, groupIntervalSeconds: 0.1, ${options} })
if (cluster.isPrimary) {
  ${primary}
  const workers = [1, 2, 3].map(() => cluster.fork())
  await Promise.all(workers.map((worker) => new Promise((up) => worker.once('message', up))))
  console.log('up')
  process.stdin.on('data', (text) => {
    const [act, which] = String(text).trim().split(' ')
    const worker = workers[which]
    if (act === 'kill') worker.process.kill('SIGKILL')
    else worker.send(act)
    if (act === 'block') worker.once('message', () => console.log('blocked'))
    else worker.once('exit', () => console.log('gone'))
  })
} else {
  await server().start()
  done.inc(cluster.worker.id)
  process.on('message', (act) => {
    if (act === 'exit') {
      done.inc(1000)
      process.exit(0)
    }
    process.send('blocked', () => {
      const end = Date.now() + 15_000
      while (Date.now() < end) done.inc(0)
    })
  })
  process.send('up')
}`

async function until(url: string, value: number): Promise<void> {
  const end = performance.now() + 15_000
  let last: unknown
  while (performance.now() < end) {
    last = await scraped(url).then(({ text }) => sampleValue(text, 'done_total'), String)
    if (last === value) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  expect(last).toBe(value)
}

describe.each([
  ['that serve in turn', '', ''],
  ['whose primary serves', '', 'done.inc(100); await server().start()'],
])('the workers of a cluster %s', (_, options, primary) => {
  test('are one scrape, in which nothing falls when they are killed, blocked or end', async () => {
    const port = await freePort()
    const application = new Application(clustered(port, options, primary))
    started.push(application)
    expect(await application.line()).toBe('up')
    const url = `http://127.0.0.1:${port}/metrics`
    const counted = primary === '' ? 6 : 106
    await until(url, counted)
    application.say('kill 0')
    expect(await application.line()).toBe('gone')
    await until(url, counted)
    application.say('exit 1')
    expect(await application.line()).toBe('gone')
    await until(url, counted + 1000)
    application.say('block 2')
    expect(await application.line()).toBe('blocked')
    await until(url, counted + 1000)
    application.say('kill 2')
    expect(await application.line()).toBe('gone')
  }, 60_000)
})

const sibling = (port: number) => `
await new MetricsServer(${port}, { group: 'siblings-${port}', groupIntervalSeconds: 0.1, keepAlive: true }).start()
console.log('started')`

function startSibling(port: number): Application {
  const application = new Application(sibling(port))
  started.push(application)
  return application
}

test('the process that serves its group says where, and the next one says it when it takes over', async () => {
  const port = await freePort()
  const [first, second] = [startSibling(port), startSibling(port)]
  const lines = await Promise.all([first.line(), second.line()])
  expect(lines.map((line) => line.slice(0, 7)).sort()).toEqual(['Metrics', 'started'])
  const [serving, waiting] = lines[0] === 'started' ? [second, first] : [first, second]
  serving.kill('SIGKILL')
  expect(await waiting.metrics()).toBe(`http://127.0.0.1:${port}/metrics`)
})

test('what the endpoint counts of itself does not fall when another process takes the port over', async () => {
  const port = await freePort()
  const first = startSibling(port)
  const url = await first.metrics()
  const second = startSibling(port)
  expect(await second.line()).toBe('started')
  for (let i = 0; i < 5; i++) await scraped(url)
  const scrapes = async () => sampleValue((await scraped(url)).text, 'telltale_scrapes_total{code="200"}')
  const before = await scrapes()
  expect(before).toBeGreaterThanOrEqual(5)
  first.kill('SIGKILL')
  await second.metrics()
  expect(await scrapes()).toBeGreaterThanOrEqual(before!)
})

test('a warning from before the server listens reaches the application', async () => {
  const stranger = createServer().listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  const { port } = stranger.address() as AddressInfo
  const place = new SocketPlace(groupKey(`siblings-${port}`), meetingFolders(process.env))
  const claim = (await (await place.look()).claim())!
  const refusal = { kind: 'refused', reason: 'version', process: '88-1-0.0', protocol: 9, values: 1 } as const
  claim.server.on('connection', (accepted) => new Connection(accepted).send(refusal))
  try {
    const { errors } = await startSibling(port).ended
    expect(errors).toMatch(/TelltaleWarning: .*process 88 leads it with protocol 9/)
    expect(errors).toMatch(/Metrics server: .*the port is in use/)
  } finally {
    claim.release()
    stranger.close()
  }
})
