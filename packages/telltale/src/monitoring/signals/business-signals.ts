import {
  ago,
  HOUR,
  increaseFromNothing,
  like,
  MINUTE,
  maxBy,
  metric,
  rate,
  ratio,
  recorded,
  sumBy,
  WEEK,
} from '../query/build.js'
import { registrationsHourly, revenueHourly } from '../records/dependency-records.js'
import { businessTexts } from '../texts/business-texts.js'
import { type Signal, signalsOf } from './signal.js'

const funnel = ['job', 'funnel_stage', 'segment']
const conversion = metric('conversion_rate')

/** What the application is for. */
export const businessSignals: readonly Signal[] = signalsOf(
  'business',
  {
    registrations: {
      unit: 'per-hour',
      query: recorded(registrationsHourly),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
    },
    'registrations-change': {
      unit: 'factor',
      query: ratio(recorded(registrationsHourly), ago(recorded(registrationsHourly), WEEK)),
      panel: { visualisation: 'timeseries', legend: '{{job}}' },
      alert: {
        name: 'RegistrationsDropped',
        op: '<',
        minimum: { query: ago(recorded(registrationsHourly), WEEK), above: 10, on: ['job'] },
        thresholds: [{ severity: 'warning', value: 0.3, forSeconds: 30 * MINUTE }],
      },
    },
    revenue: {
      unit: 'currency',
      query: recorded(revenueHourly),
      panel: { visualisation: 'timeseries', legend: '{{currency}}' },
    },
    'revenue-change': {
      unit: 'factor',
      query: ratio(recorded(revenueHourly), ago(recorded(revenueHourly), WEEK)),
      panel: { visualisation: 'timeseries', legend: '{{currency}}' },
      alert: {
        name: 'RevenueDropped',
        op: '<',
        minimum: { query: ago(recorded(revenueHourly), WEEK), above: 0, on: ['job', 'currency'] },
        thresholds: [{ severity: 'warning', value: 0.3, forSeconds: HOUR }],
      },
    },
    'conversion-rate': {
      unit: 'percent',
      query: maxBy(funnel, conversion),
      panel: { visualisation: 'timeseries', legend: '{{funnel_stage}} {{segment}}' },
    },
    'conversion-change': {
      unit: 'factor',
      query: ratio(maxBy(funnel, conversion), maxBy(funnel, ago(conversion, WEEK))),
      panel: { visualisation: 'timeseries', legend: '{{funnel_stage}} {{segment}}' },
      alert: {
        name: 'ConversionDropped',
        op: '<',
        thresholds: [{ severity: 'warning', value: 0.7, forSeconds: 30 * MINUTE }],
      },
    },
    'active-users': {
      unit: 'count',
      query: maxBy(['job', 'period'], metric('active_users_count')),
      panel: { visualisation: 'timeseries', legend: '{{period}}' },
    },
    'user-actions': {
      unit: 'per-second',
      query: sumBy(['job', 'route'], rate(metric('user_action_total'))),
      panel: { visualisation: 'timeseries', legend: '{{route}}' },
    },
    errors: {
      unit: 'per-second',
      query: sumBy(['job', 'type', 'severity', 'component'], rate(metric('errors_total'))),
      panel: { visualisation: 'timeseries', legend: '{{severity}} {{type}} {{component}}' },
    },
    'critical-errors': {
      unit: 'count',
      query: sumBy(
        ['job', 'type', 'component'],
        increaseFromNothing(metric('errors_total', like('severity', 'critical|fatal')), 10 * MINUTE),
      ),
      panel: { visualisation: 'timeseries', legend: '{{type}} {{component}}' },
      alert: {
        name: 'CriticalErrors',
        op: '>',
        thresholds: [{ severity: 'warning', value: 0, forSeconds: 0 }],
      },
    },
  },
  businessTexts,
)
