import { type Board, graphs, words } from '../board.js'
import type { SignalPanels } from '../signal-panels.js'
import {
  clientErrorsByStatus,
  durations,
  errorsByRoute,
  expectedTraffic,
  latency,
  requestsByMethod,
} from './request-panels.js'

/** Requests that the application answers. */
export const http = (panels: SignalPanels): Board => ({
  name: 'http',
  title: words('HTTP requests', 'HTTP 요청'),
  description: words(
    'Rate, errors and duration of the requests, by route, status and method, and against the weeks before.',
    '라우트, 상태 코드, 메서드별 요청 수와 오류와 소요 시간을 지난 몇 주와 함께 보여 줍니다.',
  ),
  variables: ['job', 'instance', 'route'],
  span: '1h',
  sections: [
    {
      title: words('Latency', '응답 시간'),
      strips: [
        graphs(latency(panels), durations),
        graphs(
          panels.panel('http-route-latency-p99', {
            title: words('Latency by route, p99', '라우트별 응답 시간 p99'),
          }),
          panels.panel('http-latency-mean'),
        ),
        graphs(panels.panel('http-in-flight'), panels.panel('http-time-in-flight')),
      ],
    },
    {
      title: words('Errors', '오류'),
      strips: [
        graphs(panels.panel('http-error-ratio'), errorsByRoute),
        graphs(
          panels.panel('http-client-error-ratio'),
          clientErrorsByStatus,
          panels.panel('http-aborted-ratio'),
        ),
      ],
    },
    {
      title: words('Traffic', '트래픽'),
      strips: [
        graphs(
          panels.panel('http-requests-by-route'),
          panels.panel('http-requests-by-status'),
          requestsByMethod,
        ),
        graphs(
          panels.panel('http-slowest-routes', { opens: 'http' }),
          panels.panel('http-failing-routes', { opens: 'http' }),
        ),
      ],
    },
    {
      title: words('Against the weeks before', '지난 몇 주와 비교'),
      strips: [
        graphs(
          panels.againstLastWeek('http-requests'),
          panels.panel(['http-traffic-drop', 'http-traffic-spike']),
        ),
        graphs(expectedTraffic(panels), panels.panel('http-traffic-deviation')),
      ],
    },
  ],
})
