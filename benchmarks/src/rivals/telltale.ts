import { createRequire } from 'node:module'
import { Counter, exposeBytes, Histogram, MetricsRoutes, MetricsServer, Registry } from 'telltale'
import { buckets, labelNames, type Rival } from '../rival.js'

export function createRival(): Rival {
  const registry = new Registry()
  const help = 'A benchmark.'
  const counter = new Counter({
    name: 'requests_total',
    help,
    labels: labelNames,
    registry,
    seriesLimit: 2e6,
  })
  const histogram = new Histogram({
    name: 'request_seconds',
    help,
    labels: labelNames,
    buckets,
    registry,
    seriesLimit: 2e6,
  })
  const native = new Histogram({
    name: 'native_seconds',
    help,
    labels: labelNames,
    buckets: [],
    native: true,
    registry,
  })
  const routes = new MetricsRoutes({ registry }).getRouter()
  const { version } = createRequire(import.meta.url)('telltale/package.json') as { version: string }
  return {
    version,
    incHandle: (labels) => {
      const series = counter.labels(...labels)
      return () => series.inc()
    },
    observeHandle: (labels) => {
      const series = histogram.labels(...labels)
      return (value) => series.observe(value)
    },
    incByPosition: ([method, route, code]) => counter.labels(method, route, code).inc(),
    incByName: ([method, route, code]) => counter.labels({ method, route, status_code: code }).inc(),
    observeByName: ([method, route, code], value) =>
      histogram.labels({ method, route, status_code: code }).observe(value),
    observeNativeHandle: (labels) => {
      const series = native.labels(...labels)
      return (value) => series.observe(value)
    },
    answer: (req, res) => routes(req, res, () => res.writeHead(404).end()),
    serveFromThread: async () => {
      const server = new MetricsServer(0, { registry, announce: () => {}, log: () => {} })
      return `http://127.0.0.1:${(await server.start()).port}/metrics`
    },
    expose: async () => (await exposeBytes(registry)).chunks,
  }
}
