import {
  HOUR,
  increase,
  increaseFromNothing,
  like,
  MINUTE,
  maxBy,
  metric,
  minBy,
  rate,
  ratio,
  sumBy,
} from '../query/build.js'
import { deliveryTexts } from '../texts/delivery-texts.js'
import { type Signal, signalsOf } from './signal.js'

const instance = ['job', 'instance']
const line = (legend: string) => ({ visualisation: 'timeseries', legend }) as const

/** Refusals for want of room, and refusals of those who may not. */
const CROWDED = 'busy|connections|rate|slow_reader'
const DENIED = 'credentials|client_certificate|attempts|tls|host'

const rejections = (reasons: string) =>
  sumBy(
    [...instance, 'reason'],
    increase(metric('telltale_endpoint_rejections_total', like('reason', reasons)), 15 * MINUTE),
  )

/** Whether what an application measures gets out of it. */
export const deliverySignals: readonly Signal[] = signalsOf(
  'monitoring',
  {
    'endpoint-scrapes': {
      unit: 'per-second',
      query: sumBy([...instance, 'code'], rate(metric('telltale_scrapes_total'))),
      panel: { ...line('{{instance}} {{code}}'), stacked: true },
    },
    'endpoint-crowded': {
      unit: 'count',
      query: rejections(CROWDED),
      panel: line('{{instance}} {{reason}}'),
      alert: {
        name: 'ScrapesRejected',
        op: '>',
        thresholds: [{ severity: 'warning', value: 5, forSeconds: 5 * MINUTE }],
      },
    },
    'endpoint-denied': {
      unit: 'count',
      query: rejections(DENIED),
      panel: line('{{instance}} {{reason}}'),
      alert: {
        name: 'EndpointAccessDenied',
        op: '>',
        thresholds: [{ severity: 'warning', value: 10, forSeconds: 5 * MINUTE }],
      },
    },
    'web-config-reload': {
      unit: 'state',
      query: minBy(instance, metric('telltale_web_config_last_reload_successful')),
      panel: { visualisation: 'state-timeline', legend: '{{instance}}' },
      alert: {
        name: 'WebConfigReloadFailed',
        op: '<',
        thresholds: [{ severity: 'warning', value: 1, forSeconds: 5 * MINUTE }],
      },
    },
    'group-silent-members': {
      unit: 'count',
      query: maxBy(instance, metric('telltale_group_silent_members')),
      panel: line('{{instance}}'),
      alert: {
        name: 'GroupMemberSilent',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 5 * MINUTE }],
      },
    },
    'group-definition-clashes': {
      unit: 'count',
      // Instances of one group may all serve it.
      query: maxBy(
        ['job', 'metric'],
        increaseFromNothing(metric('telltale_group_definition_clashes_total'), HOUR),
      ),
      panel: line('{{metric}}'),
      alert: {
        name: 'GroupDefinitionsClash',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 0 }],
      },
    },
    'pushed-samples-lost': {
      unit: 'count',
      query: sumBy(
        [...instance, 'reason'],
        increase(metric('telltale_remote_write_samples_lost_total'), 15 * MINUTE),
      ),
      panel: line('{{instance}} {{reason}}'),
      alert: {
        name: 'PushedSamplesLost',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 0 }],
      },
    },
    'push-backlog': {
      unit: 'seconds',
      query: ratio(
        sumBy(instance, metric('telltale_remote_write_samples_waiting')),
        sumBy(instance, rate(metric('telltale_remote_write_samples_total'))),
      ),
      panel: line('{{instance}}'),
      alert: {
        name: 'PushBehind',
        op: '>',
        thresholds: [{ severity: 'warning', value: 120, forSeconds: 10 * MINUTE }],
      },
    },
  },
  deliveryTexts,
)
