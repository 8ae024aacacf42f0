import { once } from 'node:events'
import { Agent } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Gauge, Registry } from '../../src/index.js'
import { lintExposition } from '../../src/testing/index.js'
import { OpenedEndpoint, oneCounter } from './opened-endpoint.js'

describe('methods and protocols', () => {
  test.each([
    ['GET', '/', 200],
    ['GET', '/health', 200],
    ['HEAD', '/health', 200],
    ['GET', '/-/healthy', 200],
    ['HEAD', '/-/ready', 200],
    ['GET', '/metrics', 200],
    ['HEAD', '/metrics/', 200],
    ['GET', '/metrics/stats', 200],
    ['GET', '/metrics/health', 200],
    ['GET', '/metrics/a_total', 200],
    ['GET', '/metrics/nothing', 404],
    ['GET', '/metrics/reset', 404],
    ['GET', '/elsewhere', 404],
    ['POST', '/elsewhere', 404],
    ['GET', '/__proto__', 404],
    ['GET', '/metrics/__proto__', 404],
    ['POST', '/metrics', 405],
    ['DELETE', '/', 405],
    ['PROPFIND', '/metrics/stats', 405],
    ['POST', '/-/ready', 405],
    ['POST', '/metrics/reset', 403],
    ['OPTIONS', '/metrics', 204],
  ])('%s %s answers %i', async (method, path, status) => {
    const answer = await (await OpenedEndpoint.open()).ask(path, { method })
    expect(answer.status).toBe(status)
    if (method === 'HEAD') expect(answer.body).toBe('')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  test('a method that an address does not take is told which ones it takes', async () => {
    const opened = await OpenedEndpoint.open()
    const post = await opened.ask('/metrics', { method: 'POST' })
    expect(post.headers.allow).toBe('GET, HEAD, OPTIONS')
    expect(JSON.parse(post.body).error).toContain('GET, HEAD, OPTIONS')
    expect((await opened.ask('/metrics/reset', { method: 'OPTIONS' })).headers.allow).toBe(
      'GET, HEAD, POST, OPTIONS',
    )
  })

  test('a reset sets the values back where it is allowed', async () => {
    const opened = await OpenedEndpoint.open({ reset: true })
    expect((await opened.ask('/metrics/reset', { method: 'POST' })).status).toBe(200)
    expect(await opened.sample('a_total')).toBe(0)
  })

  test('a source that cannot be reset says so', async () => {
    const registry = oneCounter()
    const source = { names: registry.names, openMetrics2: false, gather: () => registry.gather() }
    const opened = await OpenedEndpoint.open({ reset: true }, source)
    expect((await opened.ask('/metrics/reset', { method: 'POST' })).status).toBe(501)
  })

  test('a client that speaks HTTP/1.0 and names no host gets the scrape and the end of the connection', async () => {
    const answer = await (await OpenedEndpoint.open()).say('GET /metrics HTTP/1.0\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(answer).not.toContain('Transfer-Encoding')
    expect(answer).toContain('\na_total 2\n')
  })

  test('further scrapes come over the same connection', async () => {
    const opened = await OpenedEndpoint.open()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    onTestFinished(() => agent.destroy())
    for (let i = 0; i < 3; i++) expect((await opened.ask('/metrics', { agent })).status).toBe(200)
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1)
  })

  test('an address with a host of its own, as proxies are sent, is refused', async () => {
    const opened = await OpenedEndpoint.open()
    const head = 'Host: localhost\r\nConnection: close\r\n\r\n'
    const answer = await opened.say(`GET http://user:hunter2@evil.example/metrics HTTP/1.1\r\n${head}`)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(opened.log.join()).not.toContain('hunter2')
  })
})

describe('pages for whoever watches over the process', () => {
  test('it is healthy and ready while it serves, and says so without a token', async () => {
    const opened = await OpenedEndpoint.open({ bearerToken: 'right' })
    expect(await opened.ask('/-/healthy')).toMatchObject({ status: 200, body: 'Healthy.\n' })
    expect(await opened.ask('/-/ready')).toMatchObject({ status: 200, body: 'Ready.\n' })
    expect((await opened.ask('/health')).status).toBe(401)
  })

  test('it is not ready any more when it closes', async () => {
    const opened = await OpenedEndpoint.open()
    const socket = await opened.connect('GET /-/ready HTTP/1.1\r\nHost: localhost\r\n')
    const other = await opened.connect('GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(other, 'data')
    const closing = opened.endpoint.close()
    socket.write('\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 /)
    await closing
  })
})

describe('the name that a request asks for', () => {
  test.each([
    'localhost',
    'LOCALHOST:9090',
    'localhost.:80',
    '127.0.0.1',
    '127.0.0.1:9090',
    '[::1]',
    '[::1]:9090',
  ])('%s is this machine', async (host) => {
    expect((await (await OpenedEndpoint.open()).ask('/metrics', { headers: { host } })).status).toBe(200)
  })

  test.each([
    'evil.example',
    'evil.example:9090',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    '[::2]',
    'localhost:80:80',
  ])('%j is a web page that made its own name point here, and gets nothing', async (host) => {
    const opened = await OpenedEndpoint.open()
    for (const path of ['/metrics', '/', '/-/healthy', '/metrics/stats']) {
      const answer = await opened.ask(path, { headers: { host } })
      expect(answer.status).toBe(421)
      expect(answer.body).toContain('allowedHosts')
    }
  })

  test('names can be added, and * is every name', async () => {
    const named = await OpenedEndpoint.open({ allowedHosts: ['Metrics.Internal'] })
    const ask = (opened: OpenedEndpoint, host: string) => opened.ask('/metrics', { headers: { host } })
    expect((await ask(named, 'metrics.internal:9090')).status).toBe(200)
    expect((await ask(named, 'localhost')).status).toBe(200)
    expect((await ask(named, 'other.internal')).status).toBe(421)
    expect((await ask(await OpenedEndpoint.open({ allowedHosts: ['*'] }), 'other.internal')).status).toBe(200)
  })

  test('where it listens to the network, every name is right unless there is a list', async () => {
    const ask = (opened: OpenedEndpoint) => opened.ask('/metrics', { headers: { host: 'app.internal' } })
    expect((await ask(await OpenedEndpoint.open({ host: '0.0.0.0' }))).status).toBe(200)
    expect((await ask(await OpenedEndpoint.open({ host: '0.0.0.0', allowedHosts: ['a'] }))).status).toBe(421)
  })
})

describe('web pages of others', () => {
  test('may read the metrics with CORS, and are told nothing without', async () => {
    const open = await OpenedEndpoint.open({ cors: true })
    expect((await open.ask()).headers['access-control-allow-origin']).toBe('*')
    expect((await open.ask('/metrics', { method: 'OPTIONS' })).headers['access-control-allow-origin']).toBe(
      '*',
    )
    const closed = await OpenedEndpoint.open({ cors: false })
    expect((await closed.ask()).headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('the request log', () => {
  test('has method and path, and never the query', async () => {
    const opened = await OpenedEndpoint.open()
    await opened.ask('/metrics?token=hunter2')
    await opened.ask(`/${'x'.repeat(5000)}`)
    expect(opened.log[0]).toMatch(/^\d{4}-\S+Z GET \/metrics$/)
    expect(opened.log[1]!.length).toBeLessThan(260)
    await opened.say('GET /\u009b31m\u00e9 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    expect(opened.log[2] ?? ' GET /').toMatch(/ GET [\x20-\x7e]+$/)
  })
})

describe('metrics of the endpoint about itself', () => {
  test('are in the scrape, beside what the application has', async () => {
    const opened = await OpenedEndpoint.open()
    await opened.ask()
    await opened.ask('/metrics', { method: 'HEAD' })
    await opened.ask('/metrics/stats')
    const { body } = await opened.ask()
    expect(body).toContain('\na_total 2\n')
    expect(body).toContain('\ntelltale_scrapes_total{code="200"} 2\n')
    expect(body).toContain('\ntelltale_scrape_duration_seconds_count 2\n')
    expect(body).toContain('\ntelltale_scrapes_in_flight 1\n')
    expect(Number(/telltale_scrape_size_bytes_sum (\d+)/.exec(body)![1])).toBeGreaterThan(body.length / 2)
  })

  test('can be left out', async () => {
    const opened = await OpenedEndpoint.open({ selfMetrics: false })
    expect((await opened.ask()).body).not.toContain('telltale_')
  })

  test('give way to a metric of the application that has the name', async () => {
    const registry = new Registry()
    new Gauge({ name: 'telltale_scrapes_in_flight', help: 'Mine.', registry }).set(42)
    const { body } = await (await OpenedEndpoint.open({}, registry)).ask()
    expect(body.match(/^telltale_scrapes_in_flight .*$/gm)).toEqual(['telltale_scrapes_in_flight 42'])
  })

  test('have nothing that lint finds', async () => {
    const { body } = await (await OpenedEndpoint.open({ bearerToken: 'a' })).ask('/metrics', {
      headers: { authorization: 'Bearer a' },
    })
    expect(lintExposition(body)).toEqual([])
  })
})
