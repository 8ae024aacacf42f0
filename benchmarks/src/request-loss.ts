import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { MetricsMiddleware, MetricsServer } from 'telltale'
import { listen } from './stall.js'

// What a scrape each second costs an application in requests per second: node benchmarks/dist/request-loss.js. Windows
// with and without scrapes take turns, and the median of their ratios counts, because a machine has slow seconds.
const PAIRS = 12
const WINDOW_SECONDS = 3

const metrics = new MetricsMiddleware().collectHTTPMetrics({ route: () => '/users/:id' })
const application = await listen((req, res) => {
  metrics(req, res, () => res.setHeader('Content-Type', 'application/json').end('{"id":1,"name":"Ada"}'))
})
const { port } = await new MetricsServer(0, { announce: () => {}, log: () => {} }).start()

const loader = child('loader', application)
const scraper = child('scraper')
await delay(2000)

const ratios: number[] = []
for (let pair = 0; pair < PAIRS; pair++) {
  const plain = await answersIn(false)
  const scraped = await answersIn(true)
  ratios.push(scraped / plain)
  console.log(`${Math.round(plain)} requests/s, scraped each second ${Math.round(scraped)}`)
}
ratios.sort((a, b) => a - b)
const median = (ratios[PAIRS / 2 - 1]! + ratios[PAIRS / 2]!) / 2
console.log(`median: ${(100 * median).toFixed(1)} % of the requests without scraping`)
process.exit(0)

async function answersIn(isScraped: boolean): Promise<number> {
  const before = await count()
  const started = performance.now()
  for (let second = 0; second < WINDOW_SECONDS; second++) {
    if (isScraped) scraper.stdin!.write(`http://127.0.0.1:${port}/metrics\n`)
    await delay(1000)
  }
  return ((await count()) - before) / ((performance.now() - started) / 1000)
}

async function count(): Promise<number> {
  loader.stdin!.write('\n')
  const [data] = await once(loader.stdout!, 'data')
  return Number(String(data))
}

function child(name: string, ...args: readonly string[]): ChildProcess {
  const file = fileURLToPath(new URL(`./${name}.js`, import.meta.url))
  return spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
}
