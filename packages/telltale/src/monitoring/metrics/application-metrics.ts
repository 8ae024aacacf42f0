import type { MetricTable } from './known-metric.js'

/** What an application tells through the recorders. */
export const applicationMetrics = {
  http_request_duration_seconds: { type: 'histogram', labels: ['method', 'route', 'status_code'] },
  http_requests_total: { type: 'counter', labels: ['method', 'route', 'status_code'] },
  database_query_duration_seconds: { type: 'histogram', labels: ['operation', 'table', 'status'] },
  database_connections_active: { type: 'gauge', labels: ['database', 'state'] },
  user_registrations_total: { type: 'counter', labels: ['source', 'status'] },
  active_users_count: { type: 'gauge', labels: ['period'] },
  errors_total: { type: 'counter', labels: ['type', 'severity', 'component'] },
  user_action_total: { type: 'counter', labels: ['action', 'route'] },
  nodejs_memory_usage_bytes: { type: 'gauge', labels: ['type'] },
  nodejs_cpu_usage_percent: { type: 'gauge', labels: [] },
  distributed_trace_duration_seconds: { type: 'histogram', labels: ['service', 'operation', 'status'] },
  queue_size: { type: 'gauge', labels: ['queue_name', 'priority'] },
  queue_processing_duration_seconds: { type: 'histogram', labels: ['queue_name', 'job_type', 'status'] },
  cache_hits_total: { type: 'counter', labels: ['cache_name', 'key_pattern'] },
  cache_misses_total: { type: 'counter', labels: ['cache_name', 'key_pattern'] },
  cache_size_bytes: { type: 'gauge', labels: ['cache_name'] },
  external_api_duration_seconds: { type: 'histogram', labels: ['service', 'endpoint', 'status_code'] },
  external_api_rate_limit_remaining: { type: 'gauge', labels: ['service', 'endpoint'] },
  http_client_request_duration_seconds: { type: 'histogram', labels: ['method', 'host', 'status_code'] },
  http_client_request_errors_total: { type: 'counter', labels: ['host', 'kind'] },
  http_client_requests_in_flight: { type: 'gauge', labels: ['host'] },
  revenue_total: { type: 'counter', labels: ['currency', 'source', 'product'] },
  conversion_rate: { type: 'gauge', labels: ['funnel_stage', 'segment'] },
} as const satisfies MetricTable

/** What a registry tells about itself; each appears with the first incident. */
export const ownMetrics = {
  telltale_observations_dropped_total: { type: 'counter', labels: ['metric', 'reason'] },
  telltale_series_overflow_total: { type: 'counter', labels: ['metric'] },
  telltale_exemplars_dropped_total: { type: 'counter', labels: ['metric', 'reason'] },
  telltale_collector_errors_total: { type: 'counter', labels: ['collector', 'reason'] },
} as const satisfies MetricTable
