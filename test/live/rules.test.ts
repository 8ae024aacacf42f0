import { type RulePackOptions, rulePack, signals } from 'telltale/monitoring'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deliveryScenarios } from './rules/delivery-scenarios.js'
import { dependencyScenarios } from './rules/dependency-scenarios.js'
import { httpScenarios } from './rules/http-scenarios.js'
import { monitoringScenarios } from './rules/monitoring-scenarios.js'
import { Promtool } from './rules/promtool.js'
import { runtimeScenarios } from './rules/runtime-scenarios.js'
import { type Scenario, testGroup } from './rules/scenario.js'
import { weekly } from './rules/weekly-scenarios.js'

const scenarios: readonly Scenario[] = [
  ...httpScenarios,
  ...runtimeScenarios,
  ...dependencyScenarios,
  ...monitoringScenarios,
  ...deliveryScenarios,
]

let promtool: Promtool
beforeAll(async () => {
  promtool = await Promtool.open()
})
afterAll(() => promtool.close())

describe('promtool accepts the pack', () => {
  const variants: readonly (readonly [string, RulePackOptions])[] = [
    ['in English', {}],
    ['in Korean', { language: 'ko' }],
    ['for Prometheus 3', { target: '3.x', language: 'ko' }],
    ['for two jobs of production', { jobs: ['web', 'worker.a'], prefixes: ['prod_'] }],
  ]
  test.each(variants)('%s, without a finding', async (_, options) => {
    const { code, text } = await promtool.check(rulePack(options))
    expect(text).toContain('SUCCESS')
    expect(code).toBe(0)
  })
})

test('every alert has a scenario', () => {
  const tested = new Set([...scenarios, ...weekly.scenarios].map(({ alert }) => alert))
  const names = signals.flatMap(({ alert }) => (alert ? [alert.name] : []))
  expect(names.filter((name) => !tested.has(name))).toEqual([])
})

/** The pack with these alerts alone, so that promtool has less to evaluate. */
function packOf(alerts: readonly string[], jobs: readonly string[] = []) {
  const about = signals.filter(({ alert }) => alert !== undefined && alerts.includes(alert.name))
  return rulePack({ signals: about, jobs })
}

test.each(scenarios.map((scenario) => [scenario.alert, scenario.shows, scenario] as const))(
  '%s is right about %s',
  async (alert, _, scenario) => {
    // TargetAbsent is about jobs by name; everything else must hold without.
    const pack = packOf([alert], alert === 'TargetAbsent' ? ['app', 'worker'] : [])
    expect(await promtool.failures(pack, [testGroup(scenario)], '1m')).toBe('')
  },
)

test('a scenario that expects the wrong alerts is found out', async () => {
  const errors = httpScenarios.find(({ alert }) => alert === 'ErrorRatioHigh')
  const wrong = testGroup({ ...errors!, firing: [] })
  expect(await promtool.failures(packOf(['ErrorRatioHigh']), [wrong], '1m')).toContain('FAILED')
})

test('what is compared with a week ago fires for what changed, and only for that', async () => {
  const groups = weekly.scenarios.map((scenario) => testGroup({ ...scenario, series: weekly.series }))
  const together = { ...groups[0], promql_expr_test: groups.flatMap((group) => group.promql_expr_test) }
  const pack = packOf(weekly.scenarios.map(({ alert }) => alert))
  expect(await promtool.failures(pack, [together], '5m')).toBe('')
})
