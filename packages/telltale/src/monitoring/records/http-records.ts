import {
  ago,
  binary,
  call,
  DAY,
  HOUR,
  histogramQuantile,
  labelled,
  like,
  metric,
  num,
  orZero,
  over,
  rate,
  ratio,
  recorded,
  sumBy,
  WEEK,
} from '../query/build.js'
import type { Query, RecordingRule } from '../query/query.js'

export const requestRate: RecordingRule = {
  record: 'job:http_requests:rate5m',
  query: sumBy(['job'], rate(metric('http_requests_total'))),
  labels: ['job'],
}

export const requestErrorRate: RecordingRule = {
  record: 'job:http_requests_errors:rate5m',
  query: orZero(
    sumBy(['job'], rate(metric('http_requests_total', like('status_code', '5..')))),
    sumBy(['job'], rate(metric('http_requests_total'))),
  ),
  labels: ['job'],
}

export const requestErrorRatio: RecordingRule = {
  record: 'job:http_requests_errors_per_requests:ratio_rate5m',
  query: ratio(recorded(requestErrorRate), recorded(requestRate)),
  labels: ['job'],
}

/** The quantile of the latency of a job's requests. */
export const requestQuantile = (quantile: number): Query =>
  histogramQuantile(quantile, sumBy(['job', 'le'], rate(metric('http_request_duration_seconds_bucket'))))

export const routeRate: RecordingRule = {
  record: 'job_route:http_requests:rate5m',
  query: sumBy(['job', 'route'], rate(metric('http_requests_total'))),
  labels: ['job', 'route'],
}

/** The quantile of the latency of each route. */
export const routeQuantile = (quantile: number): Query =>
  histogramQuantile(
    quantile,
    sumBy(['job', 'route', 'le'], rate(metric('http_request_duration_seconds_bucket'))),
  )

export const routeP99: RecordingRule = {
  record: 'job_route:http_request_duration_seconds:p99_rate5m',
  query: routeQuantile(0.99),
  labels: ['job', 'route'],
}

/** The mean latency of a job's requests. */
export const requestMean: Query = ratio(
  sumBy(['job'], rate(metric('http_request_duration_seconds_sum'))),
  sumBy(['job'], rate(metric('http_request_duration_seconds_count'))),
)

export const requestRateWeekMean: RecordingRule = {
  record: 'job:http_requests:rate5m:avg_over_time_1w',
  query: over('avg_over_time', recorded(requestRate), WEEK),
  labels: ['job'],
}

export const requestRateWeekDeviation: RecordingRule = {
  record: 'job:http_requests:rate5m:stddev_over_time_1w',
  query: over('stddev_over_time', recorded(requestRate), WEEK),
  labels: ['job'],
}

export const requestRateAgainstLastWeek: RecordingRule = {
  record: 'job:http_requests:rate5m_per_rate5m_offset_1w:ratio',
  query: ratio(recorded(requestRate), ago(recorded(requestRate), WEEK)),
  labels: ['job'],
}

/** Four hours around this time of the week `weeks` ago, moved by how much the mean has moved since. */
function prediction(weeks: number): Query {
  const then = ago(recorded(requestRate), weeks * WEEK - 2 * HOUR)
  const around = over('avg_over_time', then, 4 * HOUR)
  const moved = binary(recorded(requestRateWeekMean), '-', ago(recorded(requestRateWeekMean), weeks * WEEK))
  return labelled(binary(around, '+', moved), 'weeks_ago', String(weeks))
}

/** What the weeks before let expect: the median of three predictions, each from another week. */
export const requestRatePrediction: RecordingRule = {
  record: 'job:http_requests:rate5m_prediction',
  query: call(
    'clamp_min',
    {
      kind: 'aggregate',
      fn: 'quantile',
      grouping: 'without',
      labels: ['weeks_ago'],
      argument: 0.5,
      of: binary(binary(prediction(1), 'or', prediction(2)), 'or', prediction(3)),
    },
    0,
  ),
  labels: ['job'],
}

/** How many standard deviations the traffic is above what was expected. */
export const requestRateDeviations: RecordingRule = {
  record: 'job:http_requests:rate5m_prediction:deviations',
  query: binary(
    binary(recorded(requestRate), '-', recorded(requestRatePrediction)),
    '/',
    binary(recorded(requestRateWeekDeviation), '>', num(0)),
  ),
  labels: ['job'],
}

/** How far a rule looks back at most: what a Prometheus has to keep for these. */
export const TREND_DAYS = (4 * WEEK) / DAY
