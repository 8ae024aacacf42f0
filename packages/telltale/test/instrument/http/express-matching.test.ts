import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Express, IRouter, RequestHandler } from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expressVersions, watching } from './express-versions.js'
import { Records, WatchedServer } from './watched-server.js'

const answer: RequestHandler = (_req, res) => {
  res.end('ok')
}
const pass: RequestHandler = (_req, _res, next) => next()

describe.each(expressVersions)('$name: the route label', (version) => {
  const { express, wildcard, optional, generation, keepsMountPath } = version
  let app: Express
  let records: Records
  let server: WatchedServer | undefined

  beforeEach(() => {
    records = new Records()
    app = express()
    app.use(watching(records))
  })

  afterEach(async () => {
    await server?.stop()
    server = undefined
  })

  const router = (...routes: readonly (string | RegExp | string[])[]): IRouter => {
    const made = express.Router()
    for (const path of routes) made.get(path, answer)
    return made
  }

  /** The label of each path, requested one after the other. */
  const labels = async (...paths: readonly string[]): Promise<string[]> => {
    server ??= await WatchedServer.start(app)
    const before = records.all.length
    for (const [at, path] of paths.entries()) {
      await server.send(path)
      await records.first(before + at + 1)
    }
    return records.all.slice(before).map(({ route }) => route)
  }

  it('is one for all values of a parameter', async () => {
    app.get('/users/:id', answer)
    expect(await labels('/users/alice', '/users/bob')).toEqual(['/users/:id', '/users/:id'])
  })

  it('names the parameters of what the router is mounted on', async () => {
    app.use('/api/v1/orgs/:org', router('/items/:id'))
    expect(await labels('/api/v1/orgs/7/items/1', '/api/v1/orgs/acme/items/2')).toEqual([
      '/api/v1/orgs/:org/items/:id',
      '/api/v1/orgs/:org/items/:id',
    ])
  })

  it('tells a parameter from fixed text with the same value', async () => {
    app.use('/orgs/:org/orgs', express.Router().use('/:unit', router('/:id')))
    expect(await labels('/orgs/orgs/orgs/orgs/orgs', '/orgs/7/orgs/7/7')).toEqual([
      '/orgs/:org/orgs/:unit/:id',
      '/orgs/:org/orgs/:unit/:id',
    ])
  })

  it('finds parameters that share a segment with text or with each other', async () => {
    app.use('/v:version/:from-:to', router('/x'))
    expect(await labels('/v1/1-2/x', '/v2/a-b/x')).toEqual([
      '/v:version/:from-:to/x',
      '/v:version/:from-:to/x',
    ])
  })

  it('joins three levels, of which the one on / adds nothing', async () => {
    const middle = express.Router()
    middle.use('/', router('/c/:c'))
    const outer = express.Router()
    outer.use('/b/', middle)
    app.use('/a/', outer)
    expect(await labels('/a/b/c/1')).toEqual(['/a/b/c/:c'])
  })

  it('is the mounting path for the root route of a mounted router', async () => {
    app.get('/', answer)
    app.use('/users', router('/'))
    expect(await labels('/', '/users', '/users/')).toEqual(['/', '/users', '/users'])
  })

  it('keeps the prefix with middleware around the route at every level', async () => {
    const inner = express.Router()
    inner.use(pass)
    inner.get('/items/:id', pass, answer)
    inner.use(pass)
    app.use(pass)
    app.use('/api', pass, inner, pass)
    app.use(pass)
    expect(await labels('/api/items/1')).toEqual(['/api/items/:id'])
  })

  it('is right for a router used as middleware without a path', async () => {
    app.use(router('/plain/:id'))
    expect(await labels('/plain/1')).toEqual(['/plain/:id'])
  })

  it('shows for a router mounted twice the prefix of each request', async () => {
    const shared = router('/x/:id')
    app.use('/first/:a', shared)
    app.use('/second', shared)
    expect(await labels('/second/x/1', '/first/9/x/1', '/second/x/2')).toEqual([
      '/second/x/:id',
      '/first/:a/x/:id',
      '/second/x/:id',
    ])
  })

  it('is the member of an array of paths that matched, for routes and for mounts', async () => {
    app.get(['/a/:i', '/b/:i'], answer)
    app.use(['/m/:x', '/n'], router(['/c', '/d/:j']))
    expect(await labels('/b/1', '/a/1', '/m/5/d/2', '/n/c')).toEqual(['/b/:i', '/a/:i', '/m/:x/d/:j', '/n/c'])
  })

  it('is the text of the expression for a RegExp route', async () => {
    app.get(/^\/fly\d+$/, answer)
    expect(await labels('/fly1', '/fly22')).toEqual(['/^\\/fly\\d+$/', '/^\\/fly\\d+$/'])
  })

  it('never shows the concrete path of a RegExp mount', async () => {
    app.use(/^\/v\d+/, router('/x'))
    const label = keepsMountPath ? '/^\\/v\\d+/x' : '/*/x'
    expect(await labels('/v1/x', '/v2/x')).toEqual([label, label])
  })

  it('is the pattern of a wildcard that answers', async () => {
    app.get(`/fall/${wildcard}`, answer)
    app.use(`/deep/${wildcard}`, router('/'))
    expect(await labels('/fall/a/b/c', '/deep/a/b')).toEqual([`/fall/${wildcard}`, `/deep/${wildcard}`])
  })

  it('is the literal pattern for an optional parameter', async () => {
    app.get(`/opt${optional}`, answer)
    expect(await labels('/opt', '/opt/1')).toEqual([`/opt${optional}`, `/opt${optional}`])
  })

  it('has one bounded value for each shape of an optional parameter in a mount', async () => {
    app.use(`/lang${optional}`, router('/x'))
    const literal = `/lang${optional}/x`
    // `/lang/x` without the parameter is not reached: the parameter takes the `x`.
    expect(await labels('/lang/de/x', '/lang/ko/x')).toEqual(
      keepsMountPath ? [literal, literal] : ['/lang/:id/x', '/lang/:id/x'],
    )
  })

  // path-to-regexp 8, under Express 5, has no parameters with an expression of their own.
  if (generation === 4) {
    it('is the literal pattern for a parameter with an expression', async () => {
      app.get('/rex/:id(\\d+)', answer)
      app.use('/:lang(en|ko)', router('/x'))
      expect(await labels('/rex/12', '/en/x', '/ko/x')).toEqual([
        '/rex/:id(\\d+)',
        '/:lang(en|ko)/x',
        '/:lang(en|ko)/x',
      ])
    })
  }

  it('is the pattern for all() of an application and of a router', async () => {
    app.all('/every/:id', answer)
    app.use('/r', express.Router().all('/every/:id', answer))
    expect(await labels('/every/1', '/r/every/1')).toEqual(['/every/:id', '/r/every/:id'])
  })

  it('is unmatched for static files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'telltale-static-'))
    await writeFile(join(folder, 'secret-name.txt'), 'text')
    app.use('/files', express.static(folder))
    expect(await labels('/files/secret-name.txt', '/files/nothing.txt')).toEqual(['unmatched', 'unmatched'])
    await rm(folder, { recursive: true })
  })

  it('is the same series, or unmatched, however the path is spelt', async () => {
    app.use('/api', express.Router().use('/orgs/:org', router('/items/:id')))
    const plain = '/api/orgs/:org/items/:id'
    const spellings = [
      '/api/orgs/7/items/1/',
      '/API/Orgs/7/ITEMS/1',
      '/api/orgs/%41%2F/items/caf%C3%A9',
      '/api//orgs/7/items/1',
      '//api/orgs/7//items/1',
      `/api/orgs/7/items/${'x'.repeat(4000)}`,
      '/api/orgs/7/items/1?token=secret',
      'http://127.0.0.1/api/orgs/7/items/1',
    ]
    const seen = new Set([...(await labels(...spellings)), plain])
    seen.delete('unmatched')
    expect([...seen]).toEqual([plain])
  })

  it('tells routers apart that differ by case where case matters', async () => {
    app.enable('case sensitive routing')
    const outer = express.Router({ caseSensitive: true })
    outer.use('/Ab', router('/x'))
    outer.use('/ab', router('/x'))
    app.use('/r', outer)
    expect(await labels('/r/Ab/x', '/r/ab/x')).toEqual(['/r/Ab/x', '/r/ab/x'])
  })

  it('has the full prefix in applications mounted in applications, in whatever order they are used', async () => {
    const inner = express()
    const middle = express()
    const other = express()
    other.get('/y', answer)
    app.use('/:tenant', middle)
    app.use('/other', other)
    middle.use('/inner', inner)
    inner.use('/r', router(['/x/:id', '/z']))
    expect(await labels('/acme/inner/r/x/1', '/other/y', '/acme/inner/r/z')).toEqual([
      '/:tenant/inner/r/x/:id',
      '/other/y',
      '/:tenant/inner/r/z',
    ])
  })

  it('has the full prefix of an application that a router mounts', async () => {
    const inner = express()
    inner.get('/x/:id', answer)
    app.use('/api/:v', express.Router().use('/sub', inner))
    expect(await labels('/api/1/sub/x/1')).toEqual(['/api/:v/sub/x/:id'])
  })

  it('hides the prefix of a router that a plain function calls', async () => {
    const hidden = router('/deep/:x')
    app.use('/w/:tenant', (req, res, next) => hidden(req, res, next))
    expect(await labels('/w/7/deep/1', '/w/8/deep/2')).toEqual(['/*/deep/:x', '/*/deep/:x'])
  })

  it('is right for a router that is the handler of a route', async () => {
    app.use('/o/:org', express.Router().get('/in/:id', router('/in/:id')))
    expect(await labels('/o/1/in/2')).toEqual(['/o/:org/in/:id'])
  })

  it('knows routes and mounts that are added while requests are served', async () => {
    const late = express.Router()
    app.use('/late/:a', late)
    late.get('/one', answer)
    expect(await labels('/late/1/one')).toEqual(['/late/:a/one'])
    late.use('/more/:b', router('/two'))
    expect(await labels('/late/1/more/2/two')).toEqual(['/late/:a/more/:b/two'])
    app.use('/again', late)
    expect(await labels('/again/one')).toEqual(['/again/one'])
  })

  it('is right when the watcher stands in the route itself', async () => {
    const bare = express()
    const inner = express.Router()
    inner.get('/x/:id', watching(records), answer)
    bare.use('/in/:a', inner)
    app = bare
    expect(await labels('/in/1/x/2')).toEqual(['/in/:a/x/:id'])
  })

  it('is right when the watcher stands in front of the application', async () => {
    const bare = express()
    bare.use('/in/:a', router('/x/:id'))
    server = await WatchedServer.start((req, res) => {
      // The middleware uses nothing that Express adds to the request.
      watching(records)(req as never, res as never, () => bare(req, res))
    })
    expect(await labels('/in/1/x/2')).toEqual(['/in/:a/x/:id'])
  })

  it('is not taken from what an application itself puts into req.route', async () => {
    app.use((req, res) => {
      req.route = { path: req.url }
      res.end(JSON.stringify(req.route))
    })
    server = await WatchedServer.start(app)
    expect((await server.send('/users/alice')).body).toBe('{"path":"/users/alice"}')
    expect(await labels('/users/bob')).toEqual(['unmatched'])
  })

  it('leaves req.route as the handler expects it', async () => {
    app.get('/users/:id', (req, res) => {
      res.json({ path: req.route.path, own: Object.keys(req).includes('route') })
    })
    server = await WatchedServer.start(app)
    expect(JSON.parse((await server.send('/users/1')).body)).toEqual({ path: '/users/:id', own: true })
  })
})
