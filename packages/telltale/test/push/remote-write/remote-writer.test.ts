import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../../../../test/support/free-ports.js'
import { Counter, Gauge, Histogram, Registry, TelltaleError } from '../../../src/index.js'
import { RemoteWriter, type RemoteWriterOptions } from '../../../src/push/index.js'
import { Receiver } from './receiver.js'

let receiver: Receiver
let registry: Registry
const writers: RemoteWriter[] = []

beforeEach(async () => {
  receiver = await Receiver.start()
  registry = new Registry()
})

afterEach(async () => {
  await Promise.all(writers.splice(0).map((writer) => writer.stop(0)))
  await receiver.stop()
})

function writer(options: Partial<RemoteWriterOptions> = {}): RemoteWriter {
  const made = new RemoteWriter({ url: receiver.url, job: 'backup', instance: 'a', registry, ...options })
  writers.push(made)
  return made
}

/** All series of an application's own, over all requests. */
function received() {
  return receiver.requests
    .flatMap(({ series }) => series)
    .filter(({ series }) => !series.startsWith('telltale_'))
}

async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 10_000
  while (!isSo() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(isSo()).toBe(true)
}

test('a push writes every sample with its labels sorted, job and instance among them', async () => {
  const counter = new Counter({
    name: 'rows_total',
    help: 'Rows.',
    labels: ['table', 'Zone', '_x'],
    registry,
  })
  counter.labels('users', 'eu', '').inc(3)
  new Histogram({ name: 'run_seconds', help: 'Runs.', buckets: [1, 2.5], registry }).observe(2)
  await writer({ labels: { region: 'north', table: 'none' } }).push()
  const rest = 'instance="a",job="backup",region="north"'
  expect(received().map(({ series, value }) => [series, value])).toEqual([
    [`rows_total{Zone="eu",${rest},table="users"}`, 3],
    [`run_seconds_bucket{instance="a",job="backup",le="1",region="north",table="none"}`, 0],
    [`run_seconds_bucket{instance="a",job="backup",le="2.5",region="north",table="none"}`, 1],
    [`run_seconds_bucket{instance="a",job="backup",le="+Inf",region="north",table="none"}`, 1],
    [`run_seconds_sum{${rest},table="none"}`, 2],
    [`run_seconds_count{${rest},table="none"}`, 1],
  ])
  const { headers, metadata } = receiver.requests[0]!
  expect(headers).toMatchObject({
    'content-type': 'application/x-protobuf',
    'content-encoding': 'snappy',
    'x-prometheus-remote-write-version': '0.1.0',
  })
  expect(metadata).toContainEqual({ type: 1, metricFamilyName: 'rows_total', help: 'Rows.', unit: '' })
})

test('native histograms and exemplars are written in both versions', async () => {
  const native = new Histogram({ name: 'run_seconds', help: 'Runs.', buckets: [], native: true, registry })
  for (const value of [0.5, 1, 1, -2, 0]) native.observe(value)
  const rows = new Counter({ name: 'rows_total', help: 'Rows.', registry })
  registry.withExemplar({ trace_id: 'abc' }, () => rows.inc())
  receiver.answer = () => ({ status: 204, headers: { 'X-Prometheus-Remote-Write-Samples-Written': '1' } })
  await writer().push()
  await writer({ version: '2.0' }).push()
  expect(receiver.requests.map(({ version }) => version)).toEqual(['1.0', '2.0'])
  for (const { series } of receiver.requests) {
    const histogram = series.find((one) => one.histogram !== undefined)!
    expect(histogram.series).toBe('run_seconds{instance="a",job="backup"}')
    expect(histogram.histogram).toMatchObject({ countInt: 5, sum: 0.5, zeroCountInt: 1, schema: 3 })
    expect(series.find((one) => one.series.startsWith('rows_total'))!.exemplars).toHaveLength(1)
  }
  const [, second] = receiver.requests
  expect(second!.series.find(({ series }) => series.startsWith('rows_total'))!.metadata).toEqual({
    type: 1,
    help: 'Rows.',
    unit: '',
  })
})

test.each([
  ['says nothing of what it has written', { status: 204 }],
  ['answers 415', { status: 415 }],
])('a receiver of 2.0 that %s gets the same as 1.0, and 1.0 from then on', async (_, first) => {
  new Counter({ name: 'rows_total', help: 'Rows.', registry }).inc()
  receiver.answer = ({ version }) => (version === '2.0' ? first : { status: 204 })
  const made = writer({ version: '2.0' })
  await made.push()
  await made.push()
  expect(receiver.requests.map(({ version }) => version)).toEqual(['2.0', '1.0', '1.0'])
  const times = receiver.requests.map(({ series }) => series[0]!.timestamp)
  expect(times[0]).toBe(times[1])
})

test('what is repeated is the same to the last byte, so that nothing is written twice as new', async () => {
  new Counter({ name: 'rows_total', help: 'Rows.', registry }).inc()
  let fails = 2
  receiver.answer = () => ({ status: fails-- > 0 ? 503 : 204 })
  await writer().push()
  expect(receiver.requests).toHaveLength(3)
  expect(receiver.requests[1]!.body.equals(receiver.requests[0]!.body)).toBe(true)
  expect(receiver.requests[2]!.body.equals(receiver.requests[0]!.body)).toBe(true)
})

test('times grow strictly, however fast collections follow each other', async () => {
  new Counter({ name: 'rows_total', help: 'Rows.', registry }).inc()
  const made = writer()
  for (let i = 0; i < 20; i++) await made.push()
  const times = received().map(({ timestamp }) => timestamp)
  expect(times).toHaveLength(20)
  expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true)
})

test('a refusal is not repeated, and names the answer and no password', async () => {
  new Counter({ name: 'rows_total', help: 'Rows.', registry }).inc()
  receiver.answer = () => ({ status: 401 })
  const url = receiver.url.replace('http://', 'http://mia:hidden@')
  const error: unknown = await writer({ url })
    .push()
    .catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TelltaleError)
  expect(error).toMatchObject({ code: 'TELLTALE_PUSH', message: expect.stringContaining('401') })
  expect(String(error)).not.toContain('hidden')
  expect(receiver.requests).toHaveLength(1)
  expect(receiver.requests[0]!.headers.authorization).toBe(
    `Basic ${Buffer.from('mia:hidden').toString('base64')}`,
  )
})

test('"too many requests" is repeated after the pause that the receiver asks for', async () => {
  new Counter({ name: 'rows_total', help: 'Rows.', registry }).inc()
  const at: number[] = []
  receiver.answer = () => {
    at.push(performance.now())
    return at.length === 1 ? { status: 429, headers: { 'Retry-After': '1' } } : { status: 204 }
  }
  await writer().push()
  expect(at[1]! - at[0]!).toBeGreaterThan(950)
})

test('large registries go in several requests of one time', async () => {
  const gauge = new Gauge({ name: 'depth', help: 'Depth.', labels: ['queue'], registry })
  for (let i = 0; i < 25; i++) gauge.labels(i).set(i)
  await writer({ seriesPerRequest: 10 }).push()
  expect(receiver.requests.map(({ series }) => series.length).reduce((a, b) => a + b)).toBeGreaterThanOrEqual(
    25,
  )
  expect(receiver.requests.length).toBeGreaterThanOrEqual(3)
  expect(received()).toHaveLength(25)
  expect(new Set(received().map(({ timestamp }) => timestamp)).size).toBe(1)
})

test('nothing is lost while the receiver is away for a while', async () => {
  const rows = new Counter({ name: 'rows_total', help: 'Rows.', registry })
  let away = true
  receiver.answer = () => ({ status: away ? 503 : 204 })
  const made = writer({ intervalSeconds: 0.05 })
  rows.inc()
  made.start()
  await until(() => receiver.requests.length >= 3)
  away = false
  const since = receiver.requests.length
  await until(() => receiver.requests.length > since + 5)
  await made.stop()
  const times = receiver.requests
    .slice(since)
    .flatMap(({ series }) => series)
    .filter(({ series }) => series.startsWith('rows_total'))
    .map(({ timestamp }) => timestamp)
  // All collections of the time without a receiver came later, each once and in order.
  expect(times[0]).toBe(received()[0]!.timestamp)
  expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true)
})

test('a series that is gone is said to have ended, once', async () => {
  const depth = new Gauge({ name: 'depth', help: 'Depth.', labels: ['queue'], registry })
  depth.labels('a').set(1)
  depth.labels('b').set(2)
  const made = writer()
  await made.push()
  depth.remove('b')
  await made.push()
  await made.push()
  const ofB = received().filter(({ series }) => series.includes('queue="b"'))
  expect(ofB.map(({ value, stale }) => stale ?? value)).toEqual([2, true])
})

test('without a receiver the oldest are given up where there is no more room, counted and warned of once', async () => {
  new Counter({ name: 'rows_total', help: 'Rows.', registry }).inc()
  const warnings: string[] = []
  const made = writer({
    url: `http://127.0.0.1:${await freePort()}/write`,
    intervalSeconds: 0.01,
    waitingBytes: 600,
    warn: (message) => warnings.push(message),
  })
  made.start()
  await until(() => warnings.length > 0)
  expect(warnings[0]).toMatch(/^remote write: \d+ samples were given up: more than 600 bytes waited/)
  const started = performance.now()
  await made.stop(0.2)
  expect(performance.now() - started).toBeLessThan(5000)
})

const wrong: readonly [what: string, options: Record<string, unknown>, message: string][] = [
  ['no address', { url: undefined }, 'got a url that cannot be used'],
  ['no job', { job: '' }, 'got job ""'],
  ['no time between two collections', { intervalSeconds: 0 }, 'got intervalSeconds 0'],
  ['a version that there is not', { version: '3.0' }, 'got version "3.0"'],
  ['requests of nothing', { seriesPerRequest: 0 }, 'got seriesPerRequest 0'],
  ['a token and a user', { bearerToken: 'x', username: 'a' }, 'got a bearer token and a user'],
]

test.each(wrong)('a RemoteWriter with %s is refused', (_, options, message) => {
  const make = () => new RemoteWriter({ url: 'http://a', job: 'b', ...options } as RemoteWriterOptions)
  expect(make).toThrow(TelltaleError)
  expect(make).toThrow(message)
})
