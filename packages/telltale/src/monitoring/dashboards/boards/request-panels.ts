import { binary, eq, like, metric, num, rate, ratio, recorded, sumBy } from '../../query/build.js'
import { requestRate, requestRatePrediction, requestRateWeekDeviation } from '../../records/http-records.js'
import { type Panel, words } from '../board.js'
import { lastWeek } from '../shift.js'
import { ownPanel, type SignalPanels } from '../signal-panels.js'

/** Seconds that users take for at once; four times as long is still bearable. Both are bounds of the buckets. */
const SATISFIED = 0.5

const within = (seconds: number) =>
  sumBy(['job'], rate(metric('http_request_duration_seconds_bucket', eq('le', String(seconds)))))

const satisfaction = ratio(
  binary(binary(within(SATISFIED), '+', within(4 * SATISFIED)), '/', num(2)),
  sumBy(['job'], rate(metric('http_request_duration_seconds_count'))),
)

export const apdex = ownPanel({
  visualisation: 'stat',
  unit: 'ratio',
  title: words('Apdex', 'Apdex'),
  description: words(
    `Satisfied requests (up to ${SATISFIED} s) count in full, bearable ones (up to ${4 * SATISFIED} s) by half.`,
    `${SATISFIED}초 이내의 요청은 하나로, ${4 * SATISFIED}초 이내의 요청은 반으로 셉니다.`,
  ),
  lines: [
    { query: satisfaction, legend: words('now', '현재') },
    { query: lastWeek(satisfaction), legend: words('last week', '지난주'), role: 'before' },
  ],
  opens: 'http',
})

/** Three quantiles in one graph. */
export const latency = (panels: SignalPanels): Panel =>
  panels.panel(['http-latency-p50', 'http-latency-p95', 'http-latency-p99'], {
    title: words('Latency', '응답 시간'),
    description: words(
      'How long half of the requests, 95 % and 99 % of them took at most. Diamonds are single requests with a trace.',
      '요청의 절반, 95 %, 99 %가 이 시간 안에 끝났습니다. 마름모는 추적이 있는 요청 하나입니다.',
    ),
  })

export const requestsByMethod = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Requests by method', '메서드별 요청 수'),
  description: words(
    'Requests answered per second with each method.',
    '메서드마다 초당 응답한 요청 수입니다.',
  ),
  lines: [{ query: sumBy(['job', 'method'], rate(metric('http_requests_total'))), legend: '{{method}}' }],
  stacked: true,
})

export const errorsByRoute = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Server errors by route', '라우트별 서버 오류'),
  description: words('Answers with a 5xx status per second.', '초당 5xx 응답 수입니다.'),
  lines: [
    {
      query: sumBy(
        ['job', 'route', 'status_code'],
        rate(metric('http_requests_total', like('status_code', '5..'))),
      ),
      legend: '{{status_code}} {{route}}',
    },
  ],
})

export const clientErrorsByStatus = ownPanel({
  visualisation: 'timeseries',
  unit: 'per-second',
  title: words('Client errors by status', '상태 코드별 클라이언트 오류'),
  description: words(
    'Answers with each 4xx status per second; 499 are requests whose client went away.',
    '초당 4xx 응답 수입니다. 499는 클라이언트가 떠난 요청입니다.',
  ),
  lines: [
    {
      query: sumBy(['job', 'status_code'], rate(metric('http_requests_total', like('status_code', '4..')))),
      legend: '{{status_code}}',
    },
  ],
  stacked: true,
})

export const durations = ownPanel({
  visualisation: 'heatmap',
  unit: 'per-second',
  title: words('Durations', '소요 시간 분포'),
  description: words(
    'How many requests per second took how long. Two bands are two kinds of requests.',
    '얼마나 걸린 요청이 초당 몇 건인지 보여 줍니다. 띠가 둘이면 요청의 종류가 둘입니다.',
  ),
  lines: [
    {
      query: sumBy(['le'], rate(metric('http_request_duration_seconds_bucket'))),
      legend: '{{le}}',
      exemplars: true,
    },
  ],
})

/** The traffic, what three weeks let expect, and the band outside of which it alerts. */
export const expectedTraffic = (panels: SignalPanels): Panel => {
  const deviation = panels.panel('http-traffic-deviation')
  const width = Math.abs(deviation.alerts[0]?.thresholds[0]?.value ?? 3)
  const spread = binary(num(width), '*', recorded(requestRateWeekDeviation))
  const expected = recorded(requestRatePrediction)
  const panel = panels.panel('http-traffic-prediction', {
    title: words('Requests and what was expected', '요청 수와 예상'),
    description: words(
      `Requests per second, and what the last three weeks let expect; the band is ${width} standard deviations wide to each side.`,
      `초당 요청 수와 지난 3주를 바탕으로 한 예상입니다. 띠는 위아래로 표준편차의 ${width}배입니다.`,
    ),
  })
  return {
    ...panel,
    lines: [
      { query: recorded(requestRate), legend: words('requests {{job}}', '요청 {{job}}') },
      { query: expected, legend: words('expected {{job}}', '예상 {{job}}'), role: 'last-week' },
      { query: binary(expected, '+', spread), legend: words('most', '상한'), role: 'band-top' },
      { query: binary(expected, '-', spread), legend: words('least', '하한'), role: 'band-bottom' },
    ],
  }
}
