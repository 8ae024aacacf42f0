import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import { httpMetrics } from '../../src/http.js'
import type { CaseName, Host } from './contract.js'

const noRouter = { leftOut: 'node:http has no router: there is nothing to be mounted, listed or passed on.' }
const routing: readonly CaseName[] = [
  'what is mounted on a path with a parameter has the whole pattern',
  'a level that is mounted on / adds nothing',
  'what is mounted twice shows the place of each request',
  'of several paths it is the one that matched',
  'a regular expression is its text',
  'a wildcard that answers is its pattern',
  'an optional parameter is the literal pattern',
  'a route for all methods is its pattern',
  'a mounted foreign application has the prefix or one constant',
  'a request that a handler passed on keeps its pattern',
  'a body that is no JSON has the pattern',
  'a path that cannot be decoded is unmatched',
]
const thrown = { leftOut: 'What a listener of node:http throws ends the process.' }

/** The application of the contract, as far as a plain server can have it, with the routes named by an option. */
export const plainHost: Host = {
  name: 'node:http with the route option',
  base: '',
  deviations: {
    ...Object.fromEntries(routing.map((name) => [name, noRouter])),
    'a handler that throws has the whole pattern': thrown,
    'a handler that rejects has the whole pattern': thrown,
  },
  async serve(options, life) {
    const server = createServer(async (req, res) => {
      const route = routeOf(req)
      if (route === '/life/:case') {
        const answer = await life(req.url!)
        if (typeof answer === 'string') res.end(answer)
        else pipeline(answer, res, () => {})
        return
      }
      res.statusCode = route === undefined ? 404 : route === '/guarded/:id' ? 403 : 200
      res.end('ok')
    })
    httpMetrics(server, { route: (req, _res, suggested) => routeOf(req) ?? suggested, ...options })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return {
      port: (server.address() as AddressInfo).port,
      async stop() {
        server.close()
        server.closeAllConnections()
        await once(server, 'close')
      },
    }
  },
}

function routeOf({ method, url }: IncomingMessage): string | undefined {
  const [, found] = /^\/(users|guarded|life)\/[^/?]+/.exec(url!) ?? []
  if (found === 'life') return '/life/:case'
  return found !== undefined && /^(GET|HEAD)$/.test(method!) ? `/${found}/:id` : undefined
}
