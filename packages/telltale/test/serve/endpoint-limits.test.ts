import { once } from 'node:events'
import { text as textOf } from 'node:stream/consumers'
import { describe, expect, test, vi } from 'vitest'
import { Counter, Registry } from '../../src/index.js'
import { Endpoint } from '../../src/serve/endpoint.js'
import { readSlowly } from '../application/mounted-server.js'
import { certificateFile, keyFile } from './certificates.js'
import { OpenedEndpoint, oneCounter, testFile } from './opened-endpoint.js'

const get = 'GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n'
const rejections = (reason: string) => `telltale_endpoint_rejections_total{reason="${reason}"}`

/** A source that has scrapes wait until they are let through. */
function gated() {
  const registry = oneCounter()
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const gather = async () => {
    await opened
    return registry.gather()
  }
  return { source: { names: registry.names, openMetrics2: false, gather }, open }
}

describe('many at a time', () => {
  test('of 1,000 scrapes at once ten are answered, and the others are told to come again', async () => {
    const { source, open } = gated()
    const opened = await OpenedEndpoint.open({}, source)
    let refused = 0
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async () => {
        const socket = await opened.connect(get)
        const [first] = (await once(socket, 'data')) as [Buffer]
        if (first.includes('503') && ++refused === 990) open()
        socket.destroy()
        return first.toString()
      }),
    )
    const ok = answers.filter((answer) => answer.startsWith('HTTP/1.1 200 OK'))
    const busy = answers.filter((answer) => answer.startsWith('HTTP/1.1 503 '))
    expect([ok.length, busy.length]).toEqual([10, 990])
    expect(busy[0]).toMatch(/Retry-After: 1\r\n/)
    expect(busy[0]).toContain('Too many scrapes are being answered.')
    expect(await opened.sample(rejections('busy'))).toBe(990)
    expect(await opened.sample('telltale_scrapes_in_flight')).toBe(1)
  })

  test('who watches over the process is answered while all places are taken', async () => {
    const { source, open } = gated()
    const opened = await OpenedEndpoint.open({ limits: { scrapes: 1 } }, source)
    const first = opened.ask()
    await vi.waitFor(async () => expect((await opened.ask('/metrics/stats')).status).toBe(503))
    expect((await opened.ask('/-/ready')).status).toBe(200)
    open()
    expect((await first).status).toBe(200)
  })

  test('a connection that ends with several scrapes waiting on it holds no place', async () => {
    const { source, open } = gated()
    const opened = await OpenedEndpoint.open({ limits: { scrapes: 4 } }, source)
    const socket = await opened.connect(get.repeat(4))
    await vi.waitFor(async () => expect((await opened.ask('/metrics/stats')).status).toBe(503))
    socket.destroy()
    open()
    await vi.waitFor(async () => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => opened.ask('/metrics/stats')))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    })
    expect(await opened.sample('telltale_scrapes_in_flight')).toBe(1)
  })

  test('connections beyond the limit are closed at once, and idle ones make room', async () => {
    const opened = await OpenedEndpoint.open({ limits: { connections: 3 } })
    const idle = await Promise.all([1, 2, 3].map(() => opened.connect(get)))
    await Promise.all(idle.map((socket) => once(socket, 'data')))
    const fourth = await opened.connect(get)
    expect(await textOf(fourth).catch(() => '')).toBe('')
    await Promise.all(idle.map((socket) => socket.closed || once(socket, 'close')))
    expect(await opened.sample(rejections('connections'))).toBe(1)
  })
})

/** More than the system takes for a reader that never reads. */
function twentyMegabytes(): Registry {
  const registry = new Registry()
  const wide = new Counter({ name: 'wide_total', help: 'W.', labels: ['text'], registry, seriesLimit: 1e6 })
  for (let i = 0; i < 20_000; i++) wide.labels(`${i}${'x'.repeat(1000)}`).inc()
  return registry
}

describe('slow ones', () => {
  test('headers that come one byte at a time get status 408 and the end of the connection', async () => {
    const opened = await OpenedEndpoint.open({ limits: { requestSeconds: 0.4 } })
    const socket = await opened.connect('GET /metrics HTTP/1.1\r\nHost: localhost\r\nX: ')
    const trickle = setInterval(() => socket.write('x'), 50)
    const answer = await textOf(socket)
    clearInterval(trickle)
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(await opened.sample(rejections('timeout'))).toBe(1)
  })

  test('a connection that says nothing is closed', async () => {
    const opened = await OpenedEndpoint.open({ limits: { requestSeconds: 0.3 } })
    const socket = await opened.connect()
    await textOf(socket)
    expect((await opened.ask()).status).toBe(200)
  })

  test('a TLS handshake that never comes is given up', async () => {
    const config = `tls_server_config:\n  cert_file: ${certificateFile('server')}\n  key_file: ${keyFile('server')}\n`
    const webConfigFile = testFile('web.yml', config).path
    const opened = await OpenedEndpoint.open({ webConfigFile, limits: { requestSeconds: 0.3 } })
    await textOf(await opened.connect()).catch(() => '')
    const tls = { rejectUnauthorized: false }
    expect(await opened.sample(rejections('tls'), { tls })).toBe(1)
  })

  test('a scraper that never reads is cut, and its place is free again', async () => {
    const registry = twentyMegabytes()
    const limits = { scrapes: 1, answerSeconds: 0.5 }
    const opened = await OpenedEndpoint.open({ limits }, registry)
    const stuck = await opened.connect(get)
    stuck.pause()
    const path = '/metrics?name[]=telltale_endpoint_rejections_total&name[]=telltale_scrapes_total'
    await vi.waitFor(
      async () => {
        const { status, body } = await opened.ask(path)
        expect(status).toBe(200)
        expect(body).toContain(`${rejections('slow_reader')} 1\n`)
        expect(body).toContain('telltale_scrapes_total{code="499"} 1\n')
      },
      { timeout: 20_000 },
    )
  })

  test('ten that never read keep nobody out: a new scrape takes the place of one of them', async () => {
    const limits = { stalledSeconds: 0.3 }
    const opened = await OpenedEndpoint.open({ limits }, twentyMegabytes())
    for (let i = 0; i < 10; i++) (await opened.connect(get)).pause()
    const path = '/metrics?name[]=telltale_endpoint_rejections_total'
    await vi.waitFor(
      async () => {
        const { status, body } = await opened.ask(path)
        expect(status).toBe(200)
        expect(body).toContain(`${rejections('slow_reader')} 1\n`)
      },
      { timeout: 20_000 },
    )
  })

  test('ten that read a little at a time keep nobody out', async () => {
    const limits = { stalledSeconds: 1, bytesPerSecond: 100_000_000 }
    const opened = await OpenedEndpoint.open({ limits }, twentyMegabytes())
    for (let i = 0; i < 10; i++) readSlowly(await opened.connect(get))
    const path = '/metrics?name[]=telltale_endpoint_rejections_total'
    await vi.waitFor(
      async () => {
        const { status, body } = await opened.ask(path)
        expect(status).toBe(200)
        expect(body).toContain(`${rejections('slow_reader')} 1\n`)
      },
      { timeout: 10_000 },
    )
  })

  test('an address that holds all places gives one to another address, however fast it reads', async () => {
    const limits = { stalledSeconds: 1, bytesPerSecond: 1 }
    const opened = await OpenedEndpoint.open({ limits }, twentyMegabytes())
    const many = await Promise.all(Array.from({ length: 10 }, () => opened.connect(get)))
    for (const socket of many) readSlowly(socket)
    const from = '127.0.0.2'
    const cut = async () => await opened.sample(rejections('slow_reader'), { from })
    await vi.waitFor(async () => expect(await cut()).toBeGreaterThan(0), { timeout: 10_000 })
  })

  test('who reads slowly keeps the place, however many ask meanwhile', async () => {
    const limits = { scrapes: 1, stalledSeconds: 2, bytesPerSecond: 1000 }
    const opened = await OpenedEndpoint.open({ limits }, twentyMegabytes())
    const socket = await opened.connect(get)
    let taken = 0
    let isWhole = false
    socket.on('data', (part: Buffer) => {
      taken += part.length
      isWhole ||= part.subarray(-5).toString() === '0\r\n\r\n'
    })
    const slowly = setInterval(() => {
      socket.pause()
      setTimeout(() => socket.resume(), 40)
    }, 50)
    while (!isWhole && !socket.destroyed) await opened.ask('/metrics/stats')
    clearInterval(slowly)
    expect(isWhole).toBe(true)
    expect(taken).toBeGreaterThan(20_000_000)
  })
})

test('who asks for thousands of small pages and reads none is cut too', async () => {
  const opened = await OpenedEndpoint.open({ limits: { answerSeconds: 0.3 } })
  const stuck = await opened.connect('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(60_000))
  stuck.pause()
  await vi.waitFor(async () => expect(await opened.sample(rejections('slow_reader'))).toBe(1), {
    timeout: 10_000,
  })
})

describe('large and malformed ones', () => {
  test('a query that is too long gets status 414', async () => {
    const opened = await OpenedEndpoint.open()
    expect((await opened.ask(`/metrics?x=${'x'.repeat(8190)}`)).status).toBe(200)
    expect((await opened.ask(`/metrics?x=${'x'.repeat(8191)}`)).status).toBe(414)
    expect(await opened.sample(rejections('request'))).toBe(1)
  })

  test('headers that are too large get status 431', async () => {
    const opened = await OpenedEndpoint.open()
    const answer = await opened.say(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(await opened.sample(rejections('malformed'))).toBe(1)
  })

  test('what is not HTTP gets status 400 and is counted', async () => {
    const opened = await OpenedEndpoint.open()
    for (const text of [
      'hello\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
    ]) {
      expect(await opened.say(text)).toMatch(/^HTTP\/1\.1 400 /)
    }
    // The last one is HTTP, but without the host that HTTP/1.1 asks for.
    expect(await opened.sample(rejections('malformed'))).toBe(3)
  })

  test.each([
    ['of a large length', `Content-Length: 70000\r\n\r\n${'x'.repeat(1000)}`],
    ['of no length', 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n'],
  ])('a body %s gets status 413 and the end of the connection', async (_, rest) => {
    const opened = await OpenedEndpoint.open()
    const answer = await opened.say(`POST /metrics/reset HTTP/1.1\r\nHost: localhost\r\n${rest}`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect((await opened.ask()).status).toBe(200)
  })
})

test.each([
  [{ scrapes: 0 }, /scrapes 0, expected a whole number above 0\. Leave it out for 10/],
  [{ connections: 1.5 }, /connections 1\.5/],
  [{ answerSeconds: Number.NaN }, /answerSeconds NaN, expected a number above 0/],
  [{ idleSeconds: 1e9 }, /up to 2147483/],
  [{ requestSeconds: '10' as never }, /requestSeconds "10"/],
])('limits %o are refused before anything is opened', (limits, message) => {
  const settings = { port: 0, host: '127.0.0.1', cors: false, reset: false, selfMetrics: true, limits }
  expect(() => new Endpoint(oneCounter(), settings)).toThrow(
    expect.objectContaining({ code: 'TELLTALE_OPTION', message: expect.stringMatching(message) }),
  )
})
