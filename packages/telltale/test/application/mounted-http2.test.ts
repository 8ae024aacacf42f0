import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import {
  type ClientHttp2Stream,
  connect,
  constants,
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
} from 'node:http2'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import fastify from 'fastify'
import { expect, onTestFinished, test, vi } from 'vitest'
import { metricsRoutes } from '../../src/fastify.js'
import { Counter, MetricsMiddleware, type MountedOptions, metricsRouter, Registry } from '../../src/index.js'
import { certificateFile, keyFile } from '../serve/certificates.js'

/** What `node:http2` calls a listener with has what is used of a request and an answer of `node:http`. */
type Compatible = Parameters<ReturnType<typeof metricsRouter>>

/** A listener of an HTTP/2 server that counts requests and has the metrics. */
function listener(registry: Registry, options: MountedOptions) {
  const router = metricsRouter({ registry, ...options })
  const count = new MetricsMiddleware({ registry }).collectHTTPMetrics()
  return (...[req, res]: [object, object]) => {
    const [request, response] = [req, res] as [Compatible[0], Compatible[1]]
    count(request, response, () => router(request, response, () => response.writeHead(404).end('elsewhere')))
  }
}

async function open(registry: Registry, options: MountedOptions = {}) {
  const server = createServer(listener(registry, options)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(() => {
    client.destroy()
    server.close()
  })
  return client
}

async function answerOf(stream: ClientHttp2Stream) {
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders & { ':status': number }]
  return { status: headers[':status'], headers, body: await text(stream) }
}

function orders(width = 0): Registry {
  const registry = new Registry()
  const counter = new Counter({ name: 'orders_total', help: 'O.', labels: ['x'], registry })
  for (let i = 0; i < (width && 1000); i++) counter.labels(`${i}${'x'.repeat(width)}`).inc()
  new Counter({ name: 'a_total', help: 'A.', registry }).inc(2)
  return registry
}

/** What is counted at the end of an answer, its reader does not see. */
const soon = { timeout: 10_000 }

test('over HTTP/2 the pages answer, and requests are counted', async () => {
  const client = await open(orders())
  const ask = (path: string, method = 'GET') =>
    answerOf(client.request({ ':path': path, ':method': method, 'accept-encoding': 'gzip;q=0' }))
  const { status, headers, body } = await ask('/metrics')
  expect(status).toBe(200)
  expect(headers['content-type']).toContain('text/plain')
  expect(body).toContain('a_total 2\n')
  expect(await ask('/metrics', 'HEAD')).toMatchObject({ status: 200, body: '' })
  expect((await ask('/metrics/health')).status).toBe(200)
  expect((await ask('/metrics/none')).status).toBe(404)
  expect(await ask('/elsewhere')).toMatchObject({ status: 404, body: 'elsewhere' })
  await vi.waitFor(async () => {
    const { body: later } = await ask('/metrics')
    expect(later).toMatch(/^http_requests_total\{.*status_code="404".*\} 2$/m)
    expect(later).toMatch(/^telltale_scrapes_total\{code="200"\} \d+$/m)
    expect(later).toContain('telltale_scrapes_in_flight 1\n')
  }, soon)
})

test.each(['identity', 'gzip'])('over HTTP/2 a large answer is whole (%s)', async (encoding) => {
  const client = await open(orders(5000))
  const stream = client.request({ ':path': '/metrics', 'accept-encoding': encoding })
  const [headers] = await once(stream, 'response')
  expect(headers['content-encoding']).toBe(encoding === 'gzip' ? 'gzip' : undefined)
  const whole = encoding === 'gzip' ? stream.pipe((await import('node:zlib')).createGunzip()) : stream
  expect((await text(whole)).match(/^orders_total\{/gm)).toHaveLength(1000)
})

test('over HTTP/2 a name that is not in the list is refused', async () => {
  const client = await open(orders(), { allowedHosts: ['metrics.internal'] })
  const ask = async (name: string) =>
    (await answerOf(client.request({ ':path': '/metrics', ':authority': name }))).status
  expect(await ask('metrics.internal')).toBe(200)
  expect(await ask('evil.example')).toBe(421)
})

test('over HTTP/2 streams that never read keep nobody out, and other streams of the connection live on', async () => {
  const limits = { scrapes: 3, stalledSeconds: 1.5 }
  const client = await open(orders(5000), { limits })
  const stuck = [1, 2, 3].map(() => client.request({ ':path': '/metrics' }).pause())
  for (const stream of stuck) stream.on('error', () => {})
  await Promise.all(stuck.map((stream) => once(stream, 'response')))
  const path = '/metrics?name[]=telltale_endpoint_rejections_total'
  expect((await answerOf(client.request({ ':path': path }))).status).toBe(503)
  await vi.waitFor(async () => {
    const { status, body } = await answerOf(client.request({ ':path': path }))
    expect(status).toBe(200)
    expect(body).toContain('telltale_endpoint_rejections_total{reason="slow_reader"} 1\n')
  }, soon)
})

test('over HTTP/2 a stream that is closed in the middle frees its place', async () => {
  const warned = vi.spyOn(process, 'emitWarning')
  onTestFinished(() => warned.mockRestore())
  const client = await open(orders(5000), { limits: { scrapes: 1 } })
  const stream = client.request({ ':path': '/metrics' })
  await once(stream, 'response')
  stream.close(constants.NGHTTP2_CANCEL)
  await vi.waitFor(async () => {
    const { status, body } = await answerOf(
      client.request({ ':path': '/metrics?name[]=telltale_scrapes_total' }),
    )
    expect(status).toBe(200)
    expect(body).toContain('telltale_scrapes_total{code="499"} 1\n')
  }, soon)
  expect(warned).not.toHaveBeenCalled()
})

test('one server of HTTP/2 over TLS that takes HTTP/1.1 too answers both', async () => {
  const registry = orders()
  const tls = { cert: readFileSync(certificateFile('server')), key: readFileSync(keyFile('server')) }
  const server = createSecureServer({ ...tls, allowHTTP1: true }, listener(registry, {})).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const client = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false })
  onTestFinished(() => {
    client.destroy()
    server.close()
  })
  expect((await answerOf(client.request({ ':path': '/metrics' }))).body).toContain('a_total 2\n')
  const req = request({
    host: '127.0.0.1',
    port,
    path: '/metrics',
    rejectUnauthorized: false,
    agent: false,
  }).end()
  const [res] = await once(req, 'response')
  expect(await text(res)).toMatch(/^telltale_scrapes_total\{code="200"\} 1$/m)
})

test('Fastify over HTTP/2 has the routes', async () => {
  const app = fastify({ http2: true })
  app.register(metricsRoutes, { registry: orders() })
  const client = connect(await app.listen({ port: 0, host: '127.0.0.1' }))
  onTestFinished(async () => {
    client.destroy()
    await app.close()
  })
  expect(await answerOf(client.request({ ':path': '/metrics' }))).toMatchObject({ status: 200 })
  expect((await answerOf(client.request({ ':path': '/metrics/a_total' }))).status).toBe(200)
})
