import type { Once } from './probe/once.js'
import type { AlertmanagerSource } from './source/alertmanager-source.js'
import type { GrafanaSource } from './source/grafana-source.js'
import type { MetricsEndpoint } from './source/metrics-endpoint.js'
import type { PrometheusSource } from './source/prometheus-source.js'
import type { SetupFiles } from './source/setup-files.js'

/** What the checks look at. A part that is not there throws Unavailable when it is asked for. */
export interface Setup {
  readonly prometheus: PrometheusSource
  readonly endpoint: MetricsEndpoint
  readonly grafana: GrafanaSource
  readonly files: SetupFiles
  /** The one that was given, or else the first that Prometheus sends to. */
  alertmanager(): Promise<AlertmanagerSource>
  /** What is worked out for several checks. */
  readonly once: Once
  /** Seconds that one request may take. */
  readonly seconds: number
  /** Milliseconds since 1970. */
  readonly now: number
}
