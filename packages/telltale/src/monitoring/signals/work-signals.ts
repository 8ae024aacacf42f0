import { HOUR, MINUTE, metric, minBy, orZero, predict, rate, ratio, recorded, sumBy } from '../query/build.js'
import {
  callErrorRatio,
  callP95,
  callRate,
  jobErrorRatio,
  jobP95,
  jobRate,
  queueDepth,
} from '../records/dependency-records.js'
import { outboundTexts, queueTexts } from '../texts/work-texts.js'
import { type Signal, signalsOf } from './signal.js'

const queue = ['job', 'queue_name']
const waiting = { query: recorded(queueDepth), above: 0, on: queue }

/** Queues and the jobs in them. */
export const queueSignals: readonly Signal[] = signalsOf(
  'queue',
  {
    'queue-depth': {
      unit: 'count',
      query: recorded(queueDepth),
      panel: { visualisation: 'timeseries', legend: '{{queue_name}}' },
    },
    'queue-jobs': {
      unit: 'per-second',
      query: recorded(jobRate),
      panel: { visualisation: 'timeseries', legend: '{{queue_name}}' },
    },
    'queue-stalled': {
      unit: 'per-second',
      query: orZero(recorded(jobRate), recorded(queueDepth)),
      panel: { visualisation: 'timeseries', legend: '{{queue_name}}' },
      alert: {
        name: 'QueueStalled',
        op: '<=',
        minimum: waiting,
        thresholds: [{ severity: 'critical', value: 0, forSeconds: 10 * MINUTE }],
      },
    },
    'queue-wait': {
      unit: 'seconds',
      query: ratio(recorded(queueDepth), recorded(jobRate)),
      panel: { visualisation: 'timeseries', legend: '{{queue_name}}' },
      alert: {
        name: 'QueueBacklog',
        op: '>',
        thresholds: [{ severity: 'warning', value: 900, forSeconds: 15 * MINUTE }],
      },
    },
    'queue-growth': {
      unit: 'factor',
      query: ratio(predict(recorded(queueDepth), HOUR, 4 * HOUR), recorded(queueDepth)),
      panel: { visualisation: 'timeseries', legend: '{{queue_name}}' },
      alert: {
        name: 'QueueGrowing',
        op: '>',
        minimum: { query: recorded(queueDepth), above: 100, on: queue },
        thresholds: [{ severity: 'warning', value: 2, forSeconds: 30 * MINUTE }],
      },
    },
    'queue-latency-p95': {
      unit: 'seconds',
      query: jobP95,
      panel: { visualisation: 'timeseries', legend: '{{queue_name}}' },
    },
    'queue-error-ratio': {
      unit: 'ratio',
      query: recorded(jobErrorRatio),
      panel: { visualisation: 'timeseries', legend: '{{queue_name}}' },
      alert: {
        name: 'JobsFailing',
        op: '>',
        minimum: { query: recorded(jobRate), above: 0.01, on: queue },
        thresholds: [{ severity: 'warning', value: 0.05, forSeconds: 10 * MINUTE }],
      },
    },
  },
  queueTexts,
)

const service = ['job', 'service']
const called = { query: recorded(callRate), above: 0.1, on: service }

/** Services that the application calls. */
export const outboundSignals: readonly Signal[] = signalsOf(
  'outbound',
  {
    'outbound-calls': {
      unit: 'per-second',
      query: recorded(callRate),
      panel: { visualisation: 'timeseries', legend: '{{service}}' },
    },
    'outbound-error-ratio': {
      unit: 'ratio',
      query: recorded(callErrorRatio),
      panel: { visualisation: 'timeseries', legend: '{{service}}' },
      alert: {
        name: 'ExternalServiceFailing',
        op: '>',
        minimum: called,
        thresholds: [{ severity: 'warning', value: 0.05, forSeconds: 10 * MINUTE }],
      },
    },
    'outbound-latency-p95': {
      unit: 'seconds',
      query: recorded(callP95),
      panel: { visualisation: 'timeseries', legend: '{{service}}', exemplars: true },
      alert: {
        name: 'ExternalServiceSlow',
        op: '>',
        minimum: called,
        thresholds: [{ severity: 'warning', value: 2, forSeconds: 10 * MINUTE }],
      },
    },
    'outbound-rate-limit': {
      unit: 'count',
      query: minBy(['job', 'service', 'endpoint'], metric('external_api_rate_limit_remaining')),
      panel: { visualisation: 'timeseries', legend: '{{service}} {{endpoint}}' },
      alert: {
        name: 'ExternalRateLimitNear',
        op: '<',
        thresholds: [{ severity: 'warning', value: 10, forSeconds: 5 * MINUTE }],
      },
    },
    'traced-operations-p95': {
      unit: 'seconds',
      query: {
        kind: 'call',
        fn: 'histogram_quantile',
        argument: 0.95,
        of: sumBy(
          ['job', 'service', 'operation', 'le'],
          rate(metric('distributed_trace_duration_seconds_bucket')),
        ),
      },
      panel: { visualisation: 'timeseries', legend: '{{service}} {{operation}}' },
    },
  },
  outboundTexts,
)
