import { burnWindows } from '../../objectives/burn-windows.js'
import { objectiveRecordNames } from '../../objectives/objective-records.js'
import { customMetric, DAY, HOUR } from '../../query/build.js'
import { durationText } from '../../query/duration-text.js'
import { type Board, figures, graphs, type Limit, type Panel, words } from '../board.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'

const windows = burnWindows(30 * DAY)

/** The factor of the alert that looks at the same hour. */
const tooFast: readonly Limit[] = windows
  .filter(({ long }) => long === HOUR)
  .map(({ severity, factor }) => ({ op: '>', severity, value: factor }))

/** The whole budget is gone. */
export const usedUp: readonly Limit[] = [{ op: '<=', severity: 'critical', value: 0 }]

const spans = [...new Set(windows.flatMap(({ short, long }) => [short, long]))].sort((a, b) => a - b)

const errorsByWindow = ownPanel({
  visualisation: 'timeseries',
  unit: 'ratio',
  title: words('Errors by window', '구간별 오류 비율'),
  description: words(
    'Share of bad events in each window that the alerts look at.',
    '알림이 보는 구간마다 나쁜 이벤트의 비율입니다.',
  ),
  lines: spans.map((span) => ({
    query: customMetric(objectiveRecordNames.ratio(span), []),
    legend: `${durationText(span)} {{service}} {{slo}}`,
  })),
})

const errorsAndEvents = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Events and errors', '이벤트와 오류'),
  description: words('What the objective counts, per second.', '목표가 세는 초당 이벤트와 오류 수입니다.'),
  lines: [
    {
      query: customMetric(objectiveRecordNames.events, []),
      legend: words('events {{service}} {{slo}}', '이벤트 {{service}} {{slo}}'),
    },
    {
      query: customMetric(objectiveRecordNames.errors, []),
      legend: words('errors {{service}} {{slo}}', '오류 {{service}} {{slo}}'),
    },
  ],
})

export const limited = (panel: Panel, limits: readonly Limit[]): Panel => ({ ...panel, limits })

/** Whether promises are kept, and for how long. */
export const objectives = (panels: SignalPanels): Board => {
  const budget = (change = {}) => limited(panels.panel('objective-budget', change), usedUp)
  const burn = (change = {}) => limited(panels.panel('objective-burn-rate', change), tooFast)
  const figure = { visualisation: 'stat' } as const
  return {
    name: 'objectives',
    title: words('Service-level objectives', '서비스 수준 목표'),
    description: words(
      'How much of each error budget is left, how fast it burns, and how long it lasts.',
      '오류 예산이 얼마나 남았고, 얼마나 빨리 줄며, 얼마나 버티는지 보여 줍니다.',
    ),
    variables: ['service', 'slo'],
    span: '7d',
    sections: [
      {
        strips: [
          figures(
            budget(figure),
            panels.panel('objective-exhaustion'),
            burn(figure),
            panels.panel('objective-target'),
          ),
          graphs(budget(), burn()),
          graphs(errorsByWindow),
          graphs(panels.panel('objective-error-ratio'), {
            ...errorsAndEvents,
            signals: panels.panel('objective-events').signals,
          }),
        ],
      },
    ],
  }
}
