import type { MetricTable } from './known-metric.js'

/** What an endpoint, its telemetry thread, a process group and a remote write tell about themselves. */
export const deliveryMetrics = {
  telltale_event_loop_blocked_seconds: { type: 'gauge', labels: [] },
  telltale_event_loop_blocked_duration_seconds: { type: 'histogram', labels: [] },
  telltale_scrapes_total: { type: 'counter', labels: ['code'] },
  telltale_endpoint_rejections_total: { type: 'counter', labels: ['reason'] },
  telltale_web_config_last_reload_successful: { type: 'gauge', labels: [] },
  telltale_group_members: { type: 'gauge', labels: [] },
  telltale_group_silent_members: { type: 'gauge', labels: [] },
  telltale_group_definition_clashes_total: { type: 'counter', labels: ['metric'] },
  telltale_remote_write_samples_total: { type: 'counter', labels: [] },
  telltale_remote_write_samples_lost_total: { type: 'counter', labels: ['reason'] },
  telltale_remote_write_samples_waiting: { type: 'gauge', labels: [] },
} as const satisfies MetricTable
