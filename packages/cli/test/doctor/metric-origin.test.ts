import { expect, test } from 'vitest'
import { originsIn } from '../../src/doctor/checks/metric-origin.js'
import type { LoadedGroup, LoadedRule } from '../../src/doctor/source/prometheus-answers.js'

const rule = (type: LoadedRule['type'], name: string): LoadedRule => ({
  type,
  name,
  query: 'up',
  health: 'ok',
  evaluationTime: 0,
})
const group: LoadedGroup = {
  name: 'shop',
  file: 'rules.yml',
  interval: 15,
  evaluationTime: 0,
  rules: [rule('recording', 'job:requests:rate5m'), rule('alerting', 'Slow')],
}
const originOf = originsIn([group])

test.each([
  ['ALERTS', 'built-in'],
  ['job:requests:rate5m', 'recorded'],
  ['slo:burn_rate:factor', 'objective'],
  ['queue_size', 'catalogue'],
  ['telltale_observations_dropped_total', 'catalogue'],
  ['prometheus_rule_evaluation_failures_total', { server: 'prometheus' }],
  ['alertmanager_notifications_failed_total', { server: 'alertmanager' }],
  ['node_memory_MemAvailable_bytes', { server: 'node' }],
  ['job:requests:rate1h', undefined],
  ['http_request_total', undefined],
  ['Slow', undefined],
])('%s may be missing because of %o', (metric, origin) => {
  expect(originOf(metric)).toEqual(origin)
})
