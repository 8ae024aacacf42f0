import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { seededRandom } from '../src/random.js'
import { TrafficMix } from '../src/traffic/mix.js'
import { Traffic } from '../src/traffic/traffic.js'

let server: Server | undefined

async function serve(listener: RequestListener): Promise<URL> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

const trafficTo = (url: URL, rate: number) => new Traffic(url, new TrafficMix(seededRandom(1), 'test'), rate)

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

describe('the traffic generator', () => {
  it('uses what it registered', async () => {
    const paths: string[] = []
    const url = await serve((req, res) => {
      paths.push(req.url ?? '')
      res.writeHead(201, { 'content-type': 'application/json' }).end('{"id":77}')
    })
    const traffic = trafficTo(url, 500)
    traffic.start()
    await vi.waitFor(() => expect(paths).toContain('/api/users/77'), { timeout: 10_000 })
    await traffic.stop()
  })

  it('never has more than 64 requests open, however slow the shop is', async () => {
    let open = 0
    const url = await serve(() => {
      open += 1 // never answered
    })
    const traffic = trafficTo(url, 1000)
    traffic.start()
    await vi.waitFor(() => expect(open).toBeGreaterThanOrEqual(60), { timeout: 10_000 })
    await traffic.stop()
    expect(open).toBeLessThanOrEqual(70) // those that went away by themselves made room
  })

  it('stops at once, open requests included', async () => {
    const url = await serve(() => {})
    const traffic = trafficTo(url, 100)
    traffic.start()
    await once(server!, 'request')
    const start = performance.now()
    await traffic.stop()
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('goes on when nothing answers, and when the answers make no sense', async () => {
    let answered = 0
    const url = await serve((req, res) => {
      answered += 1
      if (answered % 2) req.socket.destroy()
      else res.end('no JSON')
    })
    const traffic = trafficTo(url, 500)
    traffic.start()
    await vi.waitFor(() => expect(answered).toBeGreaterThan(50), { timeout: 10_000 })
    await traffic.stop()
  })
})
