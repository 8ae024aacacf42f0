import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { HoldWatch } from './hold-watch.js'

const ROUNDS = 6
/** A loop is idle for no longer than this, in milliseconds: libraries that take much longer do not need it. */
const LONGEST_IDLE = 1000

/** Milliseconds for which a loop did not turn while another process scraped, and without a scrape. */
export interface Stall {
  /** The least of the longest holds in five scrapes, after one to warm up. */
  readonly scraped: number
  /** The same without the time in which another thread, of whichever process, had the core. */
  readonly scrapedOwn: number
  /** The median of the longest holds of the idle loop, each observed for as long as the scrape before took, at most 1 s. */
  readonly idle: number
}

/** Measures the loop of this process. */
export async function stallDuringScrapes(url: string): Promise<Stall> {
  const scraper = spawn(process.execPath, [fileURLToPath(new URL('./scraper.js', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const watch = new HoldWatch()
  let [scraped, scrapedOwn] = [Infinity, Infinity]
  const idle: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    globalThis.gc?.()
    await delay(100)
    const start = performance.now()
    watch.start()
    scraper.stdin.write(`${url}\n`)
    await once(scraper.stdout, 'data')
    const hold = watch.stop()
    const length = performance.now() - start
    await delay(100)
    watch.start()
    await delay(Math.min(length, LONGEST_IDLE))
    const { longest } = watch.stop()
    if (round === 0) continue
    scraped = Math.min(scraped, hold.longest)
    scrapedOwn = Math.min(scrapedOwn, hold.longestOwn)
    idle.push(longest)
  }
  watch.close()
  scraper.kill()
  return { scraped, scrapedOwn, idle: idle.toSorted((a, b) => a - b)[idle.length >> 1]! }
}

/** Serves from this process, as a library does that has no server of its own. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
}
