import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, createServer as createTunnel, get, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../../../../test/support/free-ports.js'
import { clientOptions } from '../../serve/certificates.js'
import { AnsweringServer, PATIENCE } from './answering-server.js'
import { byNode } from './clients.js'
import { Recorded } from './recorded.js'

test('requests over TLS are counted', async () => {
  const server = await AnsweringServer.start('https')
  const recorded = new Recorded()
  await byNode(server.url(), clientOptions())
  expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
})

test('requests that share a connection are counted each', async () => {
  const server = await AnsweringServer.start()
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const recorded = new Recorded()
  await Promise.all([1, 2, 3].map(() => byNode(server.url(), { agent })))
  expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 3 })
  expect(await recorded.inFlight(server.host)).toBe(0)
})

test('a request that is destroyed before it was sent, or never ended, was given up', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  const never = request(server.url('/hang'), { method: 'POST' })
  const atOnce = get(server.url('/hang'))
  const failed = [never, atOnce].map((req) => new Promise((resolve) => req.on('error', resolve)))
  for (const req of [never, atOnce]) req.destroy()
  await Promise.all(failed)
  expect(await recorded.errors()).toEqual({ [`${server.host} aborted`]: 2 })
  expect(await recorded.requests()).toEqual({ [`POST ${server.host} 499`]: 1, [`GET ${server.host} 499`]: 1 })
  expect(await recorded.inFlight(server.host)).toBe(0)
})

test('an upload that is refused before it was handed over is counted', async () => {
  const host = `127.0.0.1:${await freePort()}`
  const recorded = new Recorded()
  const upload = request(`http://${host}/`, { method: 'PUT' })
  upload.write('the first part')
  await new Promise((resolve) => upload.on('error', resolve))
  expect(await recorded.errors()).toEqual({ [`${host} refused`]: 1 })
  expect(await recorded.requests()).toEqual({ [`PUT ${host} 0`]: 1 })
})

test('a client that ends a slow request with an error that says so has a timeout', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  for (const code of ['ETIMEDOUT', 'ECONNABORTED']) {
    const slow = get(server.url('/hang'))
    slow.setTimeout(20, () => slow.destroy(Object.assign(new Error('too slow'), { code })))
    await new Promise((resolve) => slow.on('error', resolve))
  }
  expect(await recorded.errors()).toEqual({ [`${server.host} timeout`]: 2 })
})

test('upgrades and tunnels are not counted, and nothing of them stays in flight', async () => {
  const server = createTunnel()
  server.on('upgrade', (_req, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n')
  })
  server.on('connect', (_req, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const recorded = new Recorded()
  const asked = [
    { event: 'upgrade', options: { headers: { connection: 'Upgrade', upgrade: 'test' } } },
    { event: 'connect', options: { method: 'CONNECT', path: 'example.com:443' } },
  ]
  for (const { event, options } of asked) {
    const req = request({ host: '127.0.0.1', port, ...options }).end()
    await new Promise<void>((resolve) => {
      req.on(event, (_res, socket) => resolve(void socket.destroy()))
    })
  }
  expect(await recorded.requests()).toEqual({})
  expect(await recorded.errors()).toEqual({})
})

test('what goes through a socket in the file system has the host unix, and no path of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'telltale-outbound-'))
  const socketPath = join(folder, 'server.sock')
  const server = createTunnel((_req, res) => res.end('ok'))
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  onTestFinished(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const recorded = new Recorded()
  await byNode('http://localhost/', { socketPath })
  expect(await recorded.requests()).toEqual({ 'GET unix 200': 1 })
})

test('a Host header of the application does not change where a request goes', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  await byNode(server.url(), { headers: { host: 'tenant-7.example.com' } })
  expect(await recorded.requests()).toEqual({ 'GET 127.0.0.1 200': 1 })
})

test('a request has one listener more, and none of a request that is over is in flight', async () => {
  const server = await AnsweringServer.start()
  const recorded = new Recorded()
  await byNode(server.url())
  const waiting = get(server.url('/hang')).on('error', () => {})
  await server.hasWaiting(1)
  expect(waiting.listenerCount('close')).toBe(1)
  waiting.destroy()
  await vi.waitFor(async () => expect(await recorded.inFlight(server.host)).toBe(0), PATIENCE)
})
