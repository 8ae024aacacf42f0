import { createServer, get, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** One scrape over HTTP on the loopback address. */
export interface Scrape {
  /** Milliseconds from the request to the last byte. */
  readonly milliseconds: number
  /** The longest time that the event loop was held meanwhile, in milliseconds. */
  readonly longestHold: number
}

const RESOLUTION = 1

/** Asks for gzip, as Prometheus does, and reads to the last byte without decompressing. */
export async function scrape(
  listener: RequestListener,
  headers = { 'accept-encoding': 'gzip' },
): Promise<Scrape> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  delay.enable()
  await new Promise((resolve) => setTimeout(resolve, 50))
  delay.reset()
  const start = performance.now()
  await new Promise<void>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/metrics', headers }, (res) => {
      res.resume().once('end', resolve).once('error', reject)
    }).once('error', reject)
  })
  const milliseconds = performance.now() - start
  await new Promise((resolve) => setTimeout(resolve, 20))
  delay.disable()
  server.close()
  server.closeAllConnections()
  return { milliseconds, longestHold: Math.max(0, delay.max / 1e6 - RESOLUTION) }
}
