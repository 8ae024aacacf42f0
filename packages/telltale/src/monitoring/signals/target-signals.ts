import {
  ago,
  call,
  DAY,
  HOUR,
  increaseFromNothing,
  MINUTE,
  maxBy,
  metric,
  minBy,
  over,
  ratio,
  sumBy,
} from '../query/build.js'
import type { Query, Selector } from '../query/query.js'
import { targetTexts } from '../texts/target-texts.js'
import { type Signal, signalsOf } from './signal.js'

const instance = ['job', 'instance']
const line = (legend: string) => ({ visualisation: 'timeseries', legend }) as const

// A counter that appears with its first incident, within a quarter of an hour.
const incidents = (by: readonly string[], counter: Selector): Query =>
  sumBy(['job', ...by], increaseFromNothing(counter, 15 * MINUTE))

const samplesByJob = sumBy(['job'], metric('scrape_samples_post_metric_relabeling'))
const samplesYesterday = sumBy(['job'], ago(metric('scrape_samples_post_metric_relabeling'), DAY))

/** Whether the application can be watched at all. */
export const targetSignals: readonly Signal[] = signalsOf(
  'monitoring',
  {
    'target-up': {
      unit: 'state',
      // By instance only: several jobs that scrape one address are one trouble.
      query: minBy(['instance'], metric('up')),
      panel: { visualisation: 'state-timeline', legend: '{{instance}}' },
      alert: {
        name: 'TargetDown',
        op: '<',
        jobs: 'all',
        thresholds: [{ severity: 'critical', value: 1, forSeconds: 2 * MINUTE }],
      },
    },
    'target-absent': {
      unit: 'state',
      query: call('absent', metric('up')),
      panel: { visualisation: 'stat', legend: '{{job}}' },
      alert: {
        name: 'TargetAbsent',
        op: '>',
        jobs: 'each',
        thresholds: [{ severity: 'critical', value: 0, forSeconds: 5 * MINUTE }],
      },
    },
    'job-up': {
      unit: 'state',
      query: maxBy(['job'], metric('up')),
      panel: { visualisation: 'state-timeline', legend: '{{job}}' },
      alert: {
        name: 'AllTargetsDown',
        op: '<',
        jobs: 'all',
        thresholds: [{ severity: 'critical', value: 1, forSeconds: MINUTE }],
      },
    },
    'scrape-duration': {
      unit: 'seconds',
      query: maxBy(instance, over('max_over_time', metric('scrape_duration_seconds'), 5 * MINUTE)),
      panel: line('{{job}} {{instance}}'),
      alert: {
        name: 'ScrapeSlow',
        op: '>',
        // Half of the interval of 5 s at which the application is scraped.
        thresholds: [{ severity: 'warning', value: 2.5, forSeconds: 10 * MINUTE }],
      },
    },
    'samples-per-scrape': {
      unit: 'count',
      query: samplesByJob,
      panel: line('{{job}}'),
    },
    'series-growth': {
      unit: 'factor',
      query: ratio(samplesByJob, samplesYesterday),
      panel: line('{{job}}'),
      alert: {
        name: 'SeriesGrowing',
        op: '>',
        jobs: 'all',
        minimum: { query: samplesByJob, above: 1000, on: ['job'] },
        thresholds: [{ severity: 'warning', value: 1.5, forSeconds: HOUR }],
      },
    },
    'series-churn': {
      unit: 'per-hour',
      query: sumBy(['job'], over('sum_over_time', metric('scrape_series_added'), HOUR)),
      panel: line('{{job}}'),
    },
    'observations-dropped': {
      unit: 'count',
      query: incidents(['metric', 'reason'], metric('telltale_observations_dropped_total')),
      panel: line('{{metric}} {{reason}}'),
      alert: {
        name: 'ObservationsDropped',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 0 }],
      },
    },
    'series-overflow': {
      unit: 'count',
      query: incidents(['metric'], metric('telltale_series_overflow_total')),
      panel: line('{{metric}}'),
      alert: {
        name: 'SeriesLimitReached',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 0 }],
      },
    },
    'collector-errors': {
      unit: 'count',
      query: incidents(['collector', 'reason'], metric('telltale_collector_errors_total')),
      panel: line('{{collector}} {{reason}}'),
      alert: {
        name: 'CollectorFailing',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 5 * MINUTE }],
      },
    },
    watchdog: {
      unit: 'state',
      query: { kind: 'vector', value: 1 },
      panel: { visualisation: 'stat', legend: 'watchdog' },
      alert: {
        name: 'Watchdog',
        op: '>',
        thresholds: [{ severity: 'none', value: 0, forSeconds: 0 }],
      },
    },
  },
  targetTexts,
)
