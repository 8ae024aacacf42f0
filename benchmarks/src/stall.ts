import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const RESOLUTION = 1
const ROUNDS = 6

/**
 * The longest time in milliseconds that the loop of this process was held during a scrape by another process: the
 * least of five, after one to warm up. On a machine with few cores, what other processes take is in it.
 */
export async function stallDuringScrapes(url: string): Promise<number> {
  const scraper = spawn(process.execPath, [fileURLToPath(new URL('./scraper.js', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let best = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.()
    const monitor = monitorEventLoopDelay({ resolution: RESOLUTION })
    monitor.enable()
    await delay(100)
    monitor.reset()
    // After a reset the monitor measures from its next turn on.
    await delay(20)
    scraper.stdin.write(`${url}\n`)
    await once(scraper.stdout, 'data')
    // The monitor hears of a hold in the turn after it.
    await delay(20)
    monitor.disable()
    if (round > 0) best = Math.min(best, Math.max(0, monitor.max / 1e6 - RESOLUTION))
  }
  scraper.kill()
  return best
}

/** Serves from this process, as a library does that has no server of its own. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
}
