import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { hashSync } from 'bcryptjs'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { parseOpenMetrics } from '../../../../test/support/openmetrics-parser.js'
import { parseText } from '../../../../test/support/text-parser.js'
import {
  Counter,
  exposeBytes,
  exposeJson,
  type Family,
  metricsRouter,
  OPENMETRICS_CONTENT_TYPE,
  type Registry,
  TEXT_CONTENT_TYPE,
} from '../../src/index.js'
import { MountedServer, mounts, plain, readSlowly, smallRegistry } from './mounted-server.js'

const openMetrics = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1'

function large(series: number, width = 0): Registry {
  const registry = smallRegistry()
  const counter = new Counter({ name: 'c_total', help: 'C.', labels: ['path'], registry, seriesLimit: 1e6 })
  for (let i = 0; i < series; i++) counter.labels(`/resource/${i}${'x'.repeat(width)}`).inc(i)
  return registry
}

// Shared, since making them takes longer than the tests: nothing here changes them.
const hundredThousand = large(100_000)
const wide = large(20_000, 1000)

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

const wideAndBroken = large(20_000, 1000)
wideAndBroken.register(broken)

function fileOf(content: string): { readonly path: string; write(content: string): void } {
  const folder = mkdtempSync(join(tmpdir(), 'telltale-mounted-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'file')
  writeFileSync(path, content)
  return { path, write: (next) => writeFileSync(path, next) }
}

afterEach(() => void vi.restoreAllMocks())

describe.each(mounts)('in %s', (_, mount) => {
  const open = (registry: Registry, options = {}) =>
    MountedServer.open(mount, { registry, selfMetrics: false, ...options })

  test('a scrape is text 0.0.4, or the format that it asks for', async () => {
    const server = await open(smallRegistry())
    const { status, headers, body } = await server.ask()
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': TEXT_CONTENT_TYPE,
      'content-length': String(body.length),
      vary: 'Accept, Accept-Encoding',
    })
    expect(parseText(body.toString()).value('a_total')).toBe(2)
    const other = await server.ask('/metrics', { headers: { Accept: openMetrics } })
    expect(other.headers['content-type']).toBe(OPENMETRICS_CONTENT_TYPE)
    expect(parseOpenMetrics(other.body.toString()).value('a_total')).toBe(2)
  })

  test('name[] names what is asked for, and a query beyond the limit gets status 414', async () => {
    const server = await open(smallRegistry(), { limits: { queryLength: 20 } })
    const { body } = await server.ask('/metrics?name[]=b')
    expect([...parseText(body.toString()).families.keys()]).toEqual(['b'])
    expect((await server.ask(`/metrics?${'x'.repeat(20)}`)).status).toBe(200)
    expect((await server.ask(`/metrics?${'x'.repeat(21)}`)).status).toBe(414)
  })

  test.each([
    ['*/*', 'identity'],
    ['*/*', 'gzip'],
    [openMetrics, 'identity'],
    [openMetrics, 'gzip'],
  ])('a large answer is whole and the same to the last byte (%s, %s)', async (accept, encoding) => {
    const { chunks } = await exposeBytes(hundredThousand, { accept })
    const server = await open(hundredThousand)
    const { headers, body } = await server.ask('/metrics', {
      headers: { Accept: accept, 'Accept-Encoding': encoding },
    })
    expect(headers['content-encoding']).toBe(encoding === 'gzip' ? 'gzip' : undefined)
    expect((encoding === 'gzip' ? gunzipSync(body) : body).equals(Buffer.concat(chunks))).toBe(true)
  })

  test('HEAD has the headers of GET and no body', async () => {
    const registry = large(1000)
    const server = await open(registry)
    const { length } = await exposeBytes(registry)
    const { status, headers, body } = await server.ask('/metrics', { method: 'HEAD' })
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-type': TEXT_CONTENT_TYPE, 'content-length': String(length) })
    expect(body).toHaveLength(0)
  })

  test('the pages below it answer', async () => {
    const server = await open(smallRegistry(), { environment: 'test' })
    const json = async (path: string) => JSON.parse((await server.ask(path)).body.toString())
    expect(await json('/metrics/health')).toMatchObject({ status: 'healthy', metricsCount: 2 })
    expect(await json('/metrics/stats')).toMatchObject({
      totalMetrics: 2,
      totalSeries: 2,
      metricTypes: { counter: 1, gauge: 1 },
    })
    expect(await json('/metrics/b')).toMatchObject({ name: 'b', type: 'gauge', values: [{ value: 3 }] })
    expect((await server.ask('/metrics/none')).status).toBe(404)
    expect((await server.ask('/metrics/reset', { method: 'POST' })).status).toBe(200)
    expect(await json('/metrics/b')).toMatchObject({ values: [{ value: 0 }] })
  })

  test('the page of a large metric is whole, and compressed where the request permits', async () => {
    const server = await open(hundredThousand)
    const { headers, body } = await server.ask('/metrics/c_total', { headers: { 'Accept-Encoding': 'gzip' } })
    expect(headers['content-encoding']).toBe('gzip')
    const [family] = await exposeJson(hundredThousand, { names: ['c_total'] })
    expect(JSON.parse(gunzipSync(body).toString())).toEqual(family)
  })

  test('nobody resets metrics in production', async () => {
    const server = await open(smallRegistry(), { environment: 'production' })
    expect((await server.ask('/metrics/reset', { method: 'POST' })).status).toBe(403)
  })

  test('metrics that cannot be written are a 500 without the reason, and a warning', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const registry = smallRegistry()
    registry.register(broken)
    const { status, body } = await (await open(registry)).ask()
    expect(status).toBe(500)
    expect(body.toString()).not.toContain('secret')
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('secret'), expect.anything())
  })

  test.each(['identity', 'gzip'])(
    'what fails in the middle is never taken for the whole (%s)',
    async (encoding) => {
      vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
      vi.spyOn(console, 'error').mockImplementation(() => {})
      const server = await open(wideAndBroken)
      const res = await server.start('/metrics', { headers: { 'Accept-Encoding': encoding } })
      expect(res.statusCode).toBe(200)
      await expect(buffer(res)).rejects.toMatchObject({ code: 'ECONNRESET' })
    },
  )

  test('a token opens, and nothing else does', async () => {
    const token = fileOf('right')
    const server = await open(smallRegistry(), { bearerTokenFile: token.path })
    const status = async (authorization?: string) =>
      (await server.ask('/metrics', { headers: authorization ? { authorization } : {} })).status
    expect(await status()).toBe(401)
    expect(await status('Bearer wrong')).toBe(401)
    expect(await status('Bearer right')).toBe(200)
    token.write('another')
    expect(await status('Bearer right')).toBe(401)
    expect(await status('Bearer another')).toBe(200)
    expect((await server.ask('/metrics/stats')).status).toBe(401)
  })

  test('the users of a web-config file are let in, with its headers', async () => {
    const hash = hashSync('wonderland', 4)
    const { path } = fileOf(
      `basic_auth_users:\n  alice: ${hash}\nhttp_server_config:\n  headers:\n    X-Frame-Options: deny\n`,
    )
    const server = await open(smallRegistry(), { webConfigFile: path })
    const ask = (pair: string) =>
      server.ask('/metrics', { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } })
    expect((await ask('alice:hare')).status).toBe(401)
    const { status, headers } = await ask('alice:wonderland')
    expect([status, headers['x-frame-options']]).toEqual([200, 'deny'])
  })

  test('names that are not in the list are refused', async () => {
    const server = await open(smallRegistry(), { allowedHosts: ['metrics.internal'] })
    const status = async (host: string) => (await server.ask('/metrics', { headers: { host } })).status
    expect(await status('metrics.internal:3000')).toBe(200)
    expect(await status('127.0.0.1')).toBe(200)
    expect(await status('evil.example')).toBe(421)
  })

  test('scrapes beyond the limit get status 503, until a place is free', async () => {
    const registry = smallRegistry()
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    registry.addCollector({ name: 'slow', collect: () => held })
    const server = await open(registry, { limits: { scrapes: 1 } })
    const first = server.ask()
    const second = await vi.waitFor(async () => {
      const answer = await server.ask()
      expect(answer.status).toBe(503)
      return answer
    })
    expect(second.headers['retry-after']).toBe('1')
    letGo()
    expect((await first).status).toBe(200)
    expect((await server.ask()).status).toBe(200)
  })

  test('ten that never read keep nobody out: the longest stalled gives its place up', async () => {
    const server = await open(wide, { limits: { scrapes: 10, stalledSeconds: 1 } })
    const stuck = await Promise.all(Array.from({ length: 10 }, () => server.neverRead()))
    const path = '/metrics?name[]=b'
    await vi.waitFor(async () => expect((await server.ask(path)).status).toBe(503))
    await vi.waitFor(async () => expect((await server.ask(path)).status).toBe(200), { timeout: 10_000 })
    expect(stuck).toHaveLength(10)
  })

  test('ten that read a little at a time keep nobody out: the slowest gives its place up', async () => {
    const limits = { scrapes: 10, stalledSeconds: 1, bytesPerSecond: 100_000_000 }
    const server = await open(wide, { limits, selfMetrics: true })
    const path = '/metrics?name[]=b&name[]=telltale_endpoint_rejections_total'
    const cut = (text: Buffer) => Number(/reason="slow_reader"\} (\d+)/.exec(text.toString())?.[1])
    const before = cut((await server.ask(path)).body)
    const slow = await Promise.all(Array.from({ length: 10 }, () => server.neverRead()))
    const taken = slow.map(readSlowly)
    await vi.waitFor(
      async () => {
        const { status, body } = await server.ask(path)
        expect(status).toBe(200)
        expect(cut(body)).toBeGreaterThan(before)
      },
      { timeout: 10_000 },
    )
    expect(taken.every((bytes) => bytes() < 20_000_000)).toBe(true)
  })

  test('an answer that is not taken in time is cut', async () => {
    const server = await open(wide, { limits: { scrapes: 1, answerSeconds: 0.4 } })
    const stuck = await server.neverRead()
    await vi.waitFor(async () => expect((await server.ask('/metrics/stats')).status).toBe(503))
    await vi.waitFor(async () => expect((await server.ask('/metrics/stats')).status).toBe(200), {
      timeout: 10_000,
    })
    stuck.resume()
  })

  test('a reader that is slow gets all of it', async () => {
    const server = await open(wide)
    const res = await server.start()
    const parts: Buffer[] = []
    for await (const part of res) {
      parts.push(part as Buffer)
      for (let turns = 0; turns < 10; turns++) await new Promise((resolve) => setImmediate(resolve))
    }
    const { chunks } = await exposeBytes(wide)
    expect(Buffer.concat(parts).equals(Buffer.concat(chunks))).toBe(true)
  })

  test.each(['identity', 'gzip'])(
    'a reader that goes away in the middle ends the work (%s)',
    async (encoding) => {
      const warned = vi.spyOn(process, 'emitWarning')
      const server = await open(wide, { limits: { scrapes: 1 } })
      const res = await server.start('/metrics', { headers: { 'Accept-Encoding': encoding } })
      res.destroy()
      await vi.waitFor(async () => expect((await server.ask('/metrics?name[]=b')).status).toBe(200))
      expect(warned).not.toHaveBeenCalled()
    },
  )
})

describe('an answer that somebody else has given', () => {
  test.each([
    ['before the metrics were asked', false],
    ['while they were collected', true],
  ])('%s is left as it is, and so is its connection', async (_, isLate) => {
    const warned = vi.spyOn(process, 'emitWarning')
    const registry = smallRegistry()
    let answer = () => {}
    registry.addCollector({ name: 'slow', collect: () => answer() })
    const server = await MountedServer.open(
      (options) => {
        const router = metricsRouter(options)
        return (req, res) => {
          answer = () => void res.end('other')
          if (!isLate) answer()
          router(req, res, () => {})
        }
      },
      { registry },
    )
    const socket = connect(server.port, '127.0.0.1')
    let text = ''
    socket.on('data', (part) => {
      text += part
    })
    const head = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n'
    socket.write(`${head}\r\n`)
    await once(socket, 'data')
    socket.write(`${head}Connection: close\r\n\r\n`)
    await once(socket, 'close')
    expect(text.match(/\r\nother/g)).toHaveLength(2)
    expect(warned).not.toHaveBeenCalled()
  })
})

test('a file that cannot be used closes the metrics, and its reason is one warning', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const missing = join(tmpdir(), 'telltale-no-such-file')
  const server = await MountedServer.open(plain, { registry: smallRegistry(), bearerTokenFile: missing })
  for (let i = 0; i < 3; i++) expect((await server.ask()).status).toBe(500)
  expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('cannot be read'), expect.anything())
})

test('a file that asks for TLS is refused: nobody here would check a certificate', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
  const { certificateFile, keyFile } = await import('../serve/certificates.js')
  const config = `tls_server_config:\n  cert_file: ${certificateFile('server')}\n  key_file: ${keyFile('server')}\n`
  const server = await MountedServer.open(plain, {
    registry: smallRegistry(),
    webConfigFile: fileOf(config).path,
  })
  expect((await server.ask()).status).toBe(500)
  expect(warned).toHaveBeenCalledWith(expect.stringContaining('MetricsServer'), expect.anything())
})

test.each([
  [{ limits: { scrapes: 0 } }, /scrapes 0/],
  [{ bearerToken: 'with space' }, /bearerToken/],
  [{ bearerToken: 'a', bearerTokenFile: 'b' }, /both/],
  [{ path: 'metrics' }, /path "metrics", expected a path that begins with a slash/],
  [{ path: '/metrics?all' }, /path "\/metrics\?all"/],
  [{ allowedHosts: 'metrics.internal' as never }, /allowedHosts: got "metrics.internal", expected a list/],
  [{ allowedHosts: [undefined as never] }, /allowedHosts: got \[undefined\]/],
])('options %o are refused at once', (options, message) => {
  expect(() => metricsRouter({ registry: smallRegistry(), ...options })).toThrow(
    expect.objectContaining({ code: 'TELLTALE_OPTION', message: expect.stringMatching(message) }),
  )
})
