import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type * as PromClient from 'prom-client'
import { MetricsMiddleware, MetricsServer } from 'telltale'

// An application on plain node:http that counts and times each request by method, route and status, with the metrics of
// the runtime: node plain-application.js telltale|prom-client. It says where it and its metrics are.

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

const answer: RequestListener = (_req, res) => {
  res.setHeader('Content-Type', 'application/json')
  res.end('{"id":1,"name":"Ada"}')
}

/** `/resource-3/17` is `/resource-3/:id`. */
function routeOf(url = ''): string {
  return `${url.slice(0, url.lastIndexOf('/'))}/:id`
}

async function withTelltale(): Promise<void> {
  const metrics = new MetricsMiddleware().collectHTTPMetrics({ route: (req) => routeOf(req.url) })
  const url = await listen((req, res) => metrics(req, res, () => answer(req, res)))
  const { port } = await new MetricsServer(0, { announce: () => {}, log: () => {} }).start()
  tell(url, `http://127.0.0.1:${port}/metrics`)
}

/** As its documentation has it: one histogram, the default metrics, and the text from the application's own server. */
async function withPromClient(): Promise<void> {
  const { Histogram, collectDefaultMetrics, register } = createRequire(import.meta.url)(
    'prom-client',
  ) as typeof PromClient
  collectDefaultMetrics()
  const seconds = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests in seconds.',
    labelNames: ['method', 'route', 'status_code'],
    buckets: BUCKETS,
  })
  const url = await listen((req, res) => {
    if (req.url === '/metrics') {
      res.setHeader('Content-Type', register.contentType)
      void register.metrics().then((text) => res.end(text))
      return
    }
    const end = seconds.startTimer()
    res.once('finish', () =>
      end({ method: req.method!, route: routeOf(req.url), status_code: res.statusCode }),
    )
    answer(req, res)
  })
  tell(url, `${url}metrics`)
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

function tell(application: string, metrics: string): void {
  process.stdout.write(`Metrics: ${metrics}\nApplication: ${application}\n`)
}

await (process.argv[2] === 'prom-client' ? withPromClient() : withTelltale())
