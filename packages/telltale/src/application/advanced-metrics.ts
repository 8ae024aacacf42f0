import type { Counter } from '../metrics/counter.js'
import type { Gauge } from '../metrics/gauge.js'
import type { Histogram } from '../metrics/histogram.js'
import { obtainCounter, obtainGauge, obtainHistogram } from '../registry/obtain.js'
import type { Registry } from '../registry/registry.js'

/** The metrics of an application with queues, caches, outgoing calls and a business to watch. */
export interface AdvancedMetrics {
  readonly distributedTraceDuration: Histogram<readonly ['service', 'operation', 'status']>
  readonly queueSize: Gauge<readonly ['queue_name', 'priority']>
  readonly queueProcessingDuration: Histogram<readonly ['queue_name', 'job_type', 'status']>
  readonly cacheHits: Counter<readonly ['cache_name', 'key_pattern']>
  readonly cacheMisses: Counter<readonly ['cache_name', 'key_pattern']>
  readonly cacheSize: Gauge<readonly ['cache_name']>
  readonly externalAPIDuration: Histogram<readonly ['service', 'endpoint', 'status_code']>
  readonly externalAPIRate: Gauge<readonly ['service', 'endpoint']>
  readonly revenue: Counter<readonly ['currency', 'source', 'product']>
  readonly conversionRate: Gauge<readonly ['funnel_stage', 'segment']>
}

/** The advanced metrics of a registry: one set, whoever asks first. */
export function obtainAdvancedMetrics(registry: Registry): AdvancedMetrics {
  return { ...workMetrics(registry), ...cacheMetrics(registry), ...businessMetrics(registry) }
}

function workMetrics(registry: Registry) {
  return {
    distributedTraceDuration: obtainHistogram({
      name: 'distributed_trace_duration_seconds',
      help: 'Time that traced operations took, in seconds.',
      labels: ['service', 'operation', 'status'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30],
      registry,
    }),
    queueSize: obtainGauge({
      name: 'queue_size',
      help: 'Jobs that wait in the queue.',
      labels: ['queue_name', 'priority'],
      // All processes look at the same queue.
      across: 'max',
      registry,
    }),
    queueProcessingDuration: obtainHistogram({
      name: 'queue_processing_duration_seconds',
      help: 'Time that jobs took, in seconds.',
      labels: ['queue_name', 'job_type', 'status'],
      buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 300],
      registry,
    }),
    externalAPIDuration: obtainHistogram({
      name: 'external_api_duration_seconds',
      help: 'Time that calls to other services took, in seconds.',
      labels: ['service', 'endpoint', 'status_code'],
      buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10],
      registry,
    }),
    externalAPIRate: obtainGauge({
      name: 'external_api_rate_limit_remaining',
      help: 'Calls that the other service still allows.',
      labels: ['service', 'endpoint'],
      across: 'min',
      registry,
    }),
  }
}

function cacheMetrics(registry: Registry) {
  return {
    cacheHits: obtainCounter({
      name: 'cache_hits_total',
      help: 'Look-ups that the cache answered.',
      labels: ['cache_name', 'key_pattern'],
      registry,
    }),
    cacheMisses: obtainCounter({
      name: 'cache_misses_total',
      help: 'Look-ups that the cache could not answer.',
      labels: ['cache_name', 'key_pattern'],
      registry,
    }),
    cacheSize: obtainGauge({
      name: 'cache_size_bytes',
      help: 'Size of the cache, in bytes.',
      labels: ['cache_name'],
      registry,
    }),
  }
}

function businessMetrics(registry: Registry) {
  return {
    revenue: obtainCounter({
      name: 'revenue_total',
      help: 'Revenue in units of the currency.',
      labels: ['currency', 'source', 'product'],
      registry,
    }),
    conversionRate: obtainGauge({
      name: 'conversion_rate',
      help: 'Visitors who reached the stage, in percent of those who entered it.',
      labels: ['funnel_stage', 'segment'],
      across: 'average',
      registry,
    }),
  }
}
