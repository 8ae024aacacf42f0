import { once } from 'node:events'
import { connect as connectHTTP2 } from 'node:http2'
import { getRequestListener } from '@hono/node-server'
import { Router } from '@koa/router'
import fastify5 from 'fastify'
import fastify4 from 'fastify4'
import { Hono } from 'hono'
import Koa from 'koa'
import mount from 'koa-mount'
import { afterEach, expect, test, vi } from 'vitest'
import { httpMetrics as expressMetrics } from '../../src/express.js'
import { httpMetrics as fastifyMetrics } from '../../src/fastify.js'
import { httpMetrics as honoMetrics } from '../../src/hono.js'
import { httpMetrics as serverMetrics } from '../../src/http.js'
import { Registry } from '../../src/index.js'
import { httpMetrics as koaMetrics } from '../../src/koa.js'
import { countedAfter, send } from './counted.js'
import { listen } from './express-host.js'

const ok: Koa.Middleware = (ctx) => {
  ctx.body = 'ok'
}

afterEach(() => {
  vi.restoreAllMocks()
})

const lines = async (registry: Registry, requests: number) =>
  Object.fromEntries(await countedAfter(registry, requests))

test.each([
  ['Fastify 5', fastify5],
  ['Fastify 4', fastify4],
] as const)('%s: app.inject() is counted as a request is', async (_name, fastify) => {
  const registry = new Registry()
  const app = (fastify as typeof fastify5)()
  app.register(fastifyMetrics, { registry })
  app.get('/users/:id', async () => 'ok')
  expect((await app.inject('/users/1')).statusCode).toBe(200)
  expect((await app.inject('/missing')).statusCode).toBe(404)
  expect(await lines(registry, 2)).toEqual({ 'GET /users/:id 200': 1, 'GET unmatched 404': 1 })
  await app.close()
})

test('Fastify over HTTP/2: requests are counted, aborted ones as such', async () => {
  const registry = new Registry()
  const app = fastify5({ http2: true })
  app.register(fastifyMetrics, { registry })
  app.get('/users/:id', async () => 'ok')
  app.get('/hangs/:id', () => {})
  const client = connectHTTP2(await app.listen({ port: 0, host: '127.0.0.1' }))
  const answered = client.request({ ':path': '/users/1' }).resume()
  await once(answered, 'close')
  expect(await lines(registry, 1)).toEqual({ 'GET /users/:id 200': 1 })
  const arrived = once(app.server, 'request')
  const hanging = client.request({ ':path': '/hangs/1' })
  await arrived
  hanging.close()
  expect(await lines(registry, 2)).toEqual({ 'GET /users/:id 200': 1, 'GET /hangs/:id 499': 1 })
  client.close()
  await app.close()
})

test('Fastify: what is registered twice counts once and warns once', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const registry = new Registry()
  const app = fastify5()
  app.register(fastifyMetrics, { registry })
  app.register(fastifyMetrics, { registry })
  app.get('/users/:id', async () => 'ok')
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  for (const id of [1, 2]) await send(Number(new URL(url).port), `/users/${id}`)
  expect(await lines(registry, 2)).toEqual({ 'GET /users/:id 200': 2 })
  const told = warn.mock.calls.filter(([message]) => String(message).includes('installed twice'))
  expect(told).toHaveLength(1)
  await app.close()
})

test('Fastify: a 404 handler of a plugin is unmatched, and hooks of a plugin refuse with the pattern', async () => {
  const registry = new Registry()
  const app = fastify5()
  app.register(fastifyMetrics, { registry })
  app.register(
    async (admin) => {
      admin.addHook('onRequest', async (_request, reply) => reply.code(401).send('no'))
      admin.get('/users/:id', async () => 'ok')
      admin.setNotFoundHandler((_request, reply) => reply.code(404).send('none'))
    },
    { prefix: '/admin' },
  )
  await app.inject('/admin/users/1')
  await app.inject('/admin/secret')
  const seen = await lines(registry, 2)
  expect(Object.keys(seen).sort()).toEqual(['GET /admin/users/:id 401', 'GET unmatched 401'])
  await app.close()
})

test('Koa: a mount that passed the request on is no prefix of the route that took it', async () => {
  const registry = new Registry()
  const app = new Koa()
  app.use(koaMetrics({ registry }))
  app.use(mount('/api', (_ctx, next) => next()))
  app.use(mount('/api', new Koa().use(new Router().get('/v/:id', ok).routes())))
  app.use(new Router().get('/api/w/:id', ok).routes())
  const running = await listen(app.callback())
  for (const path of ['/api/v/1', '/api/w/1']) await send(running.port, path)
  expect(await lines(registry, 2)).toEqual({ 'GET /api/v/:id 200': 1, 'GET /api/w/:id 200': 1 })
  await running.stop()
})

test('Koa: inside of a mounted application the first request has the prefix, too', async () => {
  const registry = new Registry()
  const inner = new Koa()
  inner.use(koaMetrics({ registry }))
  inner.use(new Router().get('/v/:id', ok).routes())
  const running = await listen(new Koa().use(mount('/api', inner)).callback())
  for (const path of ['/api/v/1', '/api/v/2']) await send(running.port, path)
  expect(await lines(registry, 2)).toEqual({ 'GET /api/v/:id 200': 2 })
  await running.stop()
})

test('Koa: a path that a middleware rewrites never becomes a part of the route', async () => {
  const registry = new Registry()
  const app = new Koa()
  app.use(koaMetrics({ registry }))
  app.use((ctx, next) => {
    ctx.path = ctx.path.replace('/tenant-7', '')
    return next()
  })
  app.use(new Router().get('/v/:id', ok).routes())
  const running = await listen(app.callback())
  await send(running.port, '/tenant-7/v/1')
  expect(await lines(registry, 1)).toEqual({ 'GET /v/:id 200': 1 })
  await running.stop()
})

test('Hono: a middleware that refuses shows the route behind it, never its own pattern', async () => {
  const registry = new Registry()
  const app = new Hono()
  app.use(honoMetrics({ registry }))
  app.use('/auth/*', async (c, _next) => c.text('no', 401))
  app.get('/auth/x/:id', (c) => c.text('ok'))
  app.get('/late/:id', (c, _next) => c.text('ok'))
  const running = await listen(getRequestListener(app.fetch))
  for (const path of ['/auth/x/1', '/auth/y', '/late/1']) await send(running.port, path)
  expect(await lines(registry, 3)).toEqual({
    'GET /auth/x/:id 401': 1,
    'GET unmatched 401': 1,
    'GET /late/:id 200': 1,
  })
  await running.stop()
})

test('Hono: without a request of Node.js the application answers, and one warning says what is missing', async () => {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const app = new Hono()
  app.use(honoMetrics({ registry: new Registry() }))
  app.get('/users/:id', (c) => c.text('ok'))
  for (const id of [1, 2]) expect(await (await app.request(`/users/${id}`)).text()).toBe('ok')
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining('@hono/node-server'),
    expect.objectContaining({ code: 'TELLTALE_ROUTE' }),
  )
})

test('node:http: a server that listens already is counted, until it is stopped', async () => {
  const registry = new Registry()
  const running = await listen((_req, res) => void res.end('ok'))
  const others = new Registry()
  const measured = expressMetrics({ registry: others })
  const second = await listen((req, res) => measured(req, res, () => res.end('ok')))
  const recorded = serverMetrics(running.server, { registry })
  await send(running.port, '/')
  await send(second.port, '/')
  recorded.stop()
  recorded.stop()
  await send(running.port, '/')
  await send(second.port, '/')
  await countedAfter(others, 2)
  expect(await lines(registry, 1)).toEqual({ 'GET unmatched 200': 1 })
  await running.stop()
  await second.stop()
})
