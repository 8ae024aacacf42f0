import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runCommand, until } from '@telltale/cli'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePorts } from '../support/free-ports.js'
import { buildCommand, RunningProgram, root, telltale } from './init/command-run.js'

// What telltale init writes for frameworks other than Express, in applications with the real ones. They come from the
// npm registry while the test runs, through npm's cache: about a quarter of a minute, and at most three.

const execute = promisify(execFile)
const INSTALL_MS = 180_000

const packages = {
  express4: 'npm:express@4.22.0',
  '@nestjs/common': '11.2.10',
  '@nestjs/core': '11.2.10',
  '@nestjs/platform-express': '11.2.10',
  'reflect-metadata': '0.2.2',
  rxjs: '7.8.2',
  fastify: '5.12.8',
  fastify4: 'npm:fastify@4.29.1',
  koa: '3.3.0',
  '@koa/router': '15.7.0',
  hono: '4.13.19',
  '@hono/node-server': '2.1.8',
}

let scratch = ''

beforeAll(async () => {
  await buildCommand()
  scratch = await mkdtemp(join(tmpdir(), 'telltale-frameworks-'))
  await writeFile(join(scratch, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await execute('npm', ['install', ...flags], { cwd: scratch, timeout: INSTALL_MS })
  for (const name of ['telltale', '@types']) {
    await rm(join(scratch, 'node_modules', name), { recursive: true, force: true })
    await symlink(join(root, 'node_modules', name), join(scratch, 'node_modules', name))
  }
}, INSTALL_MS + 60_000)

afterAll(() => rm(scratch, { recursive: true, force: true }))

interface Example {
  readonly dependencies: Readonly<Record<string, string>>
  /** The application, with what `telltale init` says is left to do. */
  readonly program: string
  readonly advice: string
  readonly route: string
}

const port = 'Number(process.env.PORT)'

const examples: Readonly<Record<string, Example>> = {
  'Express 4': {
    dependencies: { express: '^4.22.0' },
    program: `import express from 'express4'
const app = express()
const users = express.Router()
users.get('/:id', (req, res) => { res.json({ id: req.params.id }) })
app.use('/users', users)
app.listen(${port})
`,
    advice: 'collectErrorMetrics()',
    route: '/users/:id',
  },
  // Decorators are calls: what a compiler makes of them.
  NestJS: {
    dependencies: { '@nestjs/core': packages['@nestjs/core'] },
    program: `import 'reflect-metadata'
import { Controller, Get, Module, Param } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
class Users {
  one(id) { return { id } }
}
Param('id')(Users.prototype, 'one', 0)
Get(':id')(Users.prototype, 'one', Object.getOwnPropertyDescriptor(Users.prototype, 'one'))
Controller('users')(Users)
class Shop {}
Module({ controllers: [Users] })(Shop)
const app = await NestFactory.create(Shop, { logger: false })
await app.listen(${port})
`,
    advice: '',
    route: '/users/:id',
  },
  'Fastify 5': {
    dependencies: { fastify: packages.fastify },
    program: `import Fastify from 'fastify'
const app = Fastify()
app.get('/users/:id', async (request) => ({ id: request.params.id }))
await app.listen({ port: ${port} })
`,
    advice: '',
    route: '/users/:id',
  },
  'Fastify 4': {
    dependencies: { fastify: '^4.29.1' },
    program: `import Fastify from 'fastify4'
const app = Fastify()
app.get('/users/:id', async (request) => ({ id: request.params.id }))
await app.listen({ port: ${port} })
`,
    advice: '',
    route: '/users/:id',
  },
  Koa: {
    dependencies: { koa: packages.koa },
    program: `import Koa from 'koa'
import { Router } from '@koa/router'
import { noteRoute } from './telltale.js'
const app = new Koa()
const router = new Router({ prefix: '/users' })
router.get('/:id', (ctx) => { ctx.body = { id: ctx.params.id } })
app.use(noteRoute)
app.use(router.routes())
app.listen(${port})
`,
    advice: 'app.use(noteRoute)',
    route: '/users/:id',
  },
  Hono: {
    dependencies: { hono: packages.hono },
    program: `import { Hono } from 'hono'
import { serve } from '@hono/node-server'
import { noteRoute } from './telltale.js'
const app = new Hono()
app.use(noteRoute)
app.get('/users/:id', (c) => c.json({ id: c.req.param('id') }))
serve({ fetch: app.fetch, port: ${port} })
`,
    advice: 'app.use(noteRoute)',
    route: '/users/:id',
  },
  'node:http': {
    dependencies: {},
    program: `import { createServer } from 'node:http'
createServer((req, res) => {
  if (req.url.startsWith('/nothing')) res.statusCode = 404
  res.end('{"id":"7"}')
}).listen(${port})
`,
    advice: 'name yours in telltale.js',
    route: 'unmatched',
  },
}

async function makeProject(name: string, example: Example): Promise<string> {
  const directory = join(scratch, name.replace(/\W+/g, '-'))
  await mkdir(directory)
  const manifest = { name: 'example', type: 'module', dependencies: example.dependencies }
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(directory, 'server.js'), example.program)
  return directory
}

describe.each(Object.entries(examples))('an application with %s', (name, example) => {
  test('shows its routes as patterns after telltale init', async () => {
    const directory = await makeProject(name, example)
    const made = await telltale(directory, ['init', '--yes', '--language', 'en'])
    expect(made.code, made.tail.join('\n')).toBe(0)
    expect(made.stdout).toContain(example.advice)
    const [appPort, metricsPort] = await freePorts(2)
    const env = { PORT: `${appPort}`, METRICS_PORT: `${metricsPort}` }
    const program = new RunningProgram(directory, ['server.js'], env)
    try {
      await program.says('Metrics: ')
      const get = (path: string) => fetch(`http://localhost:${appPort}${path}`)
      const answer = await until(() => get('/users/7').catch(() => undefined), {
        what: 'an answer',
        within: 30_000,
      })
      expect(await answer.json()).toEqual({ id: '7' })
      expect((await get('/nothing/here')).status).toBe(404)
      const wanted = [
        `http_requests_total{method="GET",route="${example.route}",status_code="200"} 1`,
        'http_requests_total{method="GET",route="unmatched",status_code="404"} 1',
      ]
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
      for (const line of wanted) expect(metrics).toContain(line)
    } finally {
      await program.stop('SIGTERM')
    }
  })
})

test.each([
  ['Express', { express: '^5.0.0' }],
  ['Fastify 5', { fastify: '^5.0.0' }],
  ['Fastify 4', { fastify: '^4.0.0' }],
  ['Koa', { koa: '^3.0.0' }],
  ['Hono', { hono: '^4.8.0' }],
  ['node:http', {}],
])('in TypeScript the instrumentation for %s has no fault under strict', async (name, dependencies) => {
  const directory = join(scratch, `typed-${name.replace(/\W+/g, '-')}`)
  await mkdir(directory)
  const manifest = { name: 'example', type: 'module', dependencies }
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(directory, 'main.ts'), 'export {}\n')
  const compilerOptions = {
    ...{ module: 'nodenext', target: 'es2022', strict: true, noUnusedLocals: true, noUnusedParameters: true },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, types: ['node'] },
    skipLibCheck: true,
  }
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  await telltale(directory, ['init', '--yes', '--environment', 'production'])
  const tsc = await runCommand(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-p',
    directory,
  ])
  expect(tsc.stdout).toBe('')
  expect(tsc.code).toBe(0)
})
