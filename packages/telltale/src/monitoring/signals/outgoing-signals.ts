import { MINUTE, metric, rate, recorded, sumBy } from '../query/build.js'
import { requestErrorRatio, requestP95, requestRate } from '../records/outgoing-records.js'
import { outgoingTexts } from '../texts/outgoing-texts.js'
import { type Signal, signalsOf } from './signal.js'

const sent = { query: recorded(requestRate), above: 0.1, on: ['job', 'host'] }

/** The hosts that the application asks by HTTP, as Node.js itself sees it. */
export const outgoingSignals: readonly Signal[] = signalsOf(
  'outbound',
  {
    'outgoing-requests': {
      unit: 'per-second',
      query: recorded(requestRate),
      panel: { visualisation: 'timeseries', legend: '{{host}}' },
    },
    'outgoing-error-ratio': {
      unit: 'ratio',
      query: recorded(requestErrorRatio),
      panel: { visualisation: 'timeseries', legend: '{{host}}' },
      alert: {
        name: 'OutgoingRequestsFailing',
        op: '>',
        minimum: sent,
        thresholds: [{ severity: 'warning', value: 0.05, forSeconds: 10 * MINUTE }],
      },
    },
    'outgoing-latency-p95': {
      unit: 'seconds',
      query: recorded(requestP95),
      panel: { visualisation: 'timeseries', legend: '{{host}}' },
      alert: {
        name: 'OutgoingRequestsSlow',
        op: '>',
        minimum: sent,
        thresholds: [{ severity: 'warning', value: 2, forSeconds: 10 * MINUTE }],
      },
    },
    'outgoing-in-flight': {
      unit: 'count',
      query: sumBy(['job', 'host'], metric('http_client_requests_in_flight')),
      panel: { visualisation: 'timeseries', legend: '{{host}}' },
    },
    'outgoing-errors': {
      unit: 'per-second',
      query: sumBy(['job', 'host', 'kind'], rate(metric('http_client_request_errors_total'))),
      panel: { visualisation: 'timeseries', legend: '{{host}} {{kind}}' },
    },
  },
  outgoingTexts,
)
