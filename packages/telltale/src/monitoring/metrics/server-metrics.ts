import type { MetricTable } from './known-metric.js'

/** What Prometheus records of each scrape, with the job and instance of the target. */
export const targetMetrics = {
  up: { type: 'gauge', labels: [] },
  scrape_duration_seconds: { type: 'gauge', labels: [] },
  scrape_samples_scraped: { type: 'gauge', labels: [] },
  scrape_samples_post_metric_relabeling: { type: 'gauge', labels: [] },
  scrape_series_added: { type: 'gauge', labels: [] },
} as const satisfies MetricTable

/** What Prometheus (2.42 to 3.x) and Alertmanager tell about themselves, as far as it is used. */
export const serverMetrics = {
  prometheus_build_info: { type: 'gauge', labels: ['version'] },
  prometheus_config_last_reload_successful: { type: 'gauge', labels: [] },
  prometheus_notifications_alertmanagers_discovered: { type: 'gauge', labels: [] },
  prometheus_notifications_dropped_total: { type: 'counter', labels: [] },
  prometheus_notifications_errors_total: { type: 'counter', labels: ['alertmanager'] },
  prometheus_notifications_sent_total: { type: 'counter', labels: ['alertmanager'] },
  prometheus_rule_evaluation_failures_total: { type: 'counter', labels: ['rule_group'] },
  prometheus_rule_group_iterations_missed_total: { type: 'counter', labels: ['rule_group'] },
  prometheus_rule_group_last_duration_seconds: { type: 'gauge', labels: ['rule_group'] },
  prometheus_rule_group_interval_seconds: { type: 'gauge', labels: ['rule_group'] },
  prometheus_target_scrapes_exceeded_sample_limit_total: { type: 'counter', labels: [] },
  prometheus_target_scrapes_sample_duplicate_timestamp_total: { type: 'counter', labels: [] },
  prometheus_tsdb_head_series: { type: 'gauge', labels: [] },
  prometheus_tsdb_head_series_created_total: { type: 'counter', labels: [] },
  prometheus_tsdb_head_samples_appended_total: { type: 'counter', labels: [] },
  prometheus_tsdb_storage_blocks_bytes: { type: 'gauge', labels: [] },
  prometheus_tsdb_compactions_failed_total: { type: 'counter', labels: [] },
  prometheus_remote_storage_highest_timestamp_in_seconds: { type: 'gauge', labels: [] },
  prometheus_remote_storage_queue_highest_sent_timestamp_seconds: {
    type: 'gauge',
    labels: ['remote_name', 'url'],
  },
  alertmanager_config_last_reload_successful: { type: 'gauge', labels: [] },
  alertmanager_notifications_total: { type: 'counter', labels: ['integration'] },
  alertmanager_notifications_failed_total: { type: 'counter', labels: ['integration'] },
} as const satisfies MetricTable

/** What node_exporter tells about the machine, as far as it is used. */
export const machineMetrics = {
  node_filesystem_avail_bytes: { type: 'gauge', labels: ['device', 'fstype', 'mountpoint'] },
  node_filesystem_size_bytes: { type: 'gauge', labels: ['device', 'fstype', 'mountpoint'] },
  node_filesystem_readonly: { type: 'gauge', labels: ['device', 'fstype', 'mountpoint'] },
  node_memory_MemAvailable_bytes: { type: 'gauge', labels: [] },
  node_memory_MemTotal_bytes: { type: 'gauge', labels: [] },
  node_cpu_seconds_total: { type: 'counter', labels: ['cpu', 'mode'] },
  node_load1: { type: 'gauge', labels: [] },
} as const satisfies MetricTable
