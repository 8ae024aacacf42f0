import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { httpMetrics } from '../../src/express.js'
import { type ExpressVersion, expressVersions } from '../instrument/http/express-versions.js'
import type { Answer, Host, Running } from './contract.js'

/** The application of the contract in each version of Express. */
export const expressHosts: readonly Host[] = expressVersions.map((version) => ({
  name: version.name,
  base: '',
  deviations: {
    'a wildcard that answers is its pattern': { counted: [`GET /fall/${version.wildcard} 200`] },
    'an optional parameter is the literal pattern': { counted: [`GET /opt${version.optional} 200`] },
    'OPTIONS without a handler is one series': { counted: ['OPTIONS unmatched 200'] },
    ...(version.generation === 4
      ? {
          'a handler that rejects has the whole pattern': {
            leftOut: 'Express 4 does not look at what a handler returns: such a request never ends.',
          },
        }
      : {}),
  },
  serve: (options, life) => listen(application(version, httpMetrics(options) as RequestHandler, life)),
}))

function application(
  { express, wildcard, optional }: ExpressVersion,
  metrics: RequestHandler,
  life: Answer,
): RequestListener {
  const app = express()
  app.set('env', 'test')
  app.use(metrics)
  const ok: RequestHandler = (_req, res) => void res.end('ok')
  const pass: RequestHandler = (_req, _res, next) => next()
  app.use(pass)
  app.get('/users/:id', ok)
  const org = express.Router()
  org.use(pass)
  org.get('/items/:id', pass, ok)
  org.get('/throws/:id', () => {
    throw new Error('on purpose')
  })
  org.get('/rejects/:id', () => Promise.reject(new Error('on purpose')))
  app.use('/orgs/:org', pass, org)
  app.use('/a/', express.Router().use('/', express.Router().get('/b/:c', ok)))
  const shared = express.Router().get('/x/:id', ok)
  app.use('/first/:a', shared)
  app.use('/second', shared)
  app.get(['/one/:i', '/two/:i'], ok)
  app.get(/^\/fly\d+$/, ok)
  app.get(`/fall/${wildcard}`, ok)
  app.get(`/opt${optional}`, ok)
  app.all('/every/:id', ok)
  app.use('/foreign', express().get('/deep/:id', ok))
  app.get('/guarded/:id', (_req, res) => void res.status(403).end(), ok)
  app.get('/passes/:id', pass)
  app.post('/json/:id', express.json(), ok)
  app.all('/life/:case', async (req, res) => {
    const answer = await life(req.url)
    if (typeof answer === 'string') res.end(answer)
    else pipeline(answer, res, () => {})
  })
  app.use(pass)
  const quiet: ErrorRequestHandler = (error, _req, res, _next) => void res.status(error.status ?? 500).end()
  app.use(quiet)
  return app
}

/** A plain server for a listener, on a free port. */
export async function listen(listener: RequestListener): Promise<Running & { readonly server: Server }> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    server,
    port: (server.address() as AddressInfo).port,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
