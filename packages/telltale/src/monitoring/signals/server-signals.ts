import {
  aggregate,
  binary,
  DAY,
  HOUR,
  increase,
  MINUTE,
  maxBy,
  metric,
  minBy,
  num,
  over,
  predict,
  rate,
  ratio,
  sumBy,
  unlike,
} from '../query/build.js'
import type { Selector } from '../query/query.js'
import { serverTexts } from '../texts/server-texts.js'
import { type Signal, signalsOf } from './signal.js'

const instance = ['job', 'instance']
const line = (legend: string) => ({ visualisation: 'timeseries', legend }) as const

const worst = (of: Selector) => over('min_over_time', of, 5 * MINUTE)
const disk = unlike('fstype', 'tmpfs|ramfs|overlay|squashfs|nsfs')
const free = metric('node_filesystem_avail_bytes', disk)
const size = metric('node_filesystem_size_bytes', disk)
const readOnly = binary(metric('node_filesystem_readonly', disk), '==', num(1))

/** Prometheus, Alertmanager and the machine; seen only where they are scraped themselves. */
export const serverSignals: readonly Signal[] = signalsOf(
  'monitoring',
  {
    'config-reload': {
      unit: 'state',
      query: aggregate(
        'min',
        instance,
        binary(
          worst(metric('prometheus_config_last_reload_successful')),
          'or',
          worst(metric('alertmanager_config_last_reload_successful')),
        ),
      ),
      panel: { visualisation: 'state-timeline', legend: '{{instance}}' },
      alert: {
        name: 'ConfigReloadFailed',
        op: '<',
        thresholds: [{ severity: 'warning', value: 1, forSeconds: 10 * MINUTE }],
      },
    },
    'rule-failures': {
      unit: 'count',
      query: sumBy(
        [...instance, 'rule_group'],
        increase(metric('prometheus_rule_evaluation_failures_total')),
      ),
      panel: line('{{rule_group}}'),
      alert: {
        name: 'RulesFailing',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 5 * MINUTE }],
      },
    },
    'rule-duration': {
      unit: 'ratio',
      query: ratio(
        maxBy(
          [...instance, 'rule_group'],
          over('max_over_time', metric('prometheus_rule_group_last_duration_seconds'), 5 * MINUTE),
        ),
        maxBy([...instance, 'rule_group'], metric('prometheus_rule_group_interval_seconds')),
      ),
      panel: line('{{rule_group}}'),
      alert: {
        name: 'RulesSlow',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.8, forSeconds: 15 * MINUTE }],
      },
    },
    'alertmanagers-known': {
      unit: 'count',
      query: minBy(
        instance,
        over('max_over_time', metric('prometheus_notifications_alertmanagers_discovered'), 5 * MINUTE),
      ),
      panel: { visualisation: 'stat', legend: '{{instance}}' },
      alert: {
        name: 'AlertmanagerMissing',
        op: '<',
        thresholds: [{ severity: 'warning', value: 1, forSeconds: 10 * MINUTE }],
      },
    },
    'notification-errors': {
      unit: 'ratio',
      query: ratio(
        sumBy([...instance, 'alertmanager'], rate(metric('prometheus_notifications_errors_total'))),
        sumBy([...instance, 'alertmanager'], rate(metric('prometheus_notifications_sent_total'))),
      ),
      panel: line('{{alertmanager}}'),
      alert: {
        name: 'NotificationsFailing',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.01, forSeconds: 15 * MINUTE }],
      },
    },
    'notifications-dropped': {
      unit: 'count',
      query: sumBy(instance, increase(metric('prometheus_notifications_dropped_total'), 10 * MINUTE)),
      panel: line('{{instance}}'),
      alert: {
        name: 'NotificationsDropped',
        op: '>',
        thresholds: [{ severity: 'critical', value: 0, forSeconds: 0 }],
      },
    },
    'alert-delivery-errors': {
      unit: 'ratio',
      query: ratio(
        sumBy([...instance, 'integration'], rate(metric('alertmanager_notifications_failed_total'))),
        sumBy([...instance, 'integration'], rate(metric('alertmanager_notifications_total'))),
      ),
      panel: line('{{integration}}'),
      alert: {
        name: 'AlertDeliveryFailing',
        op: '>',
        thresholds: [{ severity: 'critical', value: 0.01, forSeconds: 5 * MINUTE }],
      },
    },
    'sample-limit': {
      unit: 'count',
      query: sumBy(
        instance,
        increase(metric('prometheus_target_scrapes_exceeded_sample_limit_total'), 10 * MINUTE),
      ),
      panel: line('{{instance}}'),
      alert: {
        name: 'SampleLimitHit',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 5 * MINUTE }],
      },
    },
    'remote-write-delay': {
      unit: 'seconds',
      query: {
        kind: 'binary',
        op: '-',
        left: maxBy(
          instance,
          over('max_over_time', metric('prometheus_remote_storage_highest_timestamp_in_seconds'), 5 * MINUTE),
        ),
        right: maxBy(
          [...instance, 'remote_name', 'url'],
          over(
            'max_over_time',
            metric('prometheus_remote_storage_queue_highest_sent_timestamp_seconds'),
            5 * MINUTE,
          ),
        ),
        on: instance,
        group: { side: 'right', include: [] },
      },
      panel: line('{{remote_name}}'),
      alert: {
        name: 'RemoteWriteBehind',
        op: '>',
        thresholds: [{ severity: 'warning', value: 120, forSeconds: 15 * MINUTE }],
      },
    },
    'compaction-failures': {
      unit: 'count',
      query: sumBy(instance, increase(metric('prometheus_tsdb_compactions_failed_total'), 3 * HOUR)),
      panel: line('{{instance}}'),
      alert: {
        name: 'CompactionsFailing',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: HOUR }],
      },
    },
    'head-series': {
      unit: 'count',
      query: maxBy(instance, metric('prometheus_tsdb_head_series')),
      panel: line('{{instance}}'),
    },
    'samples-appended': {
      unit: 'per-second',
      query: sumBy(instance, rate(metric('prometheus_tsdb_head_samples_appended_total'))),
      panel: line('{{instance}}'),
    },
    'storage-size': {
      unit: 'bytes',
      query: maxBy(instance, metric('prometheus_tsdb_storage_blocks_bytes')),
      panel: line('{{instance}}'),
    },
    'disk-prediction': {
      unit: 'ratio',
      query: binary(ratio(predict(free, 6 * HOUR, DAY), size), 'unless', readOnly),
      panel: line('{{instance}} {{mountpoint}}'),
      alert: {
        name: 'DiskFilling',
        op: '<',
        minimum: {
          query: binary(num(1), '-', ratio(free, size)),
          above: 0.6,
          on: ['job', 'instance', 'device', 'mountpoint'],
        },
        thresholds: [{ severity: 'warning', value: 0, forSeconds: HOUR }],
      },
    },
    'disk-free': {
      unit: 'ratio',
      query: binary(ratio(free, size), 'unless', readOnly),
      panel: line('{{instance}} {{mountpoint}}'),
      alert: {
        name: 'DiskNearlyFull',
        op: '<',
        thresholds: [{ severity: 'critical', value: 0.05, forSeconds: 10 * MINUTE }],
      },
    },
    'machine-memory': {
      unit: 'ratio',
      query: ratio(metric('node_memory_MemAvailable_bytes'), metric('node_memory_MemTotal_bytes')),
      panel: line('{{instance}}'),
      alert: {
        name: 'MachineMemoryLow',
        op: '<',
        thresholds: [{ severity: 'warning', value: 0.1, forSeconds: 15 * MINUTE }],
      },
    },
  },
  serverTexts,
)
