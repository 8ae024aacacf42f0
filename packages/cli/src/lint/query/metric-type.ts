import type { LintSettings, MetricType } from '../subject.js'

/** Gauges that every Prometheus and every Node.js process has, and whose names do not say it. */
const gauges: ReadonlySet<string> = new Set(
  `up scrape_duration_seconds scrape_samples_scraped scrape_samples_post_metric_relabeling scrape_series_added
  process_resident_memory_bytes process_virtual_memory_bytes process_heap_bytes process_open_fds process_max_fds
  process_start_time_seconds nodejs_eventloop_lag_seconds nodejs_eventloop_lag_min_seconds
  nodejs_eventloop_lag_max_seconds nodejs_eventloop_lag_mean_seconds nodejs_eventloop_lag_stddev_seconds
  nodejs_eventloop_lag_p50_seconds nodejs_eventloop_lag_p90_seconds nodejs_eventloop_lag_p99_seconds
  nodejs_heap_size_total_bytes nodejs_heap_size_used_bytes nodejs_external_memory_bytes
  nodejs_heap_space_size_total_bytes nodejs_heap_space_size_used_bytes nodejs_heap_space_size_available_bytes
  nodejs_active_handles nodejs_active_requests nodejs_active_resources node_memory_MemAvailable_bytes
  node_memory_MemTotal_bytes node_filesystem_avail_bytes node_filesystem_size_bytes node_load1`.split(/\s+/),
)

const suffix = /_(?:bucket|count|sum|created|total)$/

/**
 * Whether a sample of this name counts up: by the expositions of this run, or by its name where nothing else is known.
 */
export function sampleType(name: string, settings: LintSettings): 'counter' | 'gauge' | undefined {
  const exact = settings.typeOf(name)
  if (exact !== undefined && exact !== 'unknown') return kindOf(exact, '')
  const part = suffix.exec(name)?.[0] ?? ''
  const family = part === '' ? undefined : settings.typeOf(name.slice(0, -part.length))
  if (family !== undefined && family !== 'unknown') return kindOf(family, part)
  if (gauges.has(name) || /_(?:ratio|percent|percentage|info|celsius|timestamp_seconds)$/.test(name))
    return 'gauge'
  return /_(?:total|bucket)$/.test(name) && !name.includes(':') ? 'counter' : undefined
}

function kindOf(type: MetricType, part: string): 'counter' | 'gauge' | undefined {
  if (part === '_created') return 'gauge'
  if (type === 'counter') return 'counter'
  if (type === 'histogram' || type === 'summary') return part === '' ? undefined : 'counter'
  return 'gauge'
}
