import { HOUR, increase, metric, sumBy } from '../../query/build.js'
import { type Board, figures, graphs, words } from '../board.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'
import { expectedTraffic } from './request-panels.js'

const registrationsBySource = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-hour',
  title: words('Registrations by source', '경로별 가입 수'),
  description: words(
    'Registrations of the last hour by where they came from and how they ended.',
    '최근 한 시간의 가입을 유입 경로와 결과별로 보여 줍니다.',
  ),
  lines: [
    {
      query: sumBy(['job', 'source', 'status'], increase(metric('user_registrations_total'), HOUR)),
      legend: '{{source}} {{status}}',
    },
  ],
  stacked: true,
})

const revenueByProduct = ownPanel({
  visualisation: 'timeseries',
  unit: 'currency',
  title: words('Revenue by product', '상품별 매출'),
  description: words('Revenue of the last hour.', '최근 한 시간의 매출입니다.'),
  lines: [
    {
      query: sumBy(['job', 'currency', 'product'], increase(metric('revenue_total'), HOUR)),
      legend: '{{product}} {{currency}}',
    },
  ],
  stacked: true,
})

/** What the application is for. */
export const business = (panels: SignalPanels): Board => ({
  name: 'business',
  title: words('Business', '비즈니스'),
  description: words(
    'Registrations, revenue, conversion and users, each against the week before.',
    '가입, 매출, 전환, 사용자를 지난주와 비교하여 보여 줍니다.',
  ),
  variables: ['job', 'instance'],
  span: '24h',
  sections: [
    {
      strips: [
        figures(
          panels.figure('registrations', 'change', { over: (query) => sumBy([], query) }),
          panels.figure('revenue', 'change'),
          panels.panel('conversion-rate', { visualisation: 'stat' }),
          panels.panel('active-users', { visualisation: 'stat' }),
        ),
      ],
    },
    {
      title: words('Against the week before', '지난주와 비교'),
      strips: [
        graphs(
          panels.againstLastWeek('registrations'),
          panels.againstLastWeek('revenue'),
          panels.againstLastWeek('conversion-rate'),
        ),
        graphs(
          panels.panel('registrations-change'),
          panels.panel('revenue-change'),
          panels.panel('conversion-change'),
        ),
      ],
    },
    {
      title: words('In detail', '자세히'),
      strips: [
        graphs(registrationsBySource, revenueByProduct, panels.panel('user-actions')),
        graphs(panels.againstLastWeek('active-users'), expectedTraffic(panels)),
      ],
    },
    {
      title: words('Errors', '오류'),
      strips: [graphs(panels.panel('errors'), panels.panel('critical-errors', { quiet: true }))],
    },
  ],
})
