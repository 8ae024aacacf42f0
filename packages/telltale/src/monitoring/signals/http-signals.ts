import {
  ago,
  binary,
  call,
  eq,
  like,
  MINUTE,
  maxBy,
  metric,
  orZero,
  rate,
  ratio,
  recorded,
  sumBy,
  topk,
  WEEK,
} from '../query/build.js'
import type { Matcher } from '../query/query.js'
import {
  requestErrorRatio,
  requestMean,
  requestQuantile,
  requestRate,
  requestRateAgainstLastWeek,
  requestRateDeviations,
  requestRatePrediction,
  routeP99,
  routeQuantile,
  routeRate,
} from '../records/http-records.js'
import { httpTexts } from '../texts/http-texts.js'
import { type Minimum, type Signal, signalsOf } from './signal.js'

// Of several prefixes one is enough; the processes of a group add up.
const inFlight = (by: readonly string[]) =>
  sumBy(by, maxBy(['job', 'instance', 'worker'], metric('nodejs_http_requests_in_flight')))

const enough: Minimum = { query: recorded(requestRate), above: 0.1, on: ['job'] }
const busyLastWeek: Minimum = { query: ago(recorded(requestRate), WEEK), above: 1, on: ['job'] }

const shareOf = (codes: Matcher) => {
  const all = recorded(requestRate)
  return ratio(orZero(sumBy(['job'], rate(metric('http_requests_total', codes))), all), all)
}

/** Requests that the application answers. */
export const httpSignals: readonly Signal[] = signalsOf(
  'http',
  {
    'http-requests': {
      unit: 'per-second',
      query: recorded(requestRate),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
    },
    'http-requests-by-route': {
      unit: 'per-second',
      query: recorded(routeRate),
      panel: { visualisation: 'timeseries', legend: '{{route}}', stacked: true },
    },
    'http-requests-by-status': {
      unit: 'per-second',
      query: sumBy(['job', 'status_code'], rate(metric('http_requests_total'))),
      panel: { visualisation: 'timeseries', legend: '{{status_code}}', stacked: true },
    },
    'http-error-ratio': {
      unit: 'ratio',
      query: recorded(requestErrorRatio),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'ErrorRatioHigh',
        op: '>',
        minimum: enough,
        thresholds: [
          { severity: 'critical', value: 0.05, forSeconds: 5 * MINUTE },
          { severity: 'warning', value: 0.01, forSeconds: 15 * MINUTE },
        ],
      },
    },
    'http-latency-p50': {
      unit: 'seconds',
      query: requestQuantile(0.5),
      panel: { visualisation: 'timeseries', legend: 'p50 {{job}}' },
    },
    'http-latency-p95': {
      unit: 'seconds',
      query: requestQuantile(0.95),
      panel: { visualisation: 'timeseries', legend: 'p95 {{job}}', exemplars: true },
    },
    'http-latency-p99': {
      unit: 'seconds',
      query: requestQuantile(0.99),
      panel: { visualisation: 'timeseries', legend: 'p99 {{job}}', exemplars: true },
    },
    'http-latency-mean': {
      unit: 'seconds',
      query: requestMean,
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
    },
    'http-route-latency-p99': {
      unit: 'seconds',
      query: recorded(routeP99),
      panel: { visualisation: 'timeseries', legend: '{{route}}', exemplars: true },
      alert: {
        name: 'LatencyP99High',
        op: '>',
        minimum: { query: recorded(routeRate), above: 0.1, on: ['job', 'route'] },
        thresholds: [{ severity: 'warning', value: 1, forSeconds: 10 * MINUTE }],
      },
    },
    'http-slowest-routes': {
      unit: 'seconds',
      query: topk(5, routeQuantile(0.95)),
      panel: { visualisation: 'bars', legend: '{{route}}' },
    },
    'http-failing-routes': {
      unit: 'per-second',
      query: topk(
        5,
        sumBy(['job', 'route'], rate(metric('http_requests_total', like('status_code', '5..')))),
      ),
      panel: { visualisation: 'bars', legend: '{{route}}' },
    },
    'http-client-error-ratio': {
      unit: 'ratio',
      query: shareOf(like('status_code', '4(?:[0-8].|9[0-8])')),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'ClientErrorsHigh',
        op: '>',
        minimum: enough,
        thresholds: [{ severity: 'info', value: 0.3, forSeconds: 15 * MINUTE }],
      },
    },
    'http-aborted-ratio': {
      unit: 'ratio',
      query: shareOf(eq('status_code', '499')),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'RequestsAborted',
        op: '>',
        minimum: enough,
        thresholds: [{ severity: 'warning', value: 0.05, forSeconds: 10 * MINUTE }],
      },
    },
    'http-in-flight': {
      unit: 'count',
      query: inFlight(['job', 'instance']),
      panel: { visualisation: 'timeseries', legend: '{{instance}}' },
    },
    'http-time-in-flight': {
      unit: 'seconds',
      // Where nothing is answered any more there is no rate, and the value must be large.
      query: binary(inFlight(['job']), '/', call('clamp_min', recorded(requestRate), 0.01)),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'RequestsHanging',
        op: '>',
        minimum: { query: inFlight(['job']), above: 10, on: ['job'] },
        thresholds: [{ severity: 'warning', value: 30, forSeconds: 5 * MINUTE }],
      },
    },
    'http-traffic-drop': {
      unit: 'factor',
      query: recorded(requestRateAgainstLastWeek),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'TrafficDropped',
        op: '<',
        minimum: busyLastWeek,
        thresholds: [{ severity: 'warning', value: 0.5, forSeconds: 15 * MINUTE }],
      },
    },
    'http-traffic-spike': {
      unit: 'factor',
      query: recorded(requestRateAgainstLastWeek),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'TrafficSpike',
        op: '>',
        minimum: busyLastWeek,
        thresholds: [{ severity: 'info', value: 3, forSeconds: 15 * MINUTE }],
      },
    },
    'http-traffic-prediction': {
      unit: 'per-second',
      query: recorded(requestRatePrediction),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
    },
    'http-traffic-deviation': {
      unit: 'deviations',
      query: recorded(requestRateDeviations),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'TrafficBelowPrediction',
        op: '<',
        minimum: { query: recorded(requestRatePrediction), above: 1, on: ['job'] },
        thresholds: [{ severity: 'warning', value: -3, forSeconds: 15 * MINUTE }],
      },
    },
  },
  httpTexts,
)
