import { once } from 'node:events'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { pipeline, Readable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import type { RequestHandler } from 'express'
import { afterEach, describe, expect, it } from 'vitest'
import { trackArrivals } from '../../../src/instrument/http/arrivals.js'
import { watchRequest } from '../../../src/instrument/http/request-watch.js'
import type { RequestTracking } from '../../../src/instrument/http/server-requests.js'
import { expressVersions, watching } from './express-versions.js'
import { Moment, Records, WatchedServer } from './watched-server.js'

type Handler = (req: IncomingMessage, res: ServerResponse) => void

/** One way to serve a handler with its requests watched. */
interface Host {
  readonly name: string
  serve(records: Records, handler: Handler): RequestListener
}

const hosts: readonly Host[] = [
  {
    name: 'node:http',
    serve: (records, handler) => (req, res) => {
      watchRequest(req, res, {}, records.add)
      handler(req, res)
    },
  },
  ...expressVersions.map(({ name, express }) => ({
    name,
    serve: (records: Records, handler: Handler): RequestListener =>
      express()
        .use(watching(records))
        .use(handler as RequestHandler),
  })),
]

const GET = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: loopback\r\n\r\n`

describe.each(hosts)('$name: a request is recorded once, when its response is closed', (host) => {
  let server: WatchedServer | undefined
  let arrivals: RequestTracking | undefined

  afterEach(async () => {
    arrivals?.stop()
    arrivals = undefined
    await server?.stop()
    server = undefined
  })

  const serve = async (handler: Handler): Promise<{ records: Records; running: WatchedServer }> => {
    const records = new Records()
    server = await WatchedServer.start(host.serve(records, handler))
    return { records, running: server }
  }

  /** Lets everything that is still to happen on the loopback happen: a full request and its answer. */
  const settled = async (records: Records, running: WatchedServer): Promise<number> => {
    const before = records.all.length
    await running.send('/settle')
    await records.first(before + 1)
    return records.all.filter(({ req }) => req.url !== '/settle').length
  }

  const settling =
    (handler: Handler): Handler =>
    (req, res) => {
      if (req.url === '/settle') res.end()
      else handler(req, res)
    }

  it('answered with end()', async () => {
    const { records, running } = await serve((_req, res) => {
      res.statusCode = 201
      res.end('made')
    })
    await running.send('/')
    const [record] = await records.first(1)
    expect(record).toMatchObject({ method: 'GET', route: 'unmatched', statusCode: 201, aborted: false })
    expect(record!.durationSeconds).toBeGreaterThan(0)
  })

  it('streamed for 300 ms', async () => {
    const { records, running } = await serve((_req, res) => {
      res.write('first')
      setTimeout(() => res.end('last'), 305)
    })
    await running.send('/')
    const [record] = await records.first(1)
    expect(record!.durationSeconds).toBeGreaterThanOrEqual(0.3)
    expect(record!.durationSeconds).toBeLessThan(5)
  })

  it('aborted before the headers', async () => {
    const moment = new Moment()
    const { records, running } = await serve(settling(() => moment.reach()))
    const socket = await running.connect()
    socket.write(GET('/hangs'))
    await moment.reached
    socket.destroy()
    expect(await records.first(1)).toMatchObject([{ statusCode: 499, aborted: true }])
    expect(await settled(records, running)).toBe(1)
  })

  it('aborted in the middle of a stream', async () => {
    const { records, running } = await serve(
      settling((_req, res) => {
        res.writeHead(200)
        res.write('data: 1\n\n')
      }),
    )
    const socket = await running.connect()
    socket.write(GET('/events'))
    await once(socket, 'data')
    expect(records.all).toHaveLength(0)
    socket.destroy()
    expect(await records.first(1)).toMatchObject([{ statusCode: 499, aborted: true }])
    expect(await settled(records, running)).toBe(1)
  })

  it('aborted during the upload of its body', async () => {
    const moment = new Moment()
    const { records, running } = await serve(
      settling((req, res) => {
        req.once('data', () => moment.reach())
        req.once('end', () => res.end())
      }),
    )
    const socket = await running.connect()
    socket.write('POST /upload HTTP/1.1\r\nHost: loopback\r\nContent-Length: 100\r\n\r\npart')
    await moment.reached
    socket.destroy()
    expect(await records.first(1)).toMatchObject([{ method: 'POST', statusCode: 499, aborted: true }])
    expect(await settled(records, running)).toBe(1)
  })

  it('answered with an error of the response after it was finished', async () => {
    const { records, running } = await serve(
      settling((_req, res) => {
        res.on('error', () => {})
        res.end('ok')
        res.once('finish', () => res.emit('error', new Error('late')))
      }),
    )
    await running.send('/')
    expect(await records.first(1)).toMatchObject([{ statusCode: 200, aborted: false }])
    expect(await settled(records, running)).toBe(1)
  })

  it('sent from a source that fails', async () => {
    const { records, running } = await serve(
      settling((_req, res) => {
        const source = new Readable({ read() {} })
        source.push('some')
        pipeline(source, res, () => {})
        setImmediate(() => source.destroy(new Error('disk')))
      }),
    )
    await running.send('/').catch(() => {})
    expect(await records.first(1)).toMatchObject([{ statusCode: 499, aborted: true }])
    expect(await settled(records, running)).toBe(1)
  })

  it('one of many on a kept and pipelined connection', async () => {
    const { records, running } = await serve((req, res) => {
      setImmediate(() => res.end(req.url))
    })
    const socket = await running.connect()
    const paths = Array.from({ length: 20 }, (_, at) => `/${at}`)
    socket.write(paths.map(GET).join(''))
    await records.first(20)
    socket.write(GET('/later'))
    const all = await records.first(21)
    expect(all.map(({ req }) => req.url)).toEqual([...paths, '/later'])
    expect(all.every(({ statusCode, aborted }) => statusCode === 200 && !aborted)).toBe(true)
    socket.destroy()
  })

  it('pipelined behind one that hangs until the client goes away', async () => {
    const moment = new Moment()
    const { records, running } = await serve(
      settling((req, res) => {
        req.resume()
        if (req.url === '/hangs') return
        res.end('never sent')
        req.once('end', () => {
          if (req.url === '/third') moment.reach()
        })
      }),
    )
    const socket = await running.connect()
    socket.write(
      `${GET('/hangs')}${GET('/second')}POST /third HTTP/1.1\r\nHost: loopback\r\nContent-Length: 2\r\n\r\nab`,
    )
    await moment.reached
    socket.destroy()
    const all = await records.first(3)
    expect(all.map(({ req }) => req.url).sort()).toEqual(['/hangs', '/second', '/third'])
    expect(all.every(({ statusCode, aborted }) => statusCode === 499 && aborted)).toBe(true)
    expect(await settled(records, running)).toBe(3)
  })

  it('running while the server closes all connections', async () => {
    const moment = new Moment()
    const { records, running } = await serve(() => moment.reach())
    const socket = await running.connect()
    socket.write(GET('/hangs'))
    await moment.reached
    await running.stop()
    expect(await records.first(1)).toMatchObject([{ statusCode: 499, aborted: true }])
  })

  it('asking for an upgrade that the server does not offer', async () => {
    const { records, running } = await serve((_req, res) => {
      res.statusCode = 426
      res.end()
    })
    await running.send('/', { headers: { connection: 'Upgrade', upgrade: 'websocket' } })
    expect(await records.first(1)).toMatchObject([{ statusCode: 426, aborted: false }])
  })

  it('but not when its connection is upgraded: such a request never reaches the handler', async () => {
    const { records, running } = await serve(settling((_req, res) => void res.end()))
    running.server.on('upgrade', (_req, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    })
    const socket = await running.connect()
    socket.write('GET /ws HTTP/1.1\r\nHost: loopback\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n')
    await once(socket, 'close')
    expect(await settled(records, running)).toBe(0)
  })

  it('malformed: the server answers 400 without a record, and goes on', async () => {
    const { records, running } = await serve(settling((_req, res) => void res.end()))
    const socket = await running.connect()
    socket.write('GET / HTP/9\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toContain('400')
    expect(await settled(records, running)).toBe(0)
  })
})

describe('the duration of a request', () => {
  it('starts at its arrival when arrivals are tracked, and when it is first watched otherwise', async () => {
    const records = new Records()
    const server = await WatchedServer.start(async (req, res) => {
      await after(400)
      watchRequest(req, res, {}, records.add)
      res.end()
    })
    const outer = trackArrivals()
    const inner = trackArrivals()
    inner.stop()
    inner.stop()
    await server.send('/')
    await records.first(1)
    outer.stop()
    await server.send('/')
    const [tracked, untracked] = await records.first(2)
    expect(tracked!.durationSeconds).toBeGreaterThanOrEqual(0.398)
    expect(untracked!.durationSeconds).toBeLessThan(0.398)
    await server.stop()
  })
})

describe('watching a request', () => {
  it('is done once for each owner', async () => {
    const [mine, yours] = [new Records(), new Records()]
    const answers: boolean[] = []
    const server = await WatchedServer.start((req, res) => {
      answers.push(watchRequest(req, res, { owner: mine }, mine.add))
      answers.push(watchRequest(req, res, { owner: mine }, mine.add))
      answers.push(watchRequest(req, res, { owner: yours }, yours.add))
      res.end()
    })
    await server.send('/')
    await yours.first(1)
    expect(answers).toEqual([true, false, true])
    expect([mine.all.length, yours.all.length]).toEqual([1, 1])
    await server.stop()
  })

  it('leaves the request alone when the recorder, its error handler or the route throws', async () => {
    const errors: unknown[] = []
    const records = new Records()
    const server = await WatchedServer.start((req, res) => {
      const fail = (): never => {
        throw new Error('recorder')
      }
      const onError = (error: unknown): never => {
        errors.push(error)
        throw error
      }
      watchRequest(req, res, { owner: errors, onError }, fail)
      watchRequest(req, res, { route: fail }, records.add)
      res.end('fine')
    })
    expect(await server.send('/')).toEqual({ status: 200, body: 'fine' })
    expect(await records.first(1)).toMatchObject([{ route: 'unmatched', statusCode: 200 }])
    expect(errors).toEqual([new Error('recorder')])
    await server.stop()
  })

  it('records a response that was closed before anyone watched it', async () => {
    const records = new Records()
    const server = await WatchedServer.start((req, res) => {
      res.once('close', () => watchRequest(req, res, {}, records.add))
      res.end()
    })
    await server.send('/')
    expect(await records.first(1)).toMatchObject([{ statusCode: 200, aborted: false }])
    await server.stop()
  })
})
