import { describe, expect, test } from 'vitest'
import { Gauge, metricsRouter } from '../../src/index.js'
import { expressVersions } from '../instrument/http/express-versions.js'
import { fetched, MountedServer, mountOfHono, plain, smallRegistry } from './mounted-server.js'

test('the path of the scrape can be any other', async () => {
  for (const mount of [plain, fetched]) {
    const server = await MountedServer.open(mount, { registry: smallRegistry(), path: '/internal/prom' })
    expect((await server.ask('/internal/prom')).status).toBe(200)
    expect((await server.ask('/internal/prom/health')).status).toBe(200)
    expect((await server.ask('/metrics')).status).toBe(404)
  }
})

test('a framework that takes the path of a mount away leaves all pages', async () => {
  const server = await MountedServer.open(mountOfHono, { registry: smallRegistry() })
  for (const path of ['/metrics', '/metrics/', '/metrics/health', '/metrics/b']) {
    expect((await server.ask(path)).status).toBe(200)
  }
})

describe.each(expressVersions)('in an application of $name', ({ express }) => {
  const opened = (mount: (app: ReturnType<typeof express>) => unknown) =>
    MountedServer.open(() => {
      const app = express()
      mount(app)
      return app
    }, {})

  test('a router that has the metrics and other pages keeps its other pages', async () => {
    const server = await opened((app) => {
      const api = express.Router()
      api.use(metricsRouter({ registry: smallRegistry() }))
      api.use((_req, res) => void res.send('application'))
      app.use('/api', api)
    })
    for (const path of ['/api/metrics', '/api/metrics/', '/api/metrics/health', '/api/metrics/b?x=1']) {
      expect((await server.ask(path)).headers['content-type']).not.toContain('html')
    }
    for (const path of [
      '/api',
      '/api/',
      '/api/users',
      '/api/health',
      '/api/stats',
      '/api/b',
      '/api/metricsx',
    ]) {
      expect((await server.ask(path)).body.toString()).toBe('application')
    }
  })

  test.each(['/metrics', '/metrics/', '/Metrics', '/internal/metrics'])(
    'all pages are below a mount at %s',
    async (at) => {
      const server = await opened((app) => app.use(at, metricsRouter({ registry: smallRegistry() })))
      const base = at.replace(/\/$/, '')
      for (const page of ['', '/', '?name[]=b', '/health', '/b']) {
        expect((await server.ask(`${base}${page}`)).status).toBe(200)
      }
    },
  )

  test('the pages of two registries stay apart, wherever and however often they are mounted', async () => {
    const [one, two] = [smallRegistry(), smallRegistry()]
    new Gauge({ name: 'only_two', help: 'T.', registry: two }).set(1)
    const both = [metricsRouter({ registry: one }), metricsRouter({ registry: one })]
    const server = await opened((app) => app.use('/two', metricsRouter({ registry: two })).use(...both))
    expect((await server.ask('/two/metrics/only_two')).status).toBe(200)
    expect((await server.ask('/metrics/only_two')).status).toBe(404)
    const { body } = await server.ask()
    expect(body.toString().split('# TYPE telltale_scrapes_total ')).toHaveLength(2)
  })
})
