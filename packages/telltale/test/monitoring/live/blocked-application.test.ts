import { afterEach, expect, test } from 'vitest'
import { LiveWatch } from '../../../src/monitoring/live/live-watch.js'
import { verdictOf } from '../../../src/monitoring/live/verdict.js'
import { Application } from '../../serve/telemetry/application.js'

const PATIENT = { timeout: 20_000 }
const started: Application[] = []

afterEach(async () => {
  for (const application of started.splice(0)) {
    application.kill('SIGKILL')
    await application.ended
  }
})

/** Works until it is told to hold its event loop, which it does until it is killed. */
const program = `
const work = new Counter({ name: 'http_requests_total', help: 'Requests.', labels: ['method', 'route', 'status_code'] })
const requests = work.labels('GET', '/', '200')
setInterval(() => requests.inc(), 5)
await new MetricsServer(0, { livePage: true }).start()
process.stdin.on('data', () => {
  console.log('holding')
  setTimeout(() => { for (;;) requests.inc() }, 20)
})`

test('the page sees figures change, and says that the event loop is blocked while it is', async () => {
  const application = new Application(program)
  started.push(application)
  const address = (await application.metrics()).replace(/\/metrics$/, '/live')
  expect(await (await fetch(address)).text()).toContain('<title>Telltale</title>')

  const watch = new LiveWatch({ job: 'it', instance: 'it' })
  const now = () => (performance.timeOrigin + performance.now()) / 1000
  // What the program of the page does every two seconds.
  const look = async () => {
    const query = watch.query(now())
    watch.take(now(), await (await fetch(`${address}/metrics${query}`)).text(), query)
    return verdictOf(watch, now())
  }
  const requests = { kind: 'selector', of: 'http_requests_total', match: [], offset: 0 } as const
  await look()
  const before = watch.figure(requests) ?? 0
  await expect
    .poll(async () => (await look()) && (watch.figure(requests) ?? 0), PATIENT)
    .toBeGreaterThan(before)

  application.say('hold')
  expect(await application.line()).toBe('holding')
  await expect.poll(look, PATIENT).toMatchObject({ kind: 'blocked' })
  const during = watch.figure(requests)!
  await expect.poll(async () => (await look()) && watch.figure(requests), PATIENT).toBeGreaterThan(during)
  expect(watch.spans.blocked.length).toBeGreaterThan(0)
})
