import { collectRuntimeMetrics, runtimeCollectors } from '../instrument/runtime/index.js'
import { defaultRegistry } from '../registry/default-registry.js'
import { sortedBuckets } from './buckets.js'
import type { PrometheusContentType, RegistryContentType } from './content-type.js'
import { isObject } from './label-values.js'
import type { Registry } from './registry.js'

export interface DefaultMetricsCollectorConfiguration<T extends RegistryContentType = PrometheusContentType> {
  register?: Registry<T>
  prefix?: string
  /** Upper bounds in seconds. */
  gcDurationBuckets?: readonly number[]
  /** Milliseconds. */
  eventLoopMonitoringPrecision?: number
  labels?: object
}

const metricsList: string[] = [
  'processCpuTotal',
  'processStartTime',
  'osMemoryHeap',
  'processOpenFileDescriptors',
  'processMaxFileDescriptors',
  'eventLoopLag',
  'processResources',
  'processHandles',
  'processRequests',
  'heapSizeAndUsed',
  'heapSpacesSizeAndUsed',
  'version',
  'gc',
]

function collect<T extends RegistryContentType>(
  config?: DefaultMetricsCollectorConfiguration<T> | null,
): { stop(): void } {
  if (config !== null && config !== undefined && !isObject(config)) {
    throw new TypeError('config must be null, undefined, or an object')
  }
  const { register, prefix, gcDurationBuckets, eventLoopMonitoringPrecision, labels } = config ?? {}
  return collectRuntimeMetrics({
    registry: register?.engine ?? defaultRegistry(),
    collectors: [...runtimeCollectors, 'activeTotals'],
    ...(prefix && { prefix }),
    ...(gcDurationBuckets && { gcDurationBuckets: sortedBuckets(gcDurationBuckets) }),
    ...(eventLoopMonitoringPrecision && { eventLoopMonitoringPrecision }),
    ...(labels && { labels: { ...labels } }),
  })
}

/**
 * Collects the default metrics, those of prom-client and Telltale's own, as `collectRuntimeMetrics` does; what it
 * returns ends them, which prom-client cannot. A second call with the same register and prefix joins the first.
 */
export const collectDefaultMetrics = Object.assign(collect, { metricsList })
