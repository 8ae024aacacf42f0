import type { ErrorRequestHandler, Express, RequestHandler } from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expressVersions, watching } from './express-versions.js'
import { Records, type Sending, WatchedServer } from './watched-server.js'

const answer: RequestHandler = (_req, res) => {
  res.end('ok')
}
const fail: RequestHandler = () => {
  throw new Error('on purpose')
}

describe.each(expressVersions)('$name: an answer that is not a success', ({ express, generation }) => {
  let app: Express
  let records: Records
  let server: WatchedServer | undefined

  beforeEach(() => {
    records = new Records()
    app = express()
    app.set('env', 'test')
    app.use(watching(records))
  })

  afterEach(async () => {
    await server?.stop()
    server = undefined
  })

  /** Method, route and status of the record of one request. */
  const record = async (path: string, sending?: Sending): Promise<[string, string, number]> => {
    server ??= await WatchedServer.start(app)
    const before = records.all.length
    await server.send(path, sending)
    const [last] = (await records.first(before + 1)).slice(before)
    return [last!.method, last!.route, last!.statusCode]
  }

  it('is counted as one unmatched series for a scanner that tries many paths', async () => {
    app.get('/users/:id', answer)
    for (let at = 0; at < 50; at += 1) {
      expect(await record(`/wp-${at}/.env`)).toEqual(['GET', 'unmatched', 404])
    }
  })

  it('is unmatched for a method that the path does not have', async () => {
    app.get('/users/:id', answer)
    expect(await record('/users/1', { method: 'DELETE' })).toEqual(['DELETE', 'unmatched', 404])
  })

  it('is unmatched for the automatic OPTIONS reply', async () => {
    app.get('/users/:id', answer)
    expect(await record('/users/1', { method: 'OPTIONS' })).toEqual(['OPTIONS', 'unmatched', 200])
  })

  it('has the route of GET for HEAD', async () => {
    app.use('/o/:org', express.Router().get('/users/:id', answer))
    expect(await record('/o/1/users/1', { method: 'HEAD' })).toEqual(['HEAD', '/o/:org/users/:id', 200])
  })

  it('folds an uncommon method into OTHER', async () => {
    expect(await record('/users/1', { method: 'PROPFIND' })).toEqual(['OTHER', 'unmatched', 404])
  })

  it('keeps the route of the last handler that passed the request on to a 404', async () => {
    app.use(
      '/a/:a',
      express.Router().get('/:rest', (_req, _res, next) => next()),
    )
    app.get('/:first/:second/', (_req, _res, next) => next())
    expect(await record('/a/1')).toEqual(['GET', '/:first/:second/', 404])
    expect(await record('/a/1/x')).toEqual(['GET', '/a/:a/:rest', 404])
  })

  it('has the full pattern when a nested handler throws, calls next(error) or answers an error', async () => {
    const inner = express.Router()
    inner.get('/throws/:id', fail)
    inner.get('/passes/:id', (_req, _res, next) => next(new Error('on purpose')))
    inner.get('/sends/:id', (_req, res) => {
      res.status(503).end()
    })
    app.use('/orgs/:org', express.Router().use('/in', inner))
    const quiet: ErrorRequestHandler = (_error, _req, res, _next) => {
      res.status(500).end()
    }
    app.use(quiet)
    expect(await record('/orgs/7/in/throws/1')).toEqual(['GET', '/orgs/:org/in/throws/:id', 500])
    expect(await record('/orgs/7/in/passes/1')).toEqual(['GET', '/orgs/:org/in/passes/:id', 500])
    expect(await record('/orgs/7/in/sends/1')).toEqual(['GET', '/orgs/:org/in/sends/:id', 503])
  })

  it('has the full pattern without any error handler, and with one that fails itself', async () => {
    app.use('/orgs/:org', express.Router().get('/boom', fail))
    expect(await record('/orgs/7/boom')).toEqual(['GET', '/orgs/:org/boom', 500])
    const failing: ErrorRequestHandler = (_error, _req, _res, _next) => {
      throw new Error('again')
    }
    app.use(failing)
    expect(await record('/orgs/7/boom')).toEqual(['GET', '/orgs/:org/boom', 500])
  })

  // Express 4 does not look at what a handler returns: the request of a rejected promise never ends.
  if (generation === 5) {
    it('has the full pattern when a handler returns a rejected promise', async () => {
      app.use(
        '/orgs/:org',
        express.Router().get('/boom', () => Promise.reject(new Error('on purpose'))),
      )
      expect(await record('/orgs/7/boom')).toEqual(['GET', '/orgs/:org/boom', 500])
    })
  }

  it('is unmatched when middleware refuses before a route is chosen', async () => {
    app.use('/admin', (_req, res) => {
      res.status(401).end()
    })
    app.get('/admin/:page', answer)
    expect(await record('/admin/secret')).toEqual(['GET', 'unmatched', 401])
  })

  it('has the pattern when a guard of the route or its body parser refuses', async () => {
    const guard: RequestHandler = (_req, res) => {
      res.status(403).end()
    }
    const headers = { 'content-type': 'application/json' }
    app.get('/guarded/:id', guard, answer)
    app.post('/json/:id', express.json({ limit: 20 }), answer)
    expect(await record('/guarded/1')).toEqual(['GET', '/guarded/:id', 403])
    const post = { method: 'POST', headers }
    expect(await record('/json/1', { ...post, body: '{' })).toEqual(['POST', '/json/:id', 400])
    expect(await record('/json/1', { ...post, body: `"${'x'.repeat(30)}"` })).toEqual([
      'POST',
      '/json/:id',
      413,
    ])
  })

  it('is unmatched for a parameter that cannot be decoded', async () => {
    app.get('/users/:id', answer)
    expect(await record('/users/%E0%A4%A')).toEqual(['GET', 'unmatched', 400])
  })

  it('is recorded once when the watcher is installed twice, and for each application separately', async () => {
    app.use(watching(records))
    app.get('/users/:id', answer)
    const others = new Records()
    const other = express()
    other.use(watching(others))
    other.get('/orders/:id', answer)
    const second = await WatchedServer.start(other)
    expect(await record('/users/1')).toEqual(['GET', '/users/:id', 200])
    await second.send('/orders/1')
    await others.first(1)
    expect(await record('/users/2')).toEqual(['GET', '/users/:id', 200])
    expect(records.all).toHaveLength(2)
    expect(others.all.map(({ route }) => route)).toEqual(['/orders/:id'])
    await second.stop()
  })
})
