import { counter, gauge, nothing, ramp, type Scenario } from './scenario.js'

const up = (job: string, instance: string) => `up{job="${job}",instance="${instance}"}`
const own = (name: string, labels: string) => `${name}{job="app",instance="app:1",${labels}}`
const server = (name: string, labels = '') =>
  `${name}{job="prometheus",instance="p"${labels && `,${labels}`}}`
const onServer = (labels = '', severity = 'warning') =>
  `severity="${severity}",job="prometheus",instance="p"${labels && `,${labels}`}`
const disk = (name: string, mountpoint: string, fstype = 'ext4') =>
  `${name}{job="node",instance="n",device="d",fstype="${fstype}",mountpoint="${mountpoint}"}`
const GIGABYTE = 1_000_000_000

/** A counter of incidents: none before the first, and the first one counts. */
function incident(alert: string, metric: string, labels: string, by: string): Scenario {
  return {
    alert,
    shows: 'the first incident, which brings the series, and one of an hour ago',
    at: 70,
    series: {
      [up('app', 'app:1')]: gauge([1, 90]),
      [own(metric, labels)]: `${nothing(62)} ${gauge([1, 28])}`,
      [own(metric, labels.replaceAll(/="(\w+)"/g, '="old_$1"'))]: gauge([7, 90]),
    },
    firing: [`severity="warning",job="app",${by}`],
  }
}

export const monitoringScenarios: readonly Scenario[] = [
  {
    alert: 'TargetDown',
    shows: 'an address that two jobs cannot scrape, and one that can be',
    at: 10,
    series: {
      [up('app', 'a')]: gauge([1, 3], [0, 20]),
      [up('default', 'a')]: gauge([1, 3], [0, 20]),
      [up('node', 'n')]: gauge([1, 23]),
    },
    firing: ['severity="critical",instance="a"'],
  },
  {
    alert: 'AllTargetsDown',
    shows: 'a job without any target, one with half of them',
    at: 10,
    series: {
      [up('gone', 'a')]: gauge([0, 20]),
      [up('gone', 'b')]: gauge([0, 20]),
      [up('half', 'c')]: gauge([0, 20]),
      [up('half', 'd')]: gauge([1, 20]),
    },
    firing: ['severity="critical",job="gone"'],
  },
  {
    alert: 'TargetAbsent',
    shows: 'no target of one of the jobs of the pack',
    at: 10,
    series: { [up('app', 'a')]: gauge([1, 20]), [up('other', 'b')]: gauge([1, 20]) },
    firing: ['severity="critical",job="worker"'],
  },
  {
    alert: 'ScrapeSlow',
    shows: 'scrapes of 4 s, and of 0.1 s',
    at: 20,
    series: {
      'scrape_duration_seconds{job="app",instance="slow"}': gauge([4, 30]),
      'scrape_duration_seconds{job="app",instance="good"}': gauge([0.1, 30]),
    },
    firing: ['severity="warning",job="app",instance="slow"'],
  },
  incident(
    'ObservationsDropped',
    'telltale_observations_dropped_total',
    'metric="m",reason="nan"',
    'metric="m",reason="nan"',
  ),
  incident('SeriesLimitReached', 'telltale_series_overflow_total', 'metric="m"', 'metric="m"'),
  incident(
    'CollectorFailing',
    'telltale_collector_errors_total',
    'collector="pool",reason="threw"',
    'collector="pool",reason="threw"',
  ),
  incident(
    'CriticalErrors',
    'errors_total',
    'type="Corrupt",severity="critical",component="ledger"',
    'type="Corrupt",component="ledger"',
  ),
  {
    alert: 'Watchdog',
    shows: 'nothing at all',
    at: 1,
    series: {},
    firing: ['severity="none"'],
  },
  {
    alert: 'ConfigReloadFailed',
    shows: 'a Prometheus that could not reload, an Alertmanager that could',
    at: 20,
    series: {
      [server('prometheus_config_last_reload_successful')]: gauge([1, 2], [0, 28]),
      'alertmanager_config_last_reload_successful{job="am",instance="m"}': gauge([1, 30]),
    },
    firing: [onServer()],
  },
  {
    alert: 'RulesFailing',
    shows: 'a group that fails, one that does not',
    at: 20,
    series: {
      [server('prometheus_rule_evaluation_failures_total', 'rule_group="bad"')]: counter([1, 30]),
      [server('prometheus_rule_evaluation_failures_total', 'rule_group="good"')]: gauge([3, 30]),
    },
    firing: [onServer('rule_group="bad"')],
  },
  {
    alert: 'RulesSlow',
    shows: 'a group that takes its whole interval, one that does not',
    at: 25,
    series: {
      [server('prometheus_rule_group_last_duration_seconds', 'rule_group="bad"')]: gauge([14, 30]),
      [server('prometheus_rule_group_interval_seconds', 'rule_group="bad"')]: gauge([15, 30]),
      [server('prometheus_rule_group_last_duration_seconds', 'rule_group="good"')]: gauge([1, 30]),
      [server('prometheus_rule_group_interval_seconds', 'rule_group="good"')]: gauge([15, 30]),
    },
    firing: [onServer('rule_group="bad"')],
  },
  {
    alert: 'AlertmanagerMissing',
    shows: 'no Alertmanager for long',
    at: 20,
    series: { [server('prometheus_notifications_alertmanagers_discovered')]: gauge([1, 2], [0, 28]) },
    firing: [onServer()],
  },
  {
    alert: 'NotificationsFailing',
    shows: 'a tenth that does not arrive, and none',
    at: 30,
    series: {
      [server('prometheus_notifications_errors_total', 'alertmanager="bad"')]: counter([1, 40]),
      [server('prometheus_notifications_sent_total', 'alertmanager="bad"')]: counter([10, 40]),
      [server('prometheus_notifications_errors_total', 'alertmanager="good"')]: counter([0, 40]),
      [server('prometheus_notifications_sent_total', 'alertmanager="good"')]: counter([10, 40]),
    },
    firing: [onServer('alertmanager="bad"')],
  },
  {
    alert: 'NotificationsDropped',
    shows: 'alerts thrown away',
    at: 20,
    series: { [server('prometheus_notifications_dropped_total')]: counter([0, 15], [3, 15]) },
    firing: [onServer('', 'critical')],
  },
  {
    alert: 'AlertDeliveryFailing',
    shows: 'an integration that refuses, one that does not',
    at: 20,
    series: {
      [server('alertmanager_notifications_failed_total', 'integration="slack"')]: counter([1, 30]),
      [server('alertmanager_notifications_total', 'integration="slack"')]: counter([2, 30]),
      [server('alertmanager_notifications_failed_total', 'integration="webhook"')]: counter([0, 30]),
      [server('alertmanager_notifications_total', 'integration="webhook"')]: counter([2, 30]),
    },
    firing: [onServer('integration="slack"', 'critical')],
  },
  {
    alert: 'SampleLimitHit',
    shows: 'scrapes over the limit',
    at: 20,
    series: { [server('prometheus_target_scrapes_exceeded_sample_limit_total')]: counter([1, 30]) },
    firing: [onServer()],
  },
  {
    alert: 'RemoteWriteBehind',
    shows: 'one receiver that is ten minutes behind, one that keeps up',
    at: 30,
    series: {
      [server('prometheus_remote_storage_highest_timestamp_in_seconds')]: ramp(1000, 60, 40),
      [server(
        'prometheus_remote_storage_queue_highest_sent_timestamp_seconds',
        'remote_name="slow",url="u"',
      )]: ramp(400, 60, 40),
      [server(
        'prometheus_remote_storage_queue_highest_sent_timestamp_seconds',
        'remote_name="good",url="v"',
      )]: ramp(995, 60, 40),
    },
    firing: [onServer('remote_name="slow",url="u"')],
  },
  {
    alert: 'CompactionsFailing',
    shows: 'compactions that fail',
    at: 90,
    series: { [server('prometheus_tsdb_compactions_failed_total')]: counter([0, 5], [1, 100]) },
    firing: [onServer()],
  },
  {
    alert: 'DiskFilling',
    shows:
      'a disk that is full tomorrow, one that is steady, one that shrinks and is empty, one that is read-only',
    at: 460,
    series: {
      [disk('node_filesystem_avail_bytes', '/data')]: ramp(30 * GIGABYTE, -0.03 * GIGABYTE, 500),
      [disk('node_filesystem_size_bytes', '/data')]: gauge([100 * GIGABYTE, 500]),
      [disk('node_filesystem_readonly', '/data')]: gauge([0, 500]),
      [disk('node_filesystem_avail_bytes', '/')]: gauge([20 * GIGABYTE, 500]),
      [disk('node_filesystem_size_bytes', '/')]: gauge([100 * GIGABYTE, 500]),
      [disk('node_filesystem_avail_bytes', '/new')]: ramp(95 * GIGABYTE, -0.08 * GIGABYTE, 500),
      [disk('node_filesystem_size_bytes', '/new')]: gauge([100 * GIGABYTE, 500]),
      [disk('node_filesystem_avail_bytes', '/snap')]: ramp(30 * GIGABYTE, -0.03 * GIGABYTE, 500),
      [disk('node_filesystem_size_bytes', '/snap')]: gauge([100 * GIGABYTE, 500]),
      [disk('node_filesystem_readonly', '/snap')]: gauge([1, 500]),
    },
    firing: ['severity="warning",job="node",instance="n",device="d",fstype="ext4",mountpoint="/data"'],
  },
  {
    alert: 'DiskNearlyFull',
    shows: 'a full disk, one that is read-only, one in memory, one with space',
    at: 20,
    series: {
      [disk('node_filesystem_avail_bytes', '/data')]: gauge([2 * GIGABYTE, 30]),
      [disk('node_filesystem_size_bytes', '/data')]: gauge([100 * GIGABYTE, 30]),
      [disk('node_filesystem_avail_bytes', '/snap')]: gauge([0, 30]),
      [disk('node_filesystem_size_bytes', '/snap')]: gauge([GIGABYTE, 30]),
      [disk('node_filesystem_readonly', '/snap')]: gauge([1, 30]),
      [disk('node_filesystem_avail_bytes', '/run', 'tmpfs')]: gauge([0, 30]),
      [disk('node_filesystem_size_bytes', '/run', 'tmpfs')]: gauge([GIGABYTE, 30]),
      [disk('node_filesystem_avail_bytes', '/')]: gauge([50 * GIGABYTE, 30]),
      [disk('node_filesystem_size_bytes', '/')]: gauge([100 * GIGABYTE, 30]),
    },
    firing: ['severity="critical",job="node",instance="n",device="d",fstype="ext4",mountpoint="/data"'],
  },
  {
    alert: 'MachineMemoryLow',
    shows: 'a machine with 5 % left, one with half',
    at: 30,
    series: {
      'node_memory_MemAvailable_bytes{job="node",instance="full"}': gauge([5, 40]),
      'node_memory_MemTotal_bytes{job="node",instance="full"}': gauge([100, 40]),
      'node_memory_MemAvailable_bytes{job="node",instance="good"}': gauge([50, 40]),
      'node_memory_MemTotal_bytes{job="node",instance="good"}': gauge([100, 40]),
    },
    firing: ['severity="warning",job="node",instance="full"'],
  },
]
