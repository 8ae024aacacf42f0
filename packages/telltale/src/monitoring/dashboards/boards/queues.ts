import { metric, rate, sumBy } from '../../query/build.js'
import { type Board, figures, graphs, words } from '../board.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'

const jobs = metric('queue_processing_duration_seconds_count')

const byType = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Jobs by type', '종류별 작업 수'),
  description: words('Jobs finished per second.', '초당 끝난 작업 수입니다.'),
  lines: [
    { query: sumBy(['job', 'queue_name', 'job_type'], rate(jobs)), legend: '{{queue_name}} {{job_type}}' },
  ],
  stacked: true,
})

const byResult = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Jobs by result', '결과별 작업 수'),
  description: words('Jobs per second that succeeded and failed.', '초당 성공하고 실패한 작업 수입니다.'),
  lines: [{ query: sumBy(['job', 'queue_name', 'status'], rate(jobs)), legend: '{{queue_name}} {{status}}' }],
  stacked: true,
})

const byPriority = ownPanel({
  visualisation: 'timeseries',
  unit: 'count',
  title: words('Waiting by priority', '우선순위별 대기'),
  description: words('Jobs that wait, by their priority.', '우선순위마다 기다리는 작업 수입니다.'),
  lines: [
    {
      query: sumBy(['job', 'queue_name', 'priority'], metric('queue_size')),
      legend: '{{queue_name}} {{priority}}',
    },
  ],
  stacked: true,
})

/** Queues and the jobs in them. */
export const queues = (panels: SignalPanels): Board => ({
  name: 'queues',
  title: words('Queues and jobs', '대기열과 작업'),
  description: words(
    'What waits, how fast it is worked off, what fails, and where it is heading.',
    '무엇이 기다리고, 얼마나 빨리 처리되고, 무엇이 실패하며, 어디로 가는지 보여 줍니다.',
  ),
  variables: ['job', 'instance'],
  span: '1h',
  sections: [
    {
      strips: [
        figures(
          panels.figure('queue-depth', 'before', { over: (query) => sumBy([], query) }),
          panels.figure('queue-jobs', 'change', { over: (query) => sumBy([], query) }),
          panels.panel('queue-wait', { visualisation: 'stat' }),
          panels.panel('queue-error-ratio', { visualisation: 'stat' }),
        ),
        graphs(panels.againstLastWeek('queue-depth'), panels.againstLastWeek('queue-jobs')),
        graphs(panels.panel('queue-wait'), panels.panel('queue-latency-p95')),
        graphs(
          panels.panel('queue-error-ratio'),
          panels.panel('queue-stalled'),
          panels.panel('queue-growth'),
        ),
        graphs(byType, byResult, byPriority),
      ],
    },
  ],
})
