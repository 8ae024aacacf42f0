import { objectiveRules, readObjectives } from 'telltale/monitoring'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Promtool } from './rules/promtool.js'
import { counter, gauge, nothing } from './rules/scenario.js'

const HOUR = 60
const DAY = 24 * HOUR
const MONTH = 30 * DAY

const ok = 'http_requests_total{job="web",instance="a",status_code="200"}'
const failed = 'http_requests_total{job="web",instance="a",status_code="500"}'
const up = 'up{job="web",instance="a"}'

let promtool: Promtool
beforeAll(async () => {
  promtool = await Promtool.open()
})
afterAll(() => promtool.close())

function rulesFor(...objectives: readonly object[]) {
  const file = {
    service: 'shop',
    objectives: objectives.map((own) => ({ name: 'o', target: 99.9, window: '30d', ...own })),
  }
  return objectiveRules(readObjectives(file).objectives)
}

const ratio = { ratio: { errors: { status_code: '5..' } } }
const labels = 'service="shop",slo="o"'

interface Moment {
  readonly at: number
  /** Alerts with their severities; every other one is silent. */
  readonly firing: readonly string[]
  /** Of what is recorded, rounded to four digits. */
  readonly values?: Readonly<Record<string, number>>
}

/** Minutes of values by series, and what has to be at some moments. */
function group(series: Readonly<Record<string, string>>, moments: readonly Moment[]) {
  const alert = (name: string) => {
    const [alertname, severity] = name.split(' ')
    return {
      labels: `ALERTS{alertname="${alertname}",alertstate="firing",severity="${severity}",${labels}}`,
      value: 1,
    }
  }
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    promql_expr_test: moments.flatMap(({ at, firing, values = {} }) => [
      { expr: 'ALERTS{alertstate="firing"}', eval_time: `${at}m`, exp_samples: firing.map(alert) },
      ...Object.entries(values).map(([record, value]) => ({
        expr: `round(${record}, 0.0001)`,
        eval_time: `${at}m`,
        exp_samples: [{ labels: `{${labels}}`, value }],
      })),
    ]),
  }
}

const remaining = 'slo:error_budget_remaining:ratio'
const page = 'ErrorBudgetBurn critical'
const ticket = 'ErrorBudgetBurn warning'

test('promtool accepts the rules of objectives without a finding, in both languages', async () => {
  const { objectives } = readObjectives({
    service: 'shop',
    objectives: [
      { name: 'a', target: 99.9, window: '30d', ...ratio },
      { name: 'b', target: 99, window: '7d', latency: { threshold: '1s' } },
    ],
  })
  for (const language of ['en', 'ko'] as const) {
    for (const target of ['2.42', '3.x'] as const) {
      const { code, text } = await promtool.check(objectiveRules(objectives, { language, target }))
      expect(text).toContain('SUCCESS')
      expect(code).toBe(0)
    }
  }
})

describe('over 30 days at 99.9 %', () => {
  test('half of the allowed errors leave half of the budget, and an hour of outage uses up more than all', async () => {
    const series = {
      [up]: gauge([1, MONTH + 3 * HOUR]),
      [ok]: counter([1999, MONTH], [0, 3 * HOUR]),
      [failed]: counter([1, MONTH], [2000, 3 * HOUR]),
    }
    const moments = [
      { at: MONTH - 30, firing: [], values: { [remaining]: 0.5, 'slo:burn_rate:factor': 0.5 } },
      { at: MONTH + 2 * HOUR, firing: [page, ticket, 'ErrorBudgetExhausted warning'] },
    ]
    expect(await promtool.failures(rulesFor(ratio), [group(series, moments)], '30m')).toBe('')
  })

  test('a total outage calls somebody within five minutes, before anything else', async () => {
    const series = {
      [up]: gauge([1, 7 * HOUR]),
      [ok]: counter([1000, 6 * HOUR], [0, HOUR]),
      [failed]: counter([0, 6 * HOUR], [1000, HOUR]),
    }
    const moments = [
      { at: 6 * HOUR, firing: [] },
      { at: 6 * HOUR + 5, firing: [page] },
    ]
    expect(await promtool.failures(rulesFor(ratio), [group(series, moments)], '1m')).toBe('')
  })

  test('errors at twice what is allowed make tickets and use up the budget, but call nobody', async () => {
    const series = {
      [up]: gauge([1, 4 * DAY]),
      [ok]: counter([998, 4 * DAY]),
      [failed]: counter([2, 4 * DAY]),
    }
    const moments = [
      { at: 4 * DAY - 5, firing: [ticket, 'ErrorBudgetExhausted warning'], values: { [remaining]: -1 } },
    ]
    expect(await promtool.failures(rulesFor(ratio), [group(series, moments)], '5m')).toBe('')
  })
})

test('a few failures in a quiet night call nobody', async () => {
  const series = {
    [up]: gauge([1, DAY]),
    [ok]: `${gauge([0, 6 * HOUR])} ${gauge([1, DAY - 6 * HOUR])}`,
    [failed]: `${nothing(6 * HOUR)} ${gauge([3, DAY - 6 * HOUR])}`,
  }
  const moments = [
    { at: 6 * HOUR + 30, firing: [] },
    { at: DAY - 5, firing: [] },
  ]
  expect(await promtool.failures(rulesFor(ratio), [group(series, moments)], '1m')).toBe('')
})

test('many failures of few events make a ticket, and the first of them counts', async () => {
  const series = {
    [up]: gauge([1, 8 * HOUR]),
    [ok]: counter([0.1, 8 * HOUR]),
    // Fifteen errors of which each is the first of a series of its own.
    ...Object.fromEntries(
      Array.from({ length: 15 }, (_, i) => [
        `http_requests_total{job="web",instance="a",route="/${i}",status_code="500"}`,
        `${nothing(6 * HOUR + i)} ${gauge([1, 2 * HOUR - i])}`,
      ]),
    ),
  }
  const moments = [
    { at: 6 * HOUR - 5, firing: [] },
    { at: 7 * HOUR, firing: ['ErrorsAtLowTraffic warning'] },
  ]
  expect(await promtool.failures(rulesFor(ratio), [group(series, moments)], '1m')).toBe('')
})

test('a busy hour weighs more than a quiet one', async () => {
  const series = {
    [up]: gauge([1, DAY]),
    [ok]: counter([99, DAY / 2], [1000, DAY / 2]),
    [failed]: counter([1, DAY / 2], [0, DAY / 2]),
  }
  // 1 of 1100 events failed, where the mean of both halves would be 1 of 200.
  const moments = [{ at: DAY - 1, firing: [], values: { 'slo:period_errors_per_events:ratio': 0.0009 } }]
  const objective = { ...ratio, target: 95, window: '1d' }
  expect(await promtool.failures(rulesFor(objective), [group(series, moments)], '1m')).toBe('')
})

describe('an objective that is not measured', () => {
  test('says so when its metric does not exist, and not for want of errors or of traffic', async () => {
    const idle = { [up]: gauge([1, HOUR]), [ok]: gauge([5, HOUR]) }
    expect(await promtool.failures(rulesFor(ratio), [group(idle, [{ at: 50, firing: [] }])], '1m')).toBe('')
    const moments = [{ at: 30, firing: ['ObjectiveAbsent warning'] }]
    expect(await promtool.failures(rulesFor(ratio), [group({}, moments)], '1m')).toBe('')
  })

  test('says so when the threshold is no bucket of the histogram', async () => {
    const histogram = 'http_request_duration_seconds'
    const all = counter([60, HOUR])
    const series = {
      [`${histogram}_count{job="web"}`]: all,
      [`${histogram}_bucket{job="web",le="0.5"}`]: all,
    }
    const at = (threshold: string, firing: readonly string[]) =>
      promtool.failures(rulesFor({ latency: { threshold } }), [group(series, [{ at: 50, firing }])], '1m')
    expect(await at('500ms', [])).toBe('')
    expect(await at('700ms', ['ObjectiveAbsent warning'])).toBe('')
  })
})

test.each(['1', '1.0'])('slow requests count as errors where the bound is stored as %s', async (le) => {
  const histogram = 'http_request_duration_seconds'
  const series = {
    [up]: gauge([1, HOUR]),
    [`${histogram}_count{job="web",instance="a"}`]: counter([100, HOUR]),
    [`${histogram}_bucket{job="web",instance="a",le="${le}"}`]: counter([75, HOUR]),
  }
  const values = { 'slo:errors_per_events:ratio_rate5m': 0.25 }
  const moments = [{ at: 30, firing: [page, ticket, 'ErrorBudgetExhausted warning'], values }]
  const rules = rulesFor({ latency: { threshold: '1s' } })
  expect(await promtool.failures(rules, [group(series, moments)], '1m')).toBe('')
})
