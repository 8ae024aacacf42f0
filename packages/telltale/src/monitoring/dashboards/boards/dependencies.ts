import { metric, rate, sumBy } from '../../query/build.js'
import { type Board, graphs, words } from '../board.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'

const queriesByResult = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Queries by result', '결과별 쿼리 수'),
  description: words('Queries per second that succeeded and failed.', '초당 성공하고 실패한 쿼리 수입니다.'),
  lines: [
    {
      query: sumBy(['job', 'status'], rate(metric('database_query_duration_seconds_count'))),
      legend: '{{status}}',
    },
  ],
  stacked: true,
})

const callsByStatus = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Calls by status', '상태별 호출 수'),
  description: words(
    'Calls per second with each answer; 0 and words stand for no answer at all.',
    '응답별 초당 호출 수입니다. 0이나 글자는 응답이 없었음을 뜻합니다.',
  ),
  lines: [
    {
      query: sumBy(['job', 'service', 'status_code'], rate(metric('external_api_duration_seconds_count'))),
      legend: '{{service}} {{status_code}}',
    },
  ],
  stacked: true,
})

/** What the application needs in order to work. */
export const dependencies = (panels: SignalPanels): Board => ({
  name: 'dependencies',
  title: words('Dependencies', '의존 서비스'),
  description: words(
    'Databases, caches and external services, as the application meets them.',
    '애플리케이션이 겪는 데이터베이스, 캐시, 외부 서비스입니다.',
  ),
  variables: ['job', 'instance'],
  span: '1h',
  sections: [
    {
      title: words('Databases', '데이터베이스'),
      strips: [
        graphs(
          panels.panel('database-latency-p95'),
          panels.panel('database-error-ratio'),
          panels.panel('database-queries'),
        ),
        graphs(
          panels.panel('database-connections'),
          panels.panel('database-pool-waiting'),
          panels.panel('database-pool-usage'),
        ),
        graphs(panels.panel('database-connections-usable'), queriesByResult),
      ],
    },
    {
      title: words('External services', '외부 서비스'),
      strips: [
        graphs(
          panels.panel('outbound-latency-p95'),
          panels.panel('outbound-error-ratio'),
          panels.panel('outbound-calls'),
        ),
        graphs(callsByStatus, panels.panel('outbound-rate-limit'), panels.panel('traced-operations-p95')),
      ],
    },
    {
      title: words('Outgoing HTTP requests', '나가는 HTTP 요청'),
      strips: [
        graphs(
          panels.panel('outgoing-latency-p95'),
          panels.panel('outgoing-error-ratio'),
          panels.panel('outgoing-requests'),
        ),
        graphs(panels.panel('outgoing-in-flight'), panels.panel('outgoing-errors')),
      ],
    },
    {
      title: words('Caches', '캐시'),
      strips: [
        graphs(
          panels.againstLastWeek('cache-hit-ratio'),
          panels.panel('cache-hit-ratio-change'),
          panels.panel('cache-lookups'),
          panels.panel('cache-size'),
        ),
      ],
    },
  ],
})
