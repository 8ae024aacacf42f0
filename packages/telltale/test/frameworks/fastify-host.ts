import fastify5 from 'fastify'
import fastify4 from 'fastify4'
import { httpMetrics } from '../../src/fastify.js'
import type { Answer, Host, Running } from './contract.js'

const sameInBoth: Host['deviations'] = {
  'a level that is mounted on / adds nothing': { counted: ['GET /a/b/:c 200'] },
  'of several paths it is the one that matched': { leftOut: 'A route of Fastify has one path.' },
  'a regular expression is its text': { leftOut: 'Fastify has no routes by regular expression.' },
  'a mounted foreign application has the prefix or one constant': {
    leftOut:
      'Fastify mounts plugins, which the other cases have; other applications need a plugin of their own.',
  },
  'a request that a handler passed on keeps its pattern': { leftOut: 'A handler of Fastify cannot pass on.' },
}

/** The application of the contract in Fastify 4 and 5. */
export const fastifyHosts: readonly Host[] = [
  { name: 'Fastify 5', base: '', deviations: sameInBoth, serve: (options, life) => serve5(options, life) },
  { name: 'Fastify 4', base: '', deviations: sameInBoth, serve: (options, life) => serve4(options, life) },
]

type Options = Parameters<typeof httpMetrics>[1]

function serve5(options: Options, life: Answer): Promise<Running> {
  const app = fastify5({ forceCloseConnections: true })
  app.register(httpMetrics, options)
  return started(app as unknown as App, life)
}

function serve4(options: Options, life: Answer): Promise<Running> {
  const app = fastify4({ forceCloseConnections: true })
  app.register(httpMetrics, options)
  return started(app as unknown as App, life)
}

/** What both versions have. */
type Handler = (
  request: { url: string },
  reply: { code(status: number): { send(body: string): void } },
) => unknown
interface App {
  get(path: string, handler: Handler): void
  get(path: string, options: { onRequest: Handler }, handler: Handler): void
  post(path: string, handler: Handler): void
  all(path: string, handler: Handler): void
  register(plugin: (app: App) => Promise<void>, options?: { prefix: string }): void
  listen(options: { port: number; host: string }): Promise<string>
  close(): Promise<unknown>
}

async function started(app: App, life: Answer): Promise<Running> {
  const ok: Handler = async () => 'ok'
  app.get('/users/:id', ok)
  app.register(
    async (org) => {
      org.get('/items/:id', ok)
      org.get('/throws/:id', () => {
        throw new Error('on purpose')
      })
      org.get('/rejects/:id', () => Promise.reject(new Error('on purpose')))
    },
    { prefix: '/orgs/:org' },
  )
  app.register(async (outer) => outer.register(async (inner) => inner.get('/b/:c', ok), { prefix: '/' }), {
    prefix: '/a',
  })
  const shared = async (inner: App) => inner.get('/x/:id', ok)
  app.register(shared, { prefix: '/first/:a' })
  app.register(shared, { prefix: '/second' })
  app.get('/fall/*', ok)
  app.get('/opt/:id?', ok)
  app.all('/every/:id', ok)
  app.get('/guarded/:id', { onRequest: async (_request, reply) => reply.code(403).send('no') }, ok)
  app.post('/json/:id', ok)
  app.all('/life/:case', async (request) => await life(request.url))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: Number(new URL(url).port), stop: async () => void (await app.close()) }
}
