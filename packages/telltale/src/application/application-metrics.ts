import type { Counter } from '../metrics/counter.js'
import type { Gauge } from '../metrics/gauge.js'
import type { Histogram } from '../metrics/histogram.js'
import { obtainCounter, obtainGauge, obtainHistogram } from '../registry/obtain.js'
import type { Registry } from '../registry/registry.js'
import type { MetricsConfig } from './metrics-config.js'

type Labelled = readonly string[]

/** The metrics that every application has. */
export interface ApplicationMetrics {
  readonly httpRequestDuration: Histogram<Labelled>
  readonly httpRequestTotal: Counter<Labelled>
  readonly databaseQueryDuration: Histogram<Labelled>
  readonly databaseConnections: Gauge<Labelled>
  readonly userRegistrations: Counter<Labelled>
  readonly activeUsers: Gauge<Labelled>
  readonly errorsTotal: Counter<Labelled>
  readonly userActions: Counter<Labelled>
  readonly memoryUsage: Gauge<Labelled>
  readonly cpuUsage: Gauge
}

/**
 * The application metrics of a registry: one set, whoever asks first. Throws `TELLTALE_METRIC_EXISTS` when the
 * registry has one of them with other labels or buckets.
 */
export function obtainApplicationMetrics(registry: Registry, config: MetricsConfig): ApplicationMetrics {
  const { http, database, business, errors } = config
  return {
    httpRequestDuration: obtainHistogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the arrival of a request to the close of its response, in seconds.',
      labels: http.labelNames,
      buckets: http.durationBuckets,
      registry,
    }),
    httpRequestTotal: obtainCounter({
      name: 'http_requests_total',
      help: 'Requests answered, aborted ones included.',
      labels: http.labelNames,
      registry,
    }),
    databaseQueryDuration: obtainHistogram({
      name: 'database_query_duration_seconds',
      help: 'Time that queries took, in seconds.',
      labels: database.labelNames,
      buckets: database.durationBuckets,
      registry,
    }),
    databaseConnections: obtainGauge({
      name: 'database_connections_active',
      help: 'Connections to the database by state; "active" are all that are established and usable.',
      labels: ['database', 'state'] as Labelled,
      registry,
    }),
    userRegistrations: obtainCounter({
      name: 'user_registrations_total',
      help: 'Users that registered, or tried to.',
      labels: business.userRegistration.labelNames,
      registry,
    }),
    activeUsers: obtainGauge({
      name: 'active_users_count',
      help: 'Distinct users seen within the period.',
      labels: business.activeUsers.labelNames,
      // A user who reaches two processes is one user: the sum would be too many.
      across: 'max',
      registry,
    }),
    errorsTotal: obtainCounter({
      name: 'errors_total',
      help: 'Errors by type, severity and component.',
      labels: errors.labelNames,
      registry,
    }),
    userActions: obtainCounter({
      name: 'user_action_total',
      help: 'Requests of users who are signed in, by method and route.',
      labels: ['action', 'route'] as Labelled,
      registry,
    }),
    memoryUsage: obtainGauge({
      name: 'nodejs_memory_usage_bytes',
      help: 'Memory of the process by type, in bytes.',
      labels: ['type'] as Labelled,
      across: 'all',
      registry,
    }),
    cpuUsage: obtainGauge({
      name: 'nodejs_cpu_usage_percent',
      help: 'Processor time used since the last collection, in percent of one core.',
      across: 'all',
      registry,
    }),
  }
}
