import {
  binary,
  countBy,
  customMetric,
  eq,
  like,
  maxBy,
  metric,
  minBy,
  not,
  sumBy,
} from '../../query/build.js'
import { type Board, figures, graphs, words } from '../board.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'
import { limited, usedUp } from './objectives.js'
import { apdex, latency } from './request-panels.js'

// Some alerts have no job or no instance: both may be empty.
const firing = customMetric('ALERTS', [
  eq('alertstate', 'firing'),
  not('alertname', 'Watchdog'),
  like('job', '$job|'),
  like('instance', '$instance|'),
])

const firingCount = ownPanel({
  visualisation: 'stat',
  unit: 'count',
  title: words('Alerts firing', '울리는 알림'),
  description: words(
    'Alerts that are firing now, the watchdog apart.',
    '지금 울리고 있는 알림 수입니다. 파수꾼은 뺍니다.',
  ),
  lines: [
    {
      query: binary(countBy([], firing), 'or', { kind: 'vector', value: 0 }),
      legend: words('firing', '울림'),
    },
  ],
  limits: [{ op: '>', severity: 'critical', value: 0 }],
})

const firingTable = ownPanel({
  visualisation: 'table',
  unit: 'state',
  title: words('Alerts firing', '울리는 알림'),
  description: words('Each alert that is firing now.', '지금 울리고 있는 알림의 목록입니다.'),
  lines: [{ query: firing, legend: '{{alertname}}' }],
})

const targetsUp = ownPanel({
  visualisation: 'stat',
  unit: 'count',
  title: words('Instances', '인스턴스'),
  description: words(
    'Instances that answered the last scrape, and how many there are.',
    '마지막 수집에 응답한 인스턴스 수와 전체 수입니다.',
  ),
  lines: [
    { query: sumBy([], metric('up')), legend: words('up', '정상') },
    { query: countBy([], metric('up')), legend: words('of', '전체'), role: 'before' },
  ],
})

/** What somebody looks at first. */
export const overview = (panels: SignalPanels): Board => ({
  name: 'overview',
  title: words('Service overview', '서비스 개요'),
  description: words(
    'One application at a glance: its traffic, its errors, its latency, its process, and what is wrong now.',
    '애플리케이션을 한눈에 봅니다. 트래픽, 오류, 응답 시간, 프로세스, 그리고 지금의 문제입니다.',
  ),
  variables: ['job', 'instance', 'route'],
  span: '1h',
  sections: [
    {
      strips: [
        figures(
          panels.figure('http-requests', 'change', { title: words('Requests', '요청 수'), opens: 'http' }),
          panels.figure('http-error-ratio', 'before', { opens: 'http' }),
          panels.figure('http-latency-p95', 'change', {
            title: words('Latency, p95', '응답 시간 p95'),
            opens: 'http',
          }),
          apdex,
        ),
        figures(
          targetsUp,
          firingCount,
          panels.figure('event-loop-utilization', 'before', {
            title: words('Event loop, busiest', '가장 바쁜 이벤트 루프'),
            over: (query) => maxBy([], query),
            opens: 'runtime',
          }),
          limited(
            panels.figure('objective-budget', 'before', {
              title: words('Error budget, least', '가장 적은 오류 예산'),
              over: (query) => minBy([], query),
              opens: 'objectives',
            }),
            usedUp,
          ),
        ),
        graphs(panels.againstLastWeek('http-requests'), panels.panel('http-error-ratio')),
        graphs(latency(panels), panels.panel('event-loop-utilization')),
        graphs(
          panels.panel('http-slowest-routes', { opens: 'http' }),
          panels.panel('http-failing-routes', { opens: 'http' }),
          firingTable,
        ),
      ],
    },
  ],
})
