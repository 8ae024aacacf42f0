import 'reflect-metadata'
import middie from '@fastify/middie'
import { getRequestListener } from '@hono/node-server'
import { Router } from '@koa/router'
import { type CanActivate, Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import fastify5 from 'fastify'
import fastify4 from 'fastify4'
import { Hono } from 'hono'
import Koa from 'koa'
import mount from 'koa-mount'
import { afterEach, describe, expect, test } from 'vitest'
import { metricsRoutes as fastifyRoutes } from '../../src/fastify.js'
import { metricsRoutes as honoRoutes } from '../../src/hono.js'
import { Counter, metricsRouter, Registry } from '../../src/index.js'
import { metricsRoutes as koaRoutes } from '../../src/koa.js'
import { metricsRoutes as nestRoutes } from '../../src/nest.js'
import type { Running } from './contract.js'
import { listen } from './express-host.js'

interface Mounting {
  readonly name: string
  readonly at: string
  serve(registry: Registry): Promise<Running>
}

async function onFastify(app: {
  listen(options: { port: number; host: string }): Promise<string>
  close(): unknown
}): Promise<Running> {
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: Number(new URL(url).port), stop: async () => void (await app.close()) }
}

async function onNest(registry: Registry, adapter: ExpressAdapter | FastifyAdapter): Promise<Running> {
  class Users {}
  Controller('users')(Users)
  Get()(Users.prototype, 'constructor', { value: () => 'ok' })
  class Application {}
  Module({ controllers: [Users] })(Application)
  const app = await NestFactory.create(Application, adapter, { logger: false })
  app.use(nestRoutes({ registry }))
  const closed: CanActivate = { canActivate: () => false }
  app.useGlobalGuards(closed)
  app.setGlobalPrefix('api')
  await app.listen(0, '127.0.0.1')
  return { port: Number(new URL(await app.getUrl()).port), stop: () => app.close() }
}

const mountings: readonly Mounting[] = [
  {
    name: 'Fastify 5',
    at: '/metrics',
    serve: (registry) => onFastify(fastify5().register(fastifyRoutes, { registry })),
  },
  {
    name: 'Fastify 5 with a prefix',
    at: '/internal/metrics',
    serve: (registry) => onFastify(fastify5().register(fastifyRoutes, { registry, prefix: '/internal' })),
  },
  {
    name: 'Fastify 4 with a path',
    at: '/internal/prom',
    serve: (registry) => onFastify(fastify4().register(fastifyRoutes, { registry, path: '/internal/prom' })),
  },
  {
    name: 'Koa',
    at: '/metrics',
    serve: (registry) => listen(new Koa().use(koaRoutes({ registry })).callback()),
  },
  {
    name: 'Koa under koa-mount',
    at: '/internal/metrics',
    serve: (registry) => listen(new Koa().use(mount('/internal', koaRoutes({ registry }))).callback()),
  },
  {
    name: 'Fastify 5 with a prefix that is the whole path',
    at: '/internal/prom',
    serve: (registry) =>
      onFastify(fastify5().register(fastifyRoutes, { registry, prefix: '/internal/prom', path: '/' })),
  },
  {
    name: 'Fastify 5 with Express middleware under /metrics',
    at: '/metrics',
    serve: async (registry) => {
      const app = fastify5()
      await app.register(middie)
      return onFastify(app.use('/metrics', metricsRouter({ registry })))
    },
  },
  {
    name: 'Koa with koa-mount under /metrics',
    at: '/metrics',
    serve: (registry) => listen(new Koa().use(mount('/metrics', koaRoutes({ registry }))).callback()),
  },
  {
    name: 'Koa with the prefix of a router',
    at: '/internal/metrics',
    serve: (registry) => {
      const router = new Router({ prefix: '/internal' })
      const routes = koaRoutes({ registry, path: '/internal/metrics' })
      router.all('/metrics', routes).all('/metrics/*page', routes)
      return listen(new Koa().use(router.routes()).callback())
    },
  },
  {
    name: 'Hono',
    at: '/metrics',
    serve: (registry) => {
      const routes = honoRoutes({ registry })
      return listen(getRequestListener(new Hono().all('/metrics/*', (c) => routes(c.req.raw)).fetch))
    },
  },
  {
    name: 'NestJS on Express, with a guard that lets nobody in',
    at: '/metrics',
    serve: (registry) => onNest(registry, new ExpressAdapter()),
  },
  {
    name: 'NestJS on Fastify, with a guard that lets nobody in',
    at: '/metrics',
    serve: (registry) => onNest(registry, new FastifyAdapter()),
  },
]

describe.each(mountings)('$name: the metrics routes', ({ at, serve }) => {
  let running: Running

  afterEach(() => running.stop())

  test('answer a scrape, say that they are healthy, and leave the other addresses alone', async () => {
    const registry = new Registry()
    new Counter({ name: 'orders_total', help: 'Orders.', registry }).inc(3)
    running = await serve(registry)
    const get = (path: string) => fetch(`http://127.0.0.1:${running.port}${path}`)
    const scrape = await get(at)
    expect(scrape.headers.get('content-type')).toContain('text/plain')
    expect(await scrape.text()).toContain('\norders_total 3\n')
    expect((await get(`${at}/health`)).status).toBe(200)
    expect((await get(`${at}/orders_total`)).status).toBe(200)
    for (const path of [`${at}/a/b`, '/elsewhere']) expect((await get(path)).status).toBe(404)
  })
})
