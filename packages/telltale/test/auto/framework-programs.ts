/** How a program gets its packages. */
export type ModuleSystem = 'ESM' | 'CommonJS'

/**
 * An application with `/users/:id`, which answers, `/fails/:id`, which throws, and `/waits/:id`, which says so and never
 * answers. It says on which port it listens.
 */
export interface FrameworkProgram {
  readonly framework: string
  /** Whether the framework says its routes to a process that does not touch it. */
  readonly tellsRoutes: boolean
  /** Statements, with `load(package)`; `own` is where the framework's own entry of Telltale goes. */
  body(own: string): string
  /** The statement that uses this entry. */
  readonly own: string
}

const answers = `
  const answers = {
    users: () => 'ok',
    fails() { throw new Error('on purpose') },
    waits() { console.log('waiting'); return new Promise(() => {}) },
  }`
const say = `(server) => console.log('port ' + server.address().port)`

function nest(platform: string, adapter: string): FrameworkProgram {
  return {
    framework: `NestJS on ${platform}`,
    tellsRoutes: true,
    own: `void (await load('telltale/nest')).httpMetrics(app)`,
    body: (own) => `
      await load('reflect-metadata')
      const { Controller, Get, Module } = await load('@nestjs/common')
      const { NestFactory } = await load('@nestjs/core')
      const { ${adapter} } = await load('@nestjs/platform-${platform.toLowerCase()}')
      class Things {}
      for (const [name, answer] of Object.entries(answers)) {
        Things.prototype[name] = answer
        const method = Object.getOwnPropertyDescriptor(Things.prototype, name)
        Get(name + '/:id')(Things.prototype, name, method)
      }
      Controller()(Things)
      class Application {}
      Module({ controllers: [Things] })(Application)
      const app = await NestFactory.create(Application, new ${adapter}(), { logger: false })
      ${own}
      await app.listen(0)
      say(app.getHttpServer())`,
  }
}

export const frameworkPrograms: readonly FrameworkProgram[] = [
  {
    framework: 'Express',
    tellsRoutes: true,
    own: `app.use((await load('telltale/express')).httpMetrics())`,
    body: (own) => `
      const app = (await load('express')).default()
      ${own}
      for (const [name, answer] of Object.entries(answers)) {
        app.get('/' + name + '/:id', async (req, res) => res.send(await answer()))
      }
      const server = app.listen(0, () => say(server))`,
  },
  {
    framework: 'Fastify',
    tellsRoutes: true,
    own: `app.register((await load('telltale/fastify')).httpMetrics)`,
    body: (own) => `
      const app = (await load('fastify')).default()
      ${own}
      for (const [name, answer] of Object.entries(answers)) app.get('/' + name + '/:id', async () => await answer())
      await app.listen({ port: 0 })
      say(app.server)`,
  },
  nest('Express', 'ExpressAdapter'),
  nest('Fastify', 'FastifyAdapter'),
  {
    framework: 'Koa',
    tellsRoutes: false,
    own: `app.use((await load('telltale/koa')).httpMetrics())`,
    body: (own) => `
      const app = new (await load('koa')).default()
      const router = new (await load('@koa/router')).Router()
      ${own}
      for (const [name, answer] of Object.entries(answers)) {
        router.get('/' + name + '/:id', async (ctx) => { ctx.body = await answer() })
      }
      app.use(router.routes()).use(router.allowedMethods())
      const server = app.listen(0, () => say(server))`,
  },
  {
    framework: 'Hono',
    tellsRoutes: false,
    own: `app.use((await load('telltale/hono')).httpMetrics())`,
    body: (own) => `
      const app = new (await load('hono')).Hono()
      const { serve } = await load('@hono/node-server')
      ${own}
      for (const [name, answer] of Object.entries(answers)) {
        app.get('/' + name + '/:id', async (c) => c.text(await answer()))
      }
      const server = serve({ fetch: app.fetch, port: 0 }, () => say(server))`,
  },
]

/** The text of a program, and the name of its file. */
export function written(
  body: string,
  system: ModuleSystem,
): { readonly name: string; readonly text: string } {
  const [name, load] =
    system === 'ESM'
      ? ['app.mjs', '(name) => import(name)']
      : [
          'app.cjs',
          '(name) => { const found = require(name); return found.default ? found : withDefault(found) }',
        ]
  const text = `
    const withDefault = (found) => new Proxy(found, { get: (_, key) => (key === 'default' ? found : found[key]) })
    const load = ${load}
    const say = ${say}
    ${answers}
    async function main() {${body}
    }
    main()`
  return { name, text }
}
