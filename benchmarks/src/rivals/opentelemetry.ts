import { createRequire } from 'node:module'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { AggregationType, MeterProvider } from '@opentelemetry/sdk-metrics'
import { answerCompressed } from '../compressed-answer.js'
import { buckets, type Rival } from '../rival.js'

export function createRival(): Rival {
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const aggregationCardinalityLimit = 2e6
  const provider = new MeterProvider({
    readers: [exporter],
    views: [
      { instrumentName: 'requests', aggregationCardinalityLimit },
      {
        instrumentName: 'request_seconds',
        aggregationCardinalityLimit,
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: buckets } },
      },
    ],
  })
  const meter = provider.getMeter('benchmark')
  const counter = meter.createCounter('requests')
  const histogram = meter.createHistogram('request_seconds')
  const serializer = new PrometheusSerializer()
  const text = async () => serializer.serialize((await exporter.collect()).resourceMetrics)
  const manifest = createRequire(import.meta.url)('@opentelemetry/sdk-metrics/package.json') as {
    version: string
  }
  return {
    version: manifest.version,
    incHandle: () => undefined,
    observeHandle: () => undefined,
    incByPosition: ([method, route, code]) => counter.add(1, { method, route, status_code: code }),
    incByName: ([method, route, code]) => counter.add(1, { method, route, status_code: code }),
    observeByName: ([method, route, code], value) =>
      histogram.record(value, { method, route, status_code: code }),
    observeNativeHandle: () => undefined,
    answer: (req, res) => void answerCompressed(req, res, 'text/plain; version=0.0.4', text()),
    expose: async () => [Buffer.from(await text())],
  }
}
