import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { keyMetrics } from '../texts/key-metrics.js'
import { Unavailable } from '../unavailable.js'
import { scrapedEndpoint } from './scraped-endpoint.js'

interface KeyMetric {
  readonly metric: string
  /** Names that do as well, behind any prefix; of samples or of families. */
  readonly pattern: RegExp
  readonly meaning: string
  readonly how: string
}

const middleware = 'app.use(new MetricsMiddleware().collectHTTPMetrics())'
const client = 'new PrometheusClient()'

const metrics: readonly KeyMetric[] = [
  {
    metric: 'http_requests_total',
    pattern:
      /^(?:.+_)?http_(?:server_)?requests?(?:_duration_seconds_count|_duration_seconds|s?_total|_total)$/,
    meaning: 'traffic and errors',
    how: middleware,
  },
  {
    metric: 'http_request_duration_seconds',
    pattern: /^(?:.+_)?http_(?:server_)?request_duration_seconds(?:_bucket|_count)?$/,
    meaning: 'latency',
    how: middleware,
  },
  {
    metric: 'nodejs_memory_usage_bytes',
    pattern:
      /^(?:.+_)?(?:nodejs_memory_usage_bytes|nodejs_heap_size_used_bytes|process_resident_memory_bytes)$/,
    meaning: 'memory',
    how: client,
  },
  {
    metric: 'nodejs_cpu_usage_percent',
    pattern: /^(?:.+_)?(?:nodejs_cpu_usage_percent|process_cpu_(?:user_|system_)?seconds_total)$/,
    meaning: 'CPU',
    how: client,
  },
]

async function areExposed(setup: Setup): Promise<readonly Finding[]> {
  const exposed = (await setup.endpoint.exposition()).families.map(({ name }) => name)
  const place = atUrl(setup.endpoint.url)
  const missing = metrics.filter(({ pattern }) => !exposed.some((name) => pattern.test(name)))
  return Promise.all(
    missing.map(async ({ metric, meaning, how }) =>
      (await wasStored(setup, metric))
        ? keyMetrics.finding('key-metrics/gone', place, { metric, how })
        : keyMetrics.finding('key-metrics/not-exposed', place, { metric, meaning, how }),
    ),
  )
}

async function wasStored(setup: Setup, metric: string): Promise<boolean> {
  try {
    const query = `count(last_over_time({__name__=~"${metric}(?:_count)?"}[1d]))`
    return (await setup.prometheus.query(query)).length > 0
  } catch (error) {
    if (error instanceof Unavailable) return false
    throw error
  }
}

async function areStored(setup: Setup): Promise<readonly Finding[]> {
  const { prometheus, endpoint } = setup
  await scrapedEndpoint(setup)
  const exposed = (await endpoint.exposition()).families.map(({ name }) => name)
  const place = atUrl(prometheus.url)
  const names = metrics.flatMap(({ pattern }) => exposed.find((name) => pattern.test(name)) ?? [])
  const findings = await Promise.all(
    names.map(async (metric) => {
      const stored = await prometheus.query(`count({__name__=~"${metric}(?:_count)?"})`)
      return stored.length > 0 ? [] : [keyMetrics.finding('key-metrics/not-stored', place, { metric })]
    }),
  )
  return findings.flat()
}

export const keyMetricsChecks = checksOf('key-metrics', [areExposed, areStored])
