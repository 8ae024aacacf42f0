import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../../../../test/support/free-ports.js'
import { MetricsServer } from '../../../src/index.js'
import { Application, sampleValue } from './application.js'

interface Push {
  readonly request: string
  readonly text: string
}

// Takes what a Pushgateway takes; a real one is in the tests that run against real servers.
let gateway: Server
let url = ''
let pushes: Push[] = []
const started: Application[] = []

beforeAll(async () => {
  gateway = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    pushes.push({ request: `${req.method} ${req.url}`, text: Buffer.concat(chunks).toString() })
    res.writeHead(202).end()
  })
  gateway.listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
})

beforeEach(() => {
  pushes = []
})

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

afterAll(() => {
  gateway.closeAllConnections()
  gateway.close()
})

function start(end: string, target = url, options = ''): Application {
  const application = new Application(`
    const jobs = new Counter({ name: 'jobs_total', help: 'Jobs.' })
    const pushOnExit = { url: '${target}', job: 'nightly' }
    const server = new MetricsServer(0, { keepAlive: true, pushOnExit, ${options} })
    await server.start()
    process.stdin.once('data', () => { jobs.inc(5); ${end} })`)
  started.push(application)
  return application
}

test.each([
  ['process.exit(3)', 'process.exit(3)', 3],
  ['an uncaught exception', "throw new Error('deliberate')", 1],
  ['stop()', 'void server.stop(); process.stdin.destroy()', 0],
  ['SIGTERM', "process.kill(process.pid, 'SIGTERM')", 0],
  ['nothing more to do', 'process.stdin.destroy()', 0, 'keepAlive: false'],
])('what was counted until the end is pushed once on %s', async (_, end, code, options = '') => {
  const application = start(end, url, options)
  await application.metrics()
  application.say('end')
  const { errors, ...ended } = await application.ended
  expect(ended.code).toBe(code)
  expect(errors).not.toContain('not pushed')
  expect(pushes.map(({ request }) => request)).toEqual(['PUT /metrics/job/nightly'])
  expect(sampleValue(pushes[0]!.text, 'jobs_total')).toBe(5)
})

test.each([
  ['stop()', 'void server.stop(); process.stdin.destroy()'],
  ['SIGTERM', "process.kill(process.pid, 'SIGTERM')"],
])('without the thread it is pushed on %s', async (_, end) => {
  const application = start(end, url, 'thread: false')
  await application.metrics()
  application.say('end')
  expect((await application.ended).code).toBe(0)
  expect(pushes.map(({ text }) => sampleValue(text, 'jobs_total'))).toEqual([5])
})

test('a Pushgateway that is not there is told of, and holds nobody up for long', async () => {
  const application = start('process.exit(3)', `http://127.0.0.1:${await freePort()}`)
  await application.metrics()
  application.say('end')
  const { code, errors } = await application.ended
  expect(code).toBe(3)
  expect(errors).toMatch(/the last values were not pushed: .+ECONNREFUSED/)
})

test('a target that nothing can be pushed to is refused when the server is made', () => {
  expect(() => new MetricsServer(0, { pushOnExit: { url: 'nowhere', job: 'nightly' } })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_OPTION' }),
  )
})
