import { createServer, get, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { RequestsInFlight } from '../../../src/instrument/runtime/requests-in-flight.js'
import { collectRuntimeMetrics } from '../../../src/instrument/runtime/runtime-metrics.js'
import { Registry } from '../../../src/registry/registry.js'
import { scrape } from './scrape.js'

const waiting: ServerResponse[] = []
const server = createServer((_req, res) => waiting.push(res))
const listening = new Promise<number>((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)) // TCP has a port
})

afterEach(() => {
  server.closeAllConnections()
  waiting.length = 0
})

const arrived = (count: number) => vi.waitFor(() => expect(waiting).toHaveLength(count))

test('requests that wait for an answer are counted until they have it or their client is gone', async () => {
  const port = await listening
  const inFlight = new RequestsInFlight()
  const clients = [0, 1, 2].map(() => get({ port, host: '127.0.0.1' }).on('error', () => {}))
  await arrived(3)
  expect(inFlight.count).toBe(3)
  waiting[0]!.end('done')
  await vi.waitFor(() => expect(inFlight.count).toBe(2))
  for (const client of clients) client.destroy()
  await vi.waitFor(() => expect(inFlight.count).toBe(0))
  inFlight.stop()
})

test('pipelined requests whose connection ends before their turn do not stay', async () => {
  const port = await listening
  const inFlight = new RequestsInFlight()
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n')
  await vi.waitFor(() => expect(inFlight.count).toBe(2))
  socket.destroy()
  await vi.waitFor(() => expect(inFlight.count).toBe(0))
  inFlight.stop()
})

test('two prefixes show the same count, and nothing is counted after the last of them', async () => {
  const port = await listening
  const registry = new Registry()
  const collectors = ['httpRequests'] as const
  const runs = ['', 'app_'].map((prefix) => collectRuntimeMetrics({ registry, prefix, collectors }))
  const client = get({ port, host: '127.0.0.1' }).on('error', () => {})
  await arrived(1)
  const text = await scrape(registry)
  expect(text.value('nodejs_http_requests_in_flight')).toBe(1)
  expect(text.value('app_nodejs_http_requests_in_flight')).toBe(1)
  for (const run of runs) run.stop()
  expect((await scrape(registry)).samples).toEqual([])
  client.destroy()
})
