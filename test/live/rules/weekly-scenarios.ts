import { weeklyTraffic, weeklyTrafficScenarios } from './http-scenarios.js'
import { counter, gauge, type Scenario } from './scenario.js'

const DAY = 24 * 60
const WEEK = 7 * DAY
const AT = WEEK + 110

const registrations = (job: string) =>
  `user_registrations_total{job="${job}",instance="a",source="web",status="success"}`
const revenue = (currency: string) =>
  `revenue_total{job="app",instance="a",currency="${currency}",source="web",product="p"}`
const conversion = (segment: string) =>
  `conversion_rate{job="app",instance="a",funnel_stage="paid",segment="${segment}"}`
const hits = (cache: string) =>
  `cache_hits_total{job="app",instance="a",cache_name="${cache}",key_pattern="k"}`
const misses = (cache: string) =>
  `cache_misses_total{job="app",instance="a",cache_name="${cache}",key_pattern="k"}`
const samples = (job: string) => `scrape_samples_post_metric_relabeling{job="${job}",instance="a"}`

/** The last hour of a week and two hours differs from the same hour a week before, or does not. */
const series: Readonly<Record<string, string>> = {
  ...weeklyTraffic,
  [registrations('broken')]: counter([1, WEEK], [0, 120]),
  [registrations('steady')]: counter([1, WEEK + 120]),
  [registrations('small')]: counter([0.1, WEEK], [0, 120]),
  [revenue('EUR')]: counter([10, WEEK], [1, 120]),
  [revenue('KRW')]: counter([9000, WEEK + 120]),
  [conversion('mobile')]: gauge([4, WEEK], [1, 120]),
  [conversion('desktop')]: gauge([4, WEEK + 120]),
  [hits('emptied')]: counter([90, WEEK], [20, 120]),
  [misses('emptied')]: counter([10, WEEK], [80, 120]),
  [hits('steady')]: counter([90, WEEK + 120]),
  [misses('steady')]: counter([10, WEEK + 120]),
  [hits('unused')]: counter([90, WEEK], [1, 120]),
  [misses('unused')]: counter([10, WEEK], [9, 120]),
  [samples('leaky')]: gauge([2000, WEEK], [5000, 120]),
  [samples('steady')]: gauge([2000, WEEK + 120]),
  [samples('small')]: gauge([20, WEEK], [100, 120]),
}

const scenarios: readonly Omit<Scenario, 'series'>[] = [
  ...weeklyTrafficScenarios,
  {
    alert: 'RegistrationsDropped',
    shows: 'none any more, as many as ever, few a week ago too',
    at: AT,
    firing: ['severity="warning",job="broken"'],
  },
  {
    alert: 'RevenueDropped',
    shows: 'a tenth in one currency, the same in another',
    at: WEEK + 119,
    firing: ['severity="warning",job="app",currency="EUR"'],
  },
  {
    alert: 'ConversionDropped',
    shows: 'a quarter in one segment, the same in another',
    at: AT,
    firing: ['severity="warning",job="app",funnel_stage="paid",segment="mobile"'],
  },
  {
    alert: 'CacheHitRatioDropped',
    shows: 'a cache that misses, one that hits as ever, one that hardly anybody asks',
    at: AT,
    firing: ['severity="warning",job="app",cache_name="emptied"'],
  },
  {
    alert: 'SeriesGrowing',
    shows: 'more than twice the series of yesterday, the same, and few',
    at: AT,
    firing: ['severity="warning",job="leaky"'],
  },
]

export const weekly = { series, scenarios }
