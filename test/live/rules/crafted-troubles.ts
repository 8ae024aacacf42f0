import { Counter } from 'telltale'
import { CraftedMetrics } from './crafted-endpoint.js'

const GIGABYTE = 1_000_000_000

/** Whether the troubles have begun, and for how many seconds. */
export class Phase {
  #begin: number | undefined

  begin(): void {
    this.#begin = performance.now()
  }

  get isTrouble(): boolean {
    return this.#begin !== undefined
  }

  /** 0 before. */
  get seconds(): number {
    return this.#begin === undefined ? 0 : (performance.now() - this.#begin) / 1000
  }

  /** One value before the troubles begin, another one from then on. */
  readonly switch = (before: number, after: number) => () => (this.isTrouble ? after : before)
}

/** An application in which everything goes wrong at once. */
export function troubledApplication(phase: Phase): CraftedMetrics {
  const turn = phase.switch
  const app = new CraftedMetrics()
  const route = { method: 'GET', route: '/' }
  app
    .counter('http_requests_total', { ...route, status_code: '200' }, turn(20, 4))
    .counter('http_requests_total', { ...route, status_code: '500' }, turn(0, 6))
    .counter('http_requests_total', { ...route, status_code: '404' }, turn(0, 8))
    .counter('http_requests_total', { ...route, status_code: '499' }, turn(0, 2))
    .histogram('http_request_duration_seconds', { ...route, status_code: '200' }, turn(0.01, 4))
    .gauge('nodejs_eventloop_lag_p99_seconds', {}, turn(0.01, 2))
    .counter('nodejs_eventloop_active_seconds_total', {}, turn(0.1, 1))
    .counter('nodejs_eventloop_idle_seconds_total', {}, turn(0.9, 0.001))
    .histogram('nodejs_gc_duration_seconds', { kind: 'major' }, turn(0.0001, 0.02))
    .gauge('prod_nodejs_heap_size_used_bytes', {}, () =>
      phase.isTrouble ? 0.95 * GIGABYTE + phase.seconds * 1000 : 0.1 * GIGABYTE,
    )
    .gauge('prod_nodejs_heap_size_limit_bytes', {}, () => GIGABYTE)
    .gauge('nodejs_external_memory_bytes', {}, () => GIGABYTE + phase.seconds * 1_000_000)
    .gauge('nodejs_active_handles', { type: 'TCPSocketWrap' }, () => 10 + phase.seconds)
    .counter('process_cpu_seconds_total', {}, turn(0.1, 1.2))
    .gauge('process_open_fds', {}, turn(20, 1000))
    .gauge('process_max_fds', {}, () => 1024)
    .counter('nodejs_unhandled_errors_total', { kind: 'rejection' }, turn(0, 1))
    .gauge('nodejs_http_requests_in_flight', {}, turn(1, 100_000))
    .gauge('process_start_time_seconds', {}, () => (phase.isTrouble ? Math.round(phase.seconds * 10) : 1))
  const query = { operation: 'SELECT', table: 'orders' }
  app
    .histogram('database_query_duration_seconds', { ...query, status: 'success' }, turn(0.01, 2))
    .histogram('database_query_duration_seconds', { ...query, status: 'error' }, turn(0.01, 2), turn(0, 20))
    .gauge('database_connections_active', { database: 'shop', state: 'active' }, turn(5, 0))
    .gauge('database_connections_active', { database: 'shop', state: 'idle' }, turn(2, 0))
    .gauge('database_connections_active', { database: 'shop', state: 'in_use' }, turn(1, 10))
    .gauge('database_connections_active', { database: 'shop', state: 'max' }, () => 10)
    .gauge('database_connections_active', { database: 'shop', state: 'waiting' }, turn(0, 4))
    .counter('cache_hits_total', { cache_name: 'users', key_pattern: 'k' }, turn(9, 1))
    .counter('cache_misses_total', { cache_name: 'users', key_pattern: 'k' }, turn(1, 9))
    .gauge('queue_size', { queue_name: 'stalled', priority: 'high' }, turn(0, 5))
    .gauge('queue_size', { queue_name: 'long', priority: 'high' }, () => 100_000 + phase.seconds * 100)
    .histogram(
      'queue_processing_duration_seconds',
      { queue_name: 'long', job_type: 't', status: 'failed' },
      () => 1,
    )
    .histogram(
      'external_api_duration_seconds',
      { service: 'pay', endpoint: '/', status_code: '503' },
      turn(0.1, 4),
    )
    .histogram(
      'http_client_request_duration_seconds',
      { method: 'GET', host: 'api.example.com', status_code: '0' },
      turn(0.1, 4),
    )
    .counter('http_client_request_errors_total', { host: 'api.example.com', kind: 'timeout' }, turn(0, 1))
    .gauge('external_api_rate_limit_remaining', { service: 'pay', endpoint: '/' }, turn(100, 1))
    .counter('user_registrations_total', { source: 'web', status: 'success' }, turn(20, 0))
    .counter('revenue_total', { currency: 'EUR', source: 'web', product: 'p' }, turn(50, 1))
    .gauge('conversion_rate', { funnel_stage: 'paid', segment: 'all' }, turn(4, 1))
    .counter('low_traffic_total', { result: 'failed' }, () => 5)
  app
    .gauge('telltale_event_loop_blocked_seconds', {}, turn(0, 40))
    .histogram('telltale_event_loop_blocked_duration_seconds', {}, () => 2, turn(0, 4))
    .counter('telltale_endpoint_rejections_total', { reason: 'busy' }, turn(0, 20))
    .counter('telltale_endpoint_rejections_total', { reason: 'credentials' }, turn(0, 20))
    .gauge('telltale_web_config_last_reload_successful', {}, turn(1, 0))
    .gauge('telltale_group_silent_members', {}, turn(0, 1))
    .counter('telltale_group_definition_clashes_total', { metric: 'm' }, turn(0, 1))
    .counter('telltale_remote_write_samples_lost_total', { reason: 'overflow' }, turn(0, 5))
    .counter('telltale_remote_write_samples_total', {}, () => 10)
    .gauge('telltale_remote_write_samples_waiting', {}, turn(0, 100_000))
  return withIncidents(app, phase)
}

/** What Telltale counts about itself, and an error: each has no series before it happens. */
function withIncidents(app: CraftedMetrics, phase: Phase): CraftedMetrics {
  const { registry } = app
  const errors = new Counter({
    name: 'errors_total',
    help: 'Errors.',
    labels: ['type', 'severity', 'component'],
    registry,
  })
  const bounded = new Counter({
    name: 'bounded_total',
    help: 'Few.',
    labels: ['id'],
    seriesLimit: 1,
    registry,
  })
  let isNew = true
  registry.addCollector({
    name: 'incidents',
    collect: () => {
      if (!phase.isTrouble) return
      if (isNew) {
        errors.labels('Corrupt', 'critical', 'ledger').inc()
        for (const id of ['a', 'b', 'c']) bounded.labels(id).inc()
        bounded.labels('a').inc(-1)
        isNew = false
      }
      throw new Error('the pool is away')
    },
  })
  return app
}

/** Requests that change by a factor when the troubles begin. */
export function traffic(before: () => number): CraftedMetrics {
  return new CraftedMetrics().counter(
    'http_requests_total',
    { method: 'GET', route: '/', status_code: '200' },
    before,
  )
}

/** One that exposes ever more series. */
export function growing(phase: Phase): CraftedMetrics {
  const metrics = new CraftedMetrics()
  const series = new Counter({
    name: 'leak_total',
    help: 'Leak.',
    labels: ['id'],
    registry: metrics.registry,
  })
  const add = (from: number, to: number) => {
    for (let id = from; id < to; id++) series.labels(String(id)).inc()
  }
  add(0, 1100)
  metrics.registry.addCollector({
    name: 'leak',
    collect: () => {
      if (phase.isTrouble) add(1100, 3000)
    },
  })
  return metrics
}

/** Prometheus, Alertmanager and a machine in trouble, as they would tell. */
export function troubledServers(phase: Phase): CraftedMetrics {
  const servers = new CraftedMetrics()
  const disk = { device: 'd', fstype: 'ext4', mountpoint: '/' }
  servers
    .gauge('prometheus_config_last_reload_successful', {}, () => 0)
    .counter('prometheus_rule_evaluation_failures_total', { rule_group: 'g' }, () => 1)
    .gauge('prometheus_rule_group_last_duration_seconds', { rule_group: 'g' }, () => 15)
    .gauge('prometheus_rule_group_interval_seconds', { rule_group: 'g' }, () => 15)
    .gauge('prometheus_notifications_alertmanagers_discovered', {}, () => 0)
    .counter('prometheus_notifications_errors_total', { alertmanager: 'a' }, () => 1)
    .counter('prometheus_notifications_sent_total', { alertmanager: 'a' }, () => 2)
    .counter('prometheus_notifications_dropped_total', {}, () => 1)
    .counter('alertmanager_notifications_failed_total', { integration: 'webhook' }, () => 1)
    .counter('alertmanager_notifications_total', { integration: 'webhook' }, () => 2)
    .counter('prometheus_target_scrapes_exceeded_sample_limit_total', {}, () => 1)
    .gauge('prometheus_remote_storage_highest_timestamp_in_seconds', {}, () => 1000)
    .gauge(
      'prometheus_remote_storage_queue_highest_sent_timestamp_seconds',
      { remote_name: 'r', url: 'u' },
      () => 100,
    )
    .counter('prometheus_tsdb_compactions_failed_total', {}, () => 1)
    .gauge('node_filesystem_avail_bytes', disk, () => 0.04 * GIGABYTE - phase.seconds * 1000)
    .gauge('node_filesystem_size_bytes', disk, () => GIGABYTE)
    .gauge('node_filesystem_readonly', disk, () => 0)
    .gauge('node_memory_MemAvailable_bytes', {}, () => 5)
    .gauge('node_memory_MemTotal_bytes', {}, () => 100)
  return servers
}
