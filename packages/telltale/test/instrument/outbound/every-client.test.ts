import { createServer } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../test/support/free-ports.js'
import { block } from '../runtime/scrape.js'
import { AnsweringServer, PATIENCE } from './answering-server.js'
import { clients } from './clients.js'
import { Recorded } from './recorded.js'

describe.each(clients)('by %s', (_, ask) => {
  test('answered requests are counted by method, host and status, and by nothing of their path', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    await ask(server.url('/users/7?token=secret'))
    await ask(server.url('/users/8'))
    await ask(server.url('/status?code=404'))
    await ask(server.url('/status?code=503'), { method: 'POST', body: '{}' })
    expect(await recorded.requests()).toEqual({
      [`GET ${server.host} 200`]: 2,
      [`GET ${server.host} 404`]: 1,
      [`POST ${server.host} 503`]: 1,
    })
    expect(await recorded.errors()).toEqual({})
    expect(await recorded.inFlight(server.host)).toBe(0)
  })

  test('a request that waits is in flight until it is answered, and its time is counted', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    const asked = [ask(server.url('/hang')), ask(server.url('/hang'))]
    await server.hasWaiting(2)
    expect(await recorded.inFlight(server.host)).toBe(2)
    expect(await recorded.requests()).toEqual({})
    block(20)
    server.release()
    await Promise.all(asked)
    expect(await recorded.inFlight(server.host)).toBe(0)
    expect(await recorded.seconds(server.host, 'GET', '200')).toBeGreaterThan(0.04)
  })

  test('early hints are not the answer', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    await ask(server.url('/hints'))
    expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
  })

  test('a port on which nobody listens is refused', async () => {
    const host = `127.0.0.1:${await freePort()}`
    const recorded = new Recorded()
    await expect(ask(`http://${host}/`)).rejects.toThrow()
    expect(await recorded.errors()).toEqual({ [`${host} refused`]: 1 })
    expect(await recorded.requests()).toEqual({ [`GET ${host} 0`]: 1 })
    expect(await recorded.inFlight(host)).toBe(0)
  })

  test('a name that no address belongs to is an error of dns', async () => {
    const recorded = new Recorded()
    const host = `${'a'.repeat(64)}.invalid` // longer than a name may be, so that no server is asked
    await expect(ask(`http://${host}/`)).rejects.toThrow()
    expect(await recorded.errors()).toEqual({ [`${host} dns`]: 1 })
  })

  test('a server without TLS, and one whose certificate nobody knows, are errors of tls', async () => {
    const plain = await AnsweringServer.start()
    const unknown = await AnsweringServer.start('https')
    const recorded = new Recorded()
    await expect(ask(`https://${plain.host}/`)).rejects.toThrow()
    await expect(ask(unknown.url())).rejects.toThrow()
    expect(await recorded.errors()).toEqual({ [`${plain.host} tls`]: 1, [`${unknown.host} tls`]: 1 })
  })

  test.each(['/close', '/reset'])('a connection that ends without an answer (%s) is reset', async (path) => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    await expect(ask(server.url(path))).rejects.toThrow()
    expect(await recorded.errors()).toEqual({ [`${server.host} reset`]: 1 })
    expect(await recorded.requests()).toEqual({ [`GET ${server.host} 0`]: 1 })
  })

  test('an answer that is no HTTP is another error', async () => {
    const server = createServer((socket) => socket.end('not HTTP\r\n\r\n'))
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    const recorded = new Recorded()
    await expect(ask(`http://127.0.0.1:${port}/`)).rejects.toThrow()
    server.close()
    expect(await recorded.errors()).toEqual({ [`127.0.0.1:${port} other`]: 1 })
  })

  test('a request that takes longer than its signal allows is a timeout', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    const controller = new AbortController()
    const asked = ask(server.url('/hang'), { signal: controller.signal })
    // With a connection that is there: of what ends before, undici tells when there is one.
    await server.hasWaiting(1)
    controller.abort(new DOMException('as AbortSignal.timeout has it', 'TimeoutError'))
    await expect(asked).rejects.toThrow()
    expect(await recorded.errors()).toEqual({ [`${server.host} timeout`]: 1 })
    expect(await recorded.requests()).toEqual({ [`GET ${server.host} 0`]: 1 })
    expect(await recorded.inFlight(server.host)).toBe(0)
  })

  test('a request that the application gives up has the status 499', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    const controller = new AbortController()
    const asked = ask(server.url('/hang'), { signal: controller.signal })
    await server.hasWaiting(1)
    controller.abort()
    await expect(asked).rejects.toThrow()
    expect(await recorded.errors()).toEqual({ [`${server.host} aborted`]: 1 })
    expect(await recorded.requests()).toEqual({ [`GET ${server.host} 499`]: 1 })
    expect(await recorded.inFlight(server.host)).toBe(0)
  })

  test('an answer that breaks off has its status, and is incomplete', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    await expect(ask(server.url('/broken'))).rejects.toThrow()
    await vi.waitFor(async () => {
      expect(await recorded.errors()).toEqual({ [`${server.host} incomplete`]: 1 })
    }, PATIENCE)
    expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 1 })
  })

  test('an answer that the application does not read to its end is no error', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    await ask(server.url('/endless'), { unread: true })
    await ask(server.url())
    expect(await recorded.errors()).toEqual({})
    expect(await recorded.requests()).toEqual({ [`GET ${server.host} 200`]: 2 })
  })

  test('methods of its own are one value', async () => {
    const server = await AnsweringServer.start()
    const recorded = new Recorded()
    for (const method of ['PROPFIND', 'REPORT']) await ask(server.url(), { method })
    expect(await recorded.requests()).toEqual({ [`OTHER ${server.host} 200`]: 2 })
  })

  test('requests of before, and those after the stop, are not recorded', async () => {
    const server = await AnsweringServer.start()
    const before = ask(server.url('/hang'))
    await server.hasWaiting(1)
    const recorded = new Recorded()
    server.release()
    await before
    const during = ask(server.url('/hang'))
    await server.hasWaiting(1)
    recorded.stop()
    server.release()
    await Promise.all([during, ask(server.url())])
    expect(await recorded.requests()).toEqual({})
    expect(await recorded.inFlight(server.host)).toBe(0)
  })
})
