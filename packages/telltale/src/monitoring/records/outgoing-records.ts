import {
  binary,
  eq,
  histogramQuantile,
  like,
  metric,
  orZero,
  rate,
  ratio,
  recorded,
  sumBy,
} from '../query/build.js'
import type { RecordingRule } from '../query/query.js'

const host = ['job', 'host']

export const requestRate: RecordingRule = {
  record: 'job_host:http_client_requests:rate5m',
  query: sumBy(host, rate(metric('http_client_request_duration_seconds_count'))),
  labels: host,
}

/** 0 is no answer; what the application gave up, 499, is no failure of the host. */
const unanswered = rate(metric('http_client_request_duration_seconds_count', like('status_code', '5..|0')))
const brokenOff = rate(metric('http_client_request_errors_total', eq('kind', 'incomplete')))

export const requestErrorRatio: RecordingRule = {
  record: 'job_host:http_client_requests_errors_per_requests:ratio_rate5m',
  query: ratio(
    binary(
      orZero(sumBy(host, unanswered), recorded(requestRate)),
      '+',
      orZero(sumBy(host, brokenOff), recorded(requestRate)),
    ),
    recorded(requestRate),
  ),
  labels: host,
}

export const requestP95: RecordingRule = {
  record: 'job_host:http_client_request_duration_seconds:p95_rate5m',
  query: histogramQuantile(
    0.95,
    sumBy([...host, 'le'], rate(metric('http_client_request_duration_seconds_bucket'))),
  ),
  labels: host,
}
