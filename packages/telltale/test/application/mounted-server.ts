import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  request,
} from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { getRequestListener } from '@hono/node-server'
import fastify from 'fastify'
import { Hono } from 'hono'
import { onTestFinished } from 'vitest'
import {
  Counter,
  Gauge,
  type MountedOptions,
  metricsFetchHandler,
  metricsRouter,
  Registry,
} from '../../src/index.js'
import { expressVersions } from '../instrument/http/express-versions.js'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** `a_total` is 2, and `b` is 3. */
export function smallRegistry(): Registry {
  const registry = new Registry()
  new Counter({ name: 'a_total', help: 'A.', registry }).inc(2)
  new Gauge({ name: 'b', help: 'B.', registry }).set(3)
  return registry
}

/** How an application has the metrics in a server of its own. */
type Mount = (options: MountedOptions) => RequestListener

export const plain: Mount = (options) => {
  const router = metricsRouter(options)
  return (req, res) => router(req, res, () => res.writeHead(404).end())
}

export const fetched: Mount = (options) =>
  getRequestListener(metricsFetchHandler(options), { overrideGlobalObjects: false })

export const mountOfHono: Mount = (options) => {
  const app = new Hono().mount('/metrics', metricsFetchHandler(options))
  return getRequestListener(app.fetch, { overrideGlobalObjects: false })
}

/** Each kind of server that the routes can be mounted in. */
export const mounts: readonly (readonly [name: string, mount: Mount])[] = [
  ['node:http', plain],
  ...expressVersions.map(({ name, express }): readonly [string, Mount] => [
    name,
    (options) => express().use('/metrics', metricsRouter(options)),
  ]),
  [
    'Fastify',
    (options) => {
      const app = fastify()
      const router = metricsRouter(options)
      for (const url of ['/metrics', '/metrics/*']) {
        app.all(url, (asked, reply) => {
          reply.hijack()
          router(asked.raw, reply.raw, () => reply.raw.writeHead(404).end())
        })
      }
      const ready = app.ready()
      return (req, res) => void ready.then(() => app.routing(req, res))
    },
  ],
  ['a Fetch handler', fetched],
  [
    'Hono',
    (options) => {
      const handler = metricsFetchHandler(options)
      const app = new Hono()
      app.all('/metrics/*', (context) => handler(context.req.raw))
      return getRequestListener(app.fetch, { overrideGlobalObjects: false })
    },
  ],
]

/** Has a connection read 1 MB at a time, four times a second at most; tells how much it has read. */
export function readSlowly(socket: Socket): () => number {
  let taken = 0
  let piece = 0
  socket.on('data', (part: Buffer) => {
    taken += part.length
    piece += part.length
    if (piece > 1_000_000) socket.pause()
  })
  socket.pause()
  const timer = setInterval(() => {
    piece = 0
    socket.resume()
  }, 250)
  socket.once('close', () => clearInterval(timer))
  return () => taken
}

/** A server of an application with the metrics in it, on a free port until the test has finished. */
export class MountedServer {
  readonly port: number

  private constructor(port: number) {
    this.port = port
  }

  static async open(mount: Mount, options: MountedOptions): Promise<MountedServer> {
    const server = createServer(mount(options))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    return new MountedServer((server.address() as AddressInfo).port)
  }

  /** The answer as soon as its head is there. */
  async start(path = '/metrics', { method = 'GET', headers = {} }: Asked = {}): Promise<IncomingMessage> {
    const req = request({ host: '127.0.0.1', port: this.port, path, method, headers }).end()
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    return res
  }

  async ask(path?: string, asked?: Asked): Promise<Answer> {
    const res = await this.start(path, asked)
    return { status: res.statusCode!, headers: res.headers, body: await buffer(res) }
  }

  /** A connection that asks for the metrics and never reads the answer. */
  async neverRead(): Promise<Socket> {
    const socket = connect(this.port, '127.0.0.1')
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    socket.pause()
    socket.write('GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n')
    return socket
  }
}
