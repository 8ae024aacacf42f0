import {
  ago,
  eq,
  like,
  MINUTE,
  maxBy,
  metric,
  over,
  rate,
  ratio,
  recorded,
  sumBy,
  WEEK,
} from '../query/build.js'
import {
  hitRatio,
  lookUpRate,
  queryErrorRatio,
  queryRate,
  tableQueryP95,
  tableQueryRate,
} from '../records/dependency-records.js'
import { cacheTexts, databaseTexts } from '../texts/store-texts.js'
import { type Signal, signalsOf } from './signal.js'

const pool = ['job', 'instance', 'database']
const connections = (state: string) => metric('database_connections_active', eq('state', state))

/** Databases, as the application meets them. */
export const databaseSignals: readonly Signal[] = signalsOf(
  'database',
  {
    'database-queries': {
      unit: 'per-second',
      query: recorded(tableQueryRate),
      panel: { visualisation: 'timeseries', legend: '{{operation}} {{table}}', stacked: true },
    },
    'database-error-ratio': {
      unit: 'ratio',
      query: recorded(queryErrorRatio),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'DatabaseErrorsHigh',
        op: '>',
        minimum: { query: recorded(queryRate), above: 0.1, on: ['job'] },
        thresholds: [{ severity: 'critical', value: 0.05, forSeconds: 5 * MINUTE }],
      },
    },
    'database-latency-p95': {
      unit: 'seconds',
      query: recorded(tableQueryP95),
      panel: { visualisation: 'timeseries', legend: '{{operation}} {{table}}', exemplars: true },
      alert: {
        name: 'DatabaseSlow',
        op: '>',
        minimum: { query: recorded(tableQueryRate), above: 0.1, on: ['job', 'operation', 'table'] },
        thresholds: [{ severity: 'warning', value: 0.5, forSeconds: 10 * MINUTE }],
      },
    },
    'database-connections': {
      unit: 'count',
      query: sumBy(['job', 'instance', 'database', 'state'], metric('database_connections_active')),
      panel: { visualisation: 'timeseries', legend: '{{instance}} {{database}} {{state}}' },
    },
    'database-pool-waiting': {
      unit: 'count',
      query: maxBy(pool, over('min_over_time', connections('waiting'), 2 * MINUTE)),
      panel: { visualisation: 'timeseries', legend: '{{instance}} {{database}}' },
      alert: {
        name: 'DatabasePoolExhausted',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 5 * MINUTE }],
      },
    },
    'database-pool-usage': {
      unit: 'ratio',
      query: ratio(sumBy(pool, connections('in_use')), sumBy(pool, connections('max'))),
      panel: { visualisation: 'timeseries', legend: '{{instance}} {{database}}' },
      alert: {
        name: 'DatabasePoolNearlyFull',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0.9, forSeconds: 10 * MINUTE }],
      },
    },
    'database-connections-usable': {
      unit: 'count',
      query: sumBy(pool, metric('database_connections_active', like('state', 'active|idle'))),
      panel: { visualisation: 'timeseries', legend: '{{instance}} {{database}}' },
      alert: {
        name: 'DatabaseConnectionsGone',
        op: '<',
        // A pool that closes idle connections is at rest; one without connections while queries are made is not.
        minimum: {
          query: sumBy(['job', 'instance'], rate(metric('database_query_duration_seconds_count'))),
          above: 0,
          on: ['job', 'instance'],
        },
        thresholds: [{ severity: 'critical', value: 1, forSeconds: MINUTE }],
      },
    },
  },
  databaseTexts,
)

/** Caches. */
export const cacheSignals: readonly Signal[] = signalsOf(
  'cache',
  {
    'cache-lookups': {
      unit: 'per-second',
      query: recorded(lookUpRate),
      panel: { visualisation: 'timeseries', legend: '{{cache_name}}' },
    },
    'cache-hit-ratio': {
      unit: 'ratio',
      query: recorded(hitRatio),
      panel: { visualisation: 'timeseries', legend: '{{cache_name}}' },
    },
    'cache-hit-ratio-change': {
      unit: 'factor',
      query: ratio(recorded(hitRatio), ago(recorded(hitRatio), WEEK)),
      panel: { visualisation: 'timeseries', legend: '{{cache_name}}' },
      alert: {
        name: 'CacheHitRatioDropped',
        op: '<',
        minimum: { query: recorded(lookUpRate), above: 1, on: ['job', 'cache_name'] },
        thresholds: [{ severity: 'warning', value: 0.7, forSeconds: 30 * MINUTE }],
      },
    },
    'cache-size': {
      unit: 'bytes',
      query: sumBy(['job', 'cache_name'], metric('cache_size_bytes')),
      panel: { visualisation: 'timeseries', legend: '{{cache_name}}' },
    },
  },
  cacheTexts,
)
