import { collectRuntimeMetrics } from '../instrument/runtime/runtime-metrics.js'
import { processWide } from '../model/process-wide.js'
import type { Registry } from '../registry/registry.js'
import { type ApplicationMetrics, obtainApplicationMetrics } from './application-metrics.js'
import { type MetricsConfig, metricsConfig } from './metrics-config.js'

/** The settings that hold where no configuration is given. */
const assumedConfig: MetricsConfig = {
  ...metricsConfig,
  default: { ...metricsConfig.default, prefix: 'nodejs_' },
}

/** The one set of application metrics of a registry, and what it was made with. */
export interface ApplicationSet {
  readonly metrics: ApplicationMetrics
  readonly config: MetricsConfig
  /** The configuration was asked for, not only assumed. */
  readonly asked: boolean
  readonly runtime: { stop(): void }
}

/**
 * The application metrics of a registry and the runtime's, made at the first call. Who gives no configuration
 * gets what is there; a configuration that is given replaces one that was only assumed, so the order in which
 * classes are built does not matter. Throws `TELLTALE_METRIC_EXISTS` when labels or buckets disagree.
 */
export function joinApplicationSet(registry: Registry, config: MetricsConfig | undefined): ApplicationSet {
  const sets = processWide('telltale.application.1', () => new WeakMap<Registry, ApplicationSet>())
  const existing = sets.get(registry)
  const holds =
    existing !== undefined && registry.get('http_requests_total') === existing.metrics.httpRequestTotal
  if (holds && (config === undefined || config === existing.config)) return existing
  const made = makeSet(registry, config)
  if (holds && !existing.asked) existing.runtime.stop()
  sets.set(registry, made)
  return made
}

function makeSet(registry: Registry, asked: MetricsConfig | undefined): ApplicationSet {
  const config = asked ?? assumedConfig
  const metrics = obtainApplicationMetrics(registry, config)
  const { prefix, gcDurationBuckets, eventLoopMonitoringPrecision } = config.default
  const runtime = collectRuntimeMetrics({ registry, prefix, gcDurationBuckets, eventLoopMonitoringPrecision })
  return { metrics, config, asked: asked !== undefined, runtime }
}
