import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { parseOpenMetrics } from '../../../../test/support/openmetrics-parser.js'
import { parseText } from '../../../../test/support/text-parser.js'
import {
  Counter,
  exposeBytes,
  type Family,
  Gauge,
  OPENMETRICS_CONTENT_TYPE,
  Registry,
  TEXT_CONTENT_TYPE,
} from '../../src/index.js'
import { NodeExchange } from '../../src/serve/node-exchange.js'
import { answerScrape } from '../../src/serve/scrape-handler.js'

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

async function served(registry: Registry): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((req, res) => void answerScrape(registry, new NodeExchange(req, res)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, port: (server.address() as AddressInfo).port }
}

async function ask(
  registry: Registry,
  {
    path = '/metrics',
    method = 'GET',
    headers = {},
  }: { path?: string; method?: string; headers?: Record<string, string> },
): Promise<Answer> {
  const { port } = await served(registry)
  const req = request({ host: '127.0.0.1', port, path, method, headers }).end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  return { status: res.statusCode!, headers: res.headers, body: await buffer(res) }
}

function small(): Registry {
  const registry = new Registry()
  new Counter({ name: 'a_total', help: 'A.', registry }).inc(2)
  new Gauge({ name: 'b', help: 'B.', registry }).set(3)
  return registry
}

function large(series = 20_000): Registry {
  const registry = small()
  const counter = new Counter({ name: 'c_total', help: 'C.', labels: ['path'], registry, seriesLimit: 1e6 })
  for (let i = 0; i < series; i++) counter.labels(`/resource/${i}`).inc(i)
  return registry
}

const broken: Family = {
  name: 'broken',
  help: 'h',
  type: 'gauge',
  labelNames: [],
  lines: [{ suffix: '' }],
  size: 1,
  reset() {},
  emit: () => {
    throw new Error('secret')
  },
}

const openMetrics = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

describe('the format', () => {
  test('is text 0.0.4 for whoever asks for nothing', async () => {
    const { status, headers, body } = await ask(small(), {})
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': TEXT_CONTENT_TYPE,
      'content-length': String(body.length),
      vary: 'Accept, Accept-Encoding',
    })
    expect(parseText(body.toString()).value('a_total')).toBe(2)
  })

  test('is what the request asks for, each request by itself', async () => {
    const registry = small()
    const { headers, body } = await ask(registry, { headers: { Accept: openMetrics } })
    expect(headers['content-type']).toBe(OPENMETRICS_CONTENT_TYPE)
    expect(parseOpenMetrics(body.toString()).value('a_total')).toBe(2)
    expect((await ask(registry, {})).headers['content-type']).toBe(TEXT_CONTENT_TYPE)
  })
})

describe('compression', () => {
  test('a large answer is compressed where the request permits', async () => {
    const { headers, body } = await ask(large(), { headers: { 'Accept-Encoding': 'br;q=1, gzip;q=0.8' } })
    expect(headers['content-encoding']).toBe('gzip')
    expect(headers['content-length']).toBeUndefined()
    expect(parseText(gunzipSync(body).toString()).samples).toHaveLength(20_002)
  })

  test('one of some kilobytes is compressed as a whole, with its length', async () => {
    const { headers, body } = await ask(large(100), { headers: { 'Accept-Encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    expect(headers['content-length']).toBe(String(body.length))
    expect(parseText(gunzipSync(body).toString()).samples).toHaveLength(102)
  })

  test.each([undefined, 'identity', 'gzip;q=0', '*;q=0', 'br, deflate', 'gzip;q=0, *'])(
    'accept-encoding %j is answered as it is',
    async (encoding) => {
      const headers: Record<string, string> = encoding === undefined ? {} : { 'Accept-Encoding': encoding }
      const answer = await ask(large(100), { headers })
      expect(answer.headers['content-encoding']).toBeUndefined()
      expect(answer.headers['content-length']).toBe(String(answer.body.length))
    },
  )

  test('any encoding means gzip too', async () => {
    const { headers } = await ask(large(100), { headers: { 'Accept-Encoding': '*' } })
    expect(headers['content-encoding']).toBe('gzip')
  })

  test('a small answer is sent as it is', async () => {
    const { headers } = await ask(small(), { headers: { 'Accept-Encoding': 'gzip' } })
    expect(headers['content-encoding']).toBeUndefined()
  })
})

describe('HEAD', () => {
  test.each([
    ['identity', { 'content-length': expect.stringMatching(/^\d{4,}$/) }],
    ['gzip', { 'content-encoding': 'gzip' }],
  ])('has the headers of GET and no body (%s)', async (encoding, expected) => {
    const { status, headers, body } = await ask(large(), {
      method: 'HEAD',
      headers: { 'Accept-Encoding': encoding },
    })
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-type': TEXT_CONTENT_TYPE, ...expected })
    expect(body).toHaveLength(0)
  })
})

describe('name[]', () => {
  const names = async (query: string) => {
    const { status, body } = await ask(small(), { path: `/metrics${query}` })
    expect(status).toBe(200)
    return [...parseText(body.toString()).families.keys()]
  }

  test.each([
    ['', ['a_total', 'b']],
    ['?', ['a_total', 'b']],
    ['?x=1', ['a_total', 'b']],
    ['?name[]=b', ['b']],
    ['?name%5B%5D=b&name[]=a_total', ['a_total', 'b']],
    ['?name[]=a', ['a_total']],
    ['?name[]=', []],
    ['?name[]=%zz', []],
    ['?name=b', ['a_total', 'b']],
  ])('%j gives %j', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  test('OpenMetrics with nothing in it is still whole', async () => {
    const { body } = await ask(small(), { path: '/metrics?name[]=x', headers: { Accept: openMetrics } })
    expect(body.toString()).toBe('# EOF\n')
  })

  test('1,024 parameters are taken, and one more is refused without repeating any', async () => {
    expect(await names(`?${'name[]=b&'.repeat(1024)}`)).toEqual(['b'])
    const { status, headers, body } = await ask(small(), { path: `/metrics?${'name[]=evil&'.repeat(1025)}` })
    expect(status).toBe(400)
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(body.toString()).not.toContain('evil')
  })

  test('a query of more than 65,536 characters is refused', async () => {
    const registry = small()
    const server = createServer(
      { maxHeaderSize: 100_000 },
      (req, res) => void answerScrape(registry, new NodeExchange(req, res)),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const status = async (length: number) => {
      const path = `/metrics?${'x'.repeat(length)}`
      const req = request({ host: '127.0.0.1', port, path }).end()
      const [res] = (await once(req, 'response')) as [IncomingMessage]
      res.resume()
      return res.statusCode
    }
    expect(await status(65_536)).toBe(200)
    expect(await status(65_537)).toBe(400)
  })
})

describe('failure', () => {
  afterEach(() => void vi.restoreAllMocks())

  test('metrics that cannot be written are a 500 and a warning, never a 200', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const registry = large()
    registry.register(broken)
    const { status, headers, body } = await ask(registry, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(status).toBe(500)
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(body.toString()).not.toContain('secret')
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('secret'), expect.anything())
  })

  test('a collector that fails costs its own families and not the scrape', async () => {
    const registry = new Registry({ warn: () => {} })
    new Gauge({
      name: 'g',
      help: 'h',
      registry,
      collect: () => {
        throw new Error('down')
      },
    })
    new Gauge({ name: 'fine', help: 'h', registry })
    const { status, body } = await ask(registry, {})
    expect(status).toBe(200)
    expect([...parseText(body.toString()).families.keys()]).toEqual([
      'fine',
      'telltale_collector_errors_total',
    ])
  })

  test.each(['identity', 'gzip'])(
    'a reader that goes away in the middle is no failure (%s)',
    async (encoding) => {
      const warn = vi.spyOn(process, 'emitWarning')
      const registry = large(300_000)
      const answered: Promise<void>[] = []
      const server = createServer(
        (req, res) => void answered.push(answerScrape(registry, new NodeExchange(req, res))),
      )
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      onTestFinished(() => void server.close())
      const { port } = server.address() as AddressInfo
      const req = request({ host: '127.0.0.1', port, headers: { 'Accept-Encoding': encoding } }).end()
      const [res] = (await once(req, 'response')) as [IncomingMessage]
      await once(res, 'data')
      res.destroy()
      await Promise.all(answered)
      expect(answered).toHaveLength(1)
      expect(warn).not.toHaveBeenCalled()
    },
  )

  test('what fails after the first 4 MiB cuts the connection: a part is never taken for the whole', async () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const registry = large(200_000)
    registry.register(broken)
    const { port } = await served(registry)
    const req = request({ host: '127.0.0.1', port, headers: { 'Accept-Encoding': 'gzip' } }).end()
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    expect(res.statusCode).toBe(200)
    await expect(buffer(res)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('secret'), expect.anything())
  })
})

describe('a large answer', () => {
  const registry = large(200_000)

  test.each([
    ['*/*', 'identity'],
    ['*/*', 'gzip'],
    [openMetrics, 'identity'],
    [openMetrics, 'gzip'],
  ])('is the same as one that is made as a whole (%s, %s)', async (accept, encoding) => {
    const { chunks, length } = await exposeBytes(registry, { accept })
    const { headers, body } = await ask(registry, {
      headers: { Accept: accept, 'Accept-Encoding': encoding },
    })
    expect(headers['transfer-encoding']).toBe('chunked')
    const text = encoding === 'gzip' ? gunzipSync(body) : body
    expect(text).toHaveLength(length)
    expect(text.equals(Buffer.concat(chunks))).toBe(true)
  })

  test('waits for a reader that is slow, and is whole', async () => {
    const { port } = await served(registry)
    const req = request({ host: '127.0.0.1', port, headers: { Accept: openMetrics } }).end()
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    const parts: Buffer[] = []
    for await (const part of res) {
      parts.push(part as Buffer)
      for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setImmediate(resolve))
    }
    const { chunks } = await exposeBytes(registry, { accept: openMetrics })
    expect(Buffer.concat(parts).equals(Buffer.concat(chunks))).toBe(true)
  })

  test('has its length in the answer to HEAD', async () => {
    const { length } = await exposeBytes(registry)
    const { headers } = await ask(registry, { method: 'HEAD' })
    expect(headers['content-length']).toBe(String(length))
  })
})
