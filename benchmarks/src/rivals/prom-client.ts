import { createRequire } from 'node:module'
import type * as PromClient from 'prom-client'
import { answerCompressed } from '../compressed-answer.js'
import { buckets, labelNames, type Rival } from '../rival.js'

/** prom-client and the packages that have its API. */
export function createRival(name: string): Rival {
  const require = createRequire(import.meta.url)
  const { Counter, Histogram, Registry } = require(name) as typeof PromClient
  const register = new Registry()
  const definition = { help: 'A benchmark.', labelNames, registers: [register] }
  const counter = new Counter({ name: 'requests_total', ...definition })
  const histogram = new Histogram({ name: 'request_seconds', ...definition, buckets })
  const manifest = require(`${name}/package.json`) as { version: string }
  return {
    version: manifest.version,
    incHandle: (labels) => {
      const child = counter.labels(...labels)
      return () => child.inc()
    },
    observeHandle: (labels) => {
      const child = histogram.labels(...labels)
      return (value) => child.observe(value)
    },
    incByPosition: ([method, route, code]) => counter.labels(method, route, code).inc(),
    incByName: ([method, route, code]) => counter.inc({ method, route, status_code: code }),
    observeByName: ([method, route, code], value) =>
      histogram.observe({ method, route, status_code: code }, value),
    observeNativeHandle: () => undefined,
    answer: (req, res) => void answerCompressed(req, res, register.contentType, register.metrics()),
    expose: async () => [Buffer.from(await register.metrics())],
  }
}
