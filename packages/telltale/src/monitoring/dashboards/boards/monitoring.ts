import { aggregate, binary, customMetric, eq, maxBy, metric, num, rate } from '../../query/build.js'
import { type Board, bands, figures, graphs, type Panel, words } from '../board.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'

const idle = rate(metric('node_cpu_seconds_total', eq('mode', 'idle')))

const machineProcessor = ownPanel({
  visualisation: 'timeseries',
  unit: 'ratio',
  title: words('CPU of the machine', '머신 CPU'),
  description: words('Share of all cores that is in use.', '모든 코어 가운데 사용 중인 비율입니다.'),
  lines: [{ query: binary(num(1), '-', aggregate('avg', ['instance'], idle)), legend: '{{instance}}' }],
})

const machineLoad = ownPanel({
  visualisation: 'timeseries',
  unit: 'count',
  title: words('Load of the machine', '머신 부하'),
  description: words(
    'Processes that run or want to, over the last minute.',
    '최근 1분 동안 실행 중이거나 실행을 기다린 프로세스 수입니다.',
  ),
  lines: [{ query: maxBy(['instance'], metric('node_load1')), legend: '{{instance}}' }],
})

/** Not the signal, which is always 1, but whether its alert fires. */
const watchdog = (panels: SignalPanels): Panel => {
  const panel = panels.panel('watchdog')
  const alert = panel.alerts.map(({ name }) => eq('alertname', name))
  const firing = maxBy([], customMetric('ALERTS', [...alert, eq('alertstate', 'firing')]))
  const query = binary(firing, 'or', { kind: 'vector', value: 0 })
  return {
    ...panel,
    lines: [{ query, legend: '' }],
    alerts: [],
    limits: [{ op: '<', severity: 'critical', value: 1 }],
  }
}

/** What is absent has no labels to name it. */
const missingJob = (panels: SignalPanels): Panel => {
  const panel = panels.panel('target-absent')
  return { ...panel, lines: panel.lines.map((line) => ({ ...line, legend: '' })) }
}

const quiet = { quiet: true } as const

/** Whether what is seen can be believed. */
export const monitoring = (panels: SignalPanels): Board => ({
  name: 'monitoring',
  title: words('Monitoring health', '모니터링 상태'),
  description: words(
    'Whether everything is scraped, rules run, alerts arrive, and how much it all costs.',
    '모두 수집되는지, 규칙이 도는지, 알림이 도착하는지, 비용은 얼마인지 보여 줍니다.',
  ),
  variables: ['job', 'instance'],
  span: '1h',
  sections: [
    {
      strips: [
        figures(
          missingJob(panels),
          panels.panel('alertmanagers-known'),
          panels.panel('config-reload', { visualisation: 'stat' }),
          watchdog(panels),
        ),
        bands(panels.panel('target-up'), panels.panel('job-up')),
      ],
    },
    {
      title: words('Scrapes and series', '수집과 시리즈'),
      strips: [
        graphs(panels.panel('scrape-duration'), panels.panel('samples-per-scrape')),
        graphs(panels.panel('series-growth'), panels.panel('series-churn'), panels.panel('sample-limit')),
        graphs(
          panels.panel('observations-dropped', quiet),
          panels.panel('series-overflow', quiet),
          panels.panel('collector-errors', quiet),
        ),
      ],
    },
    {
      title: words('Endpoint, group and push', '엔드포인트, 그룹, 전송'),
      strips: [
        graphs(
          panels.panel('endpoint-scrapes'),
          panels.panel('endpoint-crowded'),
          panels.panel('endpoint-denied'),
        ),
        bands(panels.panel('web-config-reload'), panels.panel('group-silent-members')),
        graphs(
          panels.panel('group-definition-clashes', quiet),
          panels.panel('pushed-samples-lost'),
          panels.panel('push-backlog'),
        ),
      ],
    },
    {
      title: words('Rules and alerts', '규칙과 알림'),
      strips: [
        graphs(panels.panel('rule-duration'), panels.panel('rule-failures')),
        graphs(
          panels.panel('notification-errors', quiet),
          panels.panel('notifications-dropped'),
          panels.panel('alert-delivery-errors', quiet),
        ),
      ],
    },
    {
      title: words('Storage', '저장'),
      strips: [
        graphs(panels.panel('head-series'), panels.panel('samples-appended'), panels.panel('storage-size')),
        graphs(panels.panel('compaction-failures'), panels.panel('remote-write-delay')),
      ],
    },
    {
      title: words('Machines', '머신'),
      strips: [
        graphs(machineProcessor, machineLoad, panels.panel('machine-memory')),
        graphs(panels.panel('disk-free'), panels.panel('disk-prediction')),
      ],
    },
  ],
})
