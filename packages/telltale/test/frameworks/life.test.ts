import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Registry } from '../../src/index.js'
import { scrape } from '../application/served.js'
import { Moment } from '../instrument/http/watched-server.js'
import type { Answer, Running } from './contract.js'
import { countedAfter, send } from './counted.js'
import { hosts } from './hosts.js'

describe.each(hosts)(
  '$name: a request is counted once, when its response is closed',
  ({ base, serve, endsBroken }) => {
    let registry: Registry
    let running: Running | undefined
    const sockets: Socket[] = []
    let arrived: Moment

    beforeEach(() => {
      registry = new Registry()
      arrived = new Moment()
    })

    afterEach(async () => {
      vi.restoreAllMocks()
      for (const socket of sockets.splice(0)) socket.destroy()
      await running?.stop()
      running = undefined
    })

    const start = async (life: Answer): Promise<Running> => {
      const ignore = ({ url }: { url?: string }): boolean => {
        if (url?.includes('/life/')) arrived.reach()
        return false
      }
      running = await serve({ registry, ignore }, life)
      return running
    }

    const opened = async (port: number): Promise<Socket> => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      sockets.push(socket)
      await once(socket, 'connect')
      return socket
    }

    const head = (path: string, ...headers: string[]): string =>
      [`GET ${base}${path} HTTP/1.1`, 'Host: loopback', ...headers, '', ''].join('\r\n')

    /** All that was counted, when a request that came later was. */
    const settled = async (port: number, before: number): Promise<Record<string, number>> => {
      await countedAfter(registry, before)
      await send(port, `${base}/users/1`)
      const all = Object.fromEntries(await countedAfter(registry, before + 1))
      expect(all[`GET ${base}/users/:id 200`]).toBe(1)
      delete all[`GET ${base}/users/:id 200`]
      return all
    }

    test('aborted before the headers', async () => {
      const { port } = await start(() => new Promise(() => {}))
      const socket = await opened(port)
      socket.write(head('/life/hangs'))
      await arrived.reached
      socket.destroy()
      expect(await settled(port, 1)).toEqual({ [`GET ${base}/life/:case 499`]: 1 })
    })

    test('aborted in the middle of a stream', async () => {
      const { port } = await start(async () => {
        const events = new PassThrough()
        events.write('data: 1\n\n')
        return events
      })
      const socket = await opened(port)
      socket.write(head('/life/events'))
      await once(socket, 'data')
      expect((await countedAfter(registry, 0)).size).toBe(0)
      socket.destroy()
      expect(await settled(port, 1)).toEqual({ [`GET ${base}/life/:case 499`]: 1 })
    })

    test('aborted during the upload of its body', async () => {
      const { port } = await start(() => new Promise(() => {}))
      const socket = await opened(port)
      const upload = head('/life/upload', 'Content-Type: text/plain', 'Content-Length: 100')
      socket.write(`${upload.replace('GET', 'POST')}part`)
      await arrived.reached
      socket.destroy()
      const [line, ...others] = Object.entries(await settled(port, 1))
      expect(others).toEqual([])
      expect(line).toEqual([`POST ${base}/life/:case 499`, 1])
    })

    test('streamed for 300 ms, all of which are its duration', async () => {
      const { port } = await start(async () =>
        Readable.from(
          (async function* () {
            yield 'first'
            await after(305)
            yield 'last'
          })(),
        ),
      )
      await send(port, `${base}/life/slow`)
      await countedAfter(registry, 1)
      const labels = { method: 'GET', route: `${base}/life/:case`, status_code: '200' }
      const seconds = (await scrape(registry)).value('http_request_duration_seconds_sum', labels)
      expect(seconds).toBeGreaterThanOrEqual(0.3)
      expect(seconds).toBeLessThan(10)
    })

    test('sent from a source that fails', async () => {
      vi.spyOn(console, 'error').mockImplementation(() => {})
      const source = new Readable({ read() {} })
      const { port } = await start(async () => source)
      const socket = await opened(port)
      socket.write(head('/life/broken'))
      source.push('some')
      await once(socket, 'data')
      source.destroy(new Error('on purpose'))
      socket.end()
      const status = endsBroken === undefined ? 499 : 200
      expect(await settled(port, 1)).toEqual({ [`GET ${base}/life/:case ${status}`]: 1 })
    })

    test('one of many on a pipelined connection', async () => {
      const { port } = await start(async () => 'ok')
      const socket = await opened(port)
      socket.write(head('/users/1').repeat(20))
      await countedAfter(registry, 20)
      socket.write(head('/users/2'))
      expect(Object.fromEntries(await countedAfter(registry, 21))).toEqual({
        [`GET ${base}/users/:id 200`]: 21,
      })
    })

    test('running while the server closes all connections', async () => {
      const { port } = await start(() => new Promise(() => {}))
      const socket = await opened(port)
      socket.write(head('/life/hangs'))
      await arrived.reached
      await running?.stop()
      running = undefined
      expect(Object.fromEntries(await countedAfter(registry, 1))).toEqual({
        [`GET ${base}/life/:case 499`]: 1,
      })
    })

    test('but not when it is no request: the server answers 400 and goes on', async () => {
      const { port } = await start(async () => 'ok')
      const socket = await opened(port)
      socket.write('GET / HTTP/9\r\n\r\n')
      const [answer] = await once(socket, 'data')
      expect(String(answer)).toContain('400')
      expect(await settled(port, 0)).toEqual({})
    })
  },
)
