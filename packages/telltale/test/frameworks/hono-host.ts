import { Readable } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { httpMetrics } from '../../src/hono.js'
import type { Answer, Host } from './contract.js'
import { listen } from './express-host.js'

/** The application of the contract in Hono. */
export const honoHost: Host = {
  name: 'Hono on @hono/node-server',
  base: '',
  deviations: {
    'a regular expression is its text': { leftOut: 'Hono has no routes by regular expression.' },
    'a mounted foreign application has the prefix or one constant': { counted: ['GET /foreign/* 200'] },
    'an uncommon method is OTHER': { counted: ['OTHER unmatched 404'] },
    'a body that is no JSON has the pattern': { counted: ['POST /json/:id 400'] },
    'a path that cannot be decoded is unmatched': {
      leftOut: 'Hono decodes what it can and takes the rest as it is: the request is an ordinary one.',
    },
  },
  endsBroken: '@hono/node-server ends the response with a line about the error.',
  serve: (options, life) => listen(getRequestListener(application(options, life).fetch)),
}

function application(options: Parameters<typeof httpMetrics>[0], life: Answer): Hono {
  const app = new Hono()
  app.use(httpMetrics(options))
  app.use('/orgs/*', (_c, next) => next())
  app.use('/guarded/*', () => {
    throw new HTTPException(403)
  })
  app.get('/users/:id', (c) => c.text('ok'))
  const org = new Hono()
  // Wraps each handler of the mounted application into one that takes `next`.
  org.onError((_error, c) => c.text('failed', 500))
  org.get('/items/:id', (c) => c.text('ok'))
  org.get('/throws/:id', () => {
    throw new Error('on purpose')
  })
  org.get('/rejects/:id', () => Promise.reject(new Error('on purpose')))
  app.route('/orgs/:org', org)
  app.route(
    '/a/',
    new Hono().route(
      '/',
      new Hono().get('/b/:c', (c) => c.text('ok')),
    ),
  )
  const shared = new Hono().get('/x/:id', (c) => c.text('ok'))
  app.route('/first/:a', shared)
  app.route('/second', shared)
  app.on('GET', ['/one/:i', '/two/:i'], (c) => c.text('ok'))
  app.get('/fall/*', (c) => c.text('ok'))
  app.get('/opt/:id?', (c) => c.text('ok'))
  app.all('/every/:id', (c) => c.text('ok'))
  app.mount('/foreign', () => new Response('ok'))
  app.get('/guarded/:id', (c) => c.text('ok'))
  app.get('/passes/:id', (_c, next) => next())
  app.post('/json/:id', async (c) =>
    c.json(
      await c.req.json().catch(() => {
        throw new HTTPException(400)
      }),
    ),
  )
  app.all('/life/:case', async (c) => {
    const answer = await life(c.req.url)
    return typeof answer === 'string'
      ? c.text(answer)
      : new Response(Readable.toWeb(answer) as ReadableStream)
  })
  return app
}
