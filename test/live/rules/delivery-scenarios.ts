import { counter, gauge, nothing, type Scenario } from './scenario.js'

const of = (name: string, instance: string, labels = '') =>
  `${name}{job="app",instance="${instance}"${labels && `,${labels}`}}`
const on = (instance: string, labels = '', severity = 'warning') =>
  `severity="${severity}",job="app",instance="${instance}"${labels && `,${labels}`}`

export const deliveryScenarios: readonly Scenario[] = [
  {
    alert: 'EventLoopBlocked',
    shows: 'a loop that stands still for 40 s, one of a group that does, one for half a second',
    at: 11,
    series: {
      [of('telltale_event_loop_blocked_seconds', 'stuck')]: gauge([0, 10], [40, 10]),
      [of('telltale_event_loop_blocked_seconds', 'group', 'worker="0"')]: gauge([0, 20]),
      [of('telltale_event_loop_blocked_seconds', 'group', 'worker="1"')]: gauge([0, 10], [15, 10]),
      [of('telltale_event_loop_blocked_seconds', 'good')]: gauge([0, 10], [0.5, 10]),
    },
    firing: [on('stuck', '', 'critical'), on('group', '', 'critical')],
  },
  {
    alert: 'EventLoopBlockedOften',
    shows: 'episodes of 12 s in each minute, of 1 s, and a single one',
    at: 25,
    series: {
      [of('telltale_event_loop_blocked_duration_seconds_sum', 'bad')]: counter([12, 30]),
      [of('telltale_event_loop_blocked_duration_seconds_sum', 'good')]: counter([1, 30]),
      [of('telltale_event_loop_blocked_duration_seconds_sum', 'once')]: counter([0, 20], [20, 1], [0, 9]),
    },
    firing: [on('bad')],
  },
  {
    alert: 'ScrapesRejected',
    shows: 'an endpoint that is always too busy, one that was once, one that refuses strangers',
    at: 30,
    series: {
      [of('telltale_endpoint_rejections_total', 'full', 'reason="busy"')]: counter([2, 40]),
      [of('telltale_endpoint_rejections_total', 'once', 'reason="busy"')]: counter([0, 20], [2, 1], [0, 19]),
      [of('telltale_endpoint_rejections_total', 'shut', 'reason="credentials"')]: counter([5, 40]),
    },
    firing: [on('full', 'reason="busy"')],
  },
  {
    alert: 'EndpointAccessDenied',
    shows: 'wrong passwords again and again, a few of them, a busy endpoint',
    at: 30,
    series: {
      [of('telltale_endpoint_rejections_total', 'shut', 'reason="credentials"')]: counter([2, 40]),
      [of('telltale_endpoint_rejections_total', 'typo', 'reason="credentials"')]: counter(
        [0, 20],
        [3, 1],
        [0, 19],
      ),
      [of('telltale_endpoint_rejections_total', 'full', 'reason="busy"')]: counter([5, 40]),
    },
    firing: [on('shut', 'reason="credentials"')],
  },
  {
    alert: 'WebConfigReloadFailed',
    shows: 'files that could not be read again, and files that could',
    at: 15,
    series: {
      [of('telltale_web_config_last_reload_successful', 'old')]: gauge([1, 5], [0, 15]),
      [of('telltale_web_config_last_reload_successful', 'good')]: gauge([1, 20]),
    },
    firing: [on('old')],
  },
  {
    alert: 'GroupMemberSilent',
    shows: 'a process that does not answer, one that came back, none',
    at: 15,
    series: {
      [of('telltale_group_silent_members', 'stopped')]: gauge([0, 5], [1, 15]),
      [of('telltale_group_silent_members', 'back')]: gauge([0, 5], [1, 3], [0, 12]),
      [of('telltale_group_silent_members', 'good')]: gauge([0, 20]),
    },
    firing: [on('stopped')],
  },
  {
    alert: 'GroupDefinitionsClash',
    shows: 'the first clash, which brings the series, seen by two instances, and an old one',
    at: 130,
    series: {
      [of('up', 'a')]: gauge([1, 150]),
      [of('up', 'b')]: gauge([1, 150]),
      [of('telltale_group_definition_clashes_total', 'a', 'metric="jobs_total"')]:
        `${nothing(120)} ${gauge([1, 30])}`,
      [of('telltale_group_definition_clashes_total', 'b', 'metric="jobs_total"')]:
        `${nothing(120)} ${gauge([1, 30])}`,
      [of('telltale_group_definition_clashes_total', 'a', 'metric="old_total"')]: gauge([2, 150]),
    },
    firing: ['severity="warning",job="app",metric="jobs_total"'],
  },
  {
    alert: 'PushedSamplesLost',
    shows: 'a queue that ran over, a receiver that refused something an hour ago',
    at: 70,
    series: {
      [of('telltale_remote_write_samples_lost_total', 'p', 'reason="overflow"')]: counter([0, 60], [300, 15]),
      [of('telltale_remote_write_samples_lost_total', 'p', 'reason="refused"')]: counter(
        [0, 5],
        [300, 1],
        [0, 70],
      ),
    },
    firing: [on('p', 'reason="overflow"')],
  },
  {
    alert: 'PushBehind',
    shows: 'a queue of half an hour, one of 15 s, and a receiver that accepts nothing',
    at: 30,
    series: {
      [of('telltale_remote_write_samples_total', 'slow')]: counter([1000, 40]),
      [of('telltale_remote_write_samples_waiting', 'slow')]: gauge([30_000, 40]),
      [of('telltale_remote_write_samples_total', 'good')]: counter([1000, 40]),
      [of('telltale_remote_write_samples_waiting', 'good')]: gauge([250, 40]),
      [of('telltale_remote_write_samples_total', 'away')]: counter([0, 40]),
      [of('telltale_remote_write_samples_waiting', 'away')]: gauge([5000, 40]),
    },
    firing: [on('slow')],
  },
]
