import {
  binary,
  HOUR,
  histogramQuantile,
  increase,
  like,
  metric,
  orZero,
  rate,
  ratio,
  recorded,
  sumBy,
} from '../query/build.js'
import type { Query, RecordingRule } from '../query/query.js'

/** The values of a `status` label that say that something failed. */
export const FAILED = 'error|err|fail|failed|failure|timeout'
/** Status codes of outgoing calls that say so, words that stand for "no answer" included. */
export const FAILED_CODES = `5..|0|${FAILED}`

export const queryRate: RecordingRule = {
  record: 'job:database_queries:rate5m',
  query: sumBy(['job'], rate(metric('database_query_duration_seconds_count'))),
  labels: ['job'],
}

export const queryErrorRatio: RecordingRule = {
  record: 'job:database_queries_errors_per_queries:ratio_rate5m',
  query: ratio(
    orZero(
      sumBy(['job'], rate(metric('database_query_duration_seconds_count', like('status', FAILED)))),
      recorded(queryRate),
    ),
    recorded(queryRate),
  ),
  labels: ['job'],
}

export const tableQueryRate: RecordingRule = {
  record: 'job_operation_table:database_queries:rate5m',
  query: sumBy(['job', 'operation', 'table'], rate(metric('database_query_duration_seconds_count'))),
  labels: ['job', 'operation', 'table'],
}

export const tableQueryP95: RecordingRule = {
  record: 'job_operation_table:database_query_duration_seconds:p95_rate5m',
  query: histogramQuantile(
    0.95,
    sumBy(['job', 'operation', 'table', 'le'], rate(metric('database_query_duration_seconds_bucket'))),
  ),
  labels: ['job', 'operation', 'table'],
}

const cache = ['job', 'cache_name']
const hits = sumBy(cache, rate(metric('cache_hits_total')))
const misses = sumBy(cache, rate(metric('cache_misses_total')))

/** Either counter may be missing until its first event. */
export const lookUpRate: RecordingRule = {
  record: 'job_cache_name:cache_lookups:rate5m',
  query: binary(binary(binary(hits, '+', misses), 'or', hits), 'or', misses),
  labels: cache,
}

export const hitRatio: RecordingRule = {
  record: 'job_cache_name:cache_hits_per_lookups:ratio_rate5m',
  query: ratio(orZero(hits, recorded(lookUpRate)), recorded(lookUpRate)),
  labels: cache,
}

const queue = ['job', 'queue_name']

export const queueDepth: RecordingRule = {
  record: 'job_queue_name:queue_size:sum',
  query: sumBy(queue, metric('queue_size')),
  labels: queue,
}

export const jobRate: RecordingRule = {
  record: 'job_queue_name:queue_jobs:rate5m',
  query: sumBy(queue, rate(metric('queue_processing_duration_seconds_count'))),
  labels: queue,
}

export const jobErrorRatio: RecordingRule = {
  record: 'job_queue_name:queue_jobs_errors_per_jobs:ratio_rate5m',
  query: ratio(
    orZero(
      sumBy(queue, rate(metric('queue_processing_duration_seconds_count', like('status', FAILED)))),
      recorded(jobRate),
    ),
    recorded(jobRate),
  ),
  labels: queue,
}

/** The 95th percentile of the time that the jobs of a queue take. */
export const jobP95: Query = histogramQuantile(
  0.95,
  sumBy([...queue, 'le'], rate(metric('queue_processing_duration_seconds_bucket'))),
)

const service = ['job', 'service']

export const callRate: RecordingRule = {
  record: 'job_service:external_api_calls:rate5m',
  query: sumBy(service, rate(metric('external_api_duration_seconds_count'))),
  labels: service,
}

export const callErrorRatio: RecordingRule = {
  record: 'job_service:external_api_calls_errors_per_calls:ratio_rate5m',
  query: ratio(
    orZero(
      sumBy(service, rate(metric('external_api_duration_seconds_count', like('status_code', FAILED_CODES)))),
      recorded(callRate),
    ),
    recorded(callRate),
  ),
  labels: service,
}

export const callP95: RecordingRule = {
  record: 'job_service:external_api_duration_seconds:p95_rate5m',
  query: histogramQuantile(
    0.95,
    sumBy([...service, 'le'], rate(metric('external_api_duration_seconds_bucket'))),
  ),
  labels: service,
}

export const registrationsHourly: RecordingRule = {
  record: 'job:user_registrations:increase1h',
  query: sumBy(['job'], increase(metric('user_registrations_total'), HOUR)),
  labels: ['job'],
}

export const revenueHourly: RecordingRule = {
  record: 'job_currency:revenue:increase1h',
  query: sumBy(['job', 'currency'], increase(metric('revenue_total'), HOUR)),
  labels: ['job', 'currency'],
}
