import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prometheusServer, runCommand } from '@telltale/cli'
import {
  type AlertRuleEntry,
  type RuleFile,
  type RulePackOptions,
  rulePack,
  signals,
} from 'telltale/monitoring'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { dependencyScenarios } from './rules/dependency-scenarios.js'
import { httpScenarios } from './rules/http-scenarios.js'
import { monitoringScenarios } from './rules/monitoring-scenarios.js'
import { runtimeScenarios } from './rules/runtime-scenarios.js'
import { type Scenario, testGroup } from './rules/scenario.js'
import { weekly } from './rules/weekly-scenarios.js'
import { installed, testFolder } from './servers/index.js'

const scenarios: readonly Scenario[] = [
  ...httpScenarios,
  ...runtimeScenarios,
  ...dependencyScenarios,
  ...monitoringScenarios,
]

let folder: Awaited<ReturnType<typeof testFolder>>
beforeAll(async () => {
  folder = await testFolder('rules')
})
afterAll(() => folder.remove())

async function promtool(...args: readonly string[]) {
  const installation = await installed(prometheusServer)
  const options = { cwd: folder.path, env: installation.environment() }
  return runCommand(installation.command('promtool'), [...args], options)
}

async function written(name: string, data: unknown): Promise<string> {
  const file = join(folder.path, name)
  await writeFile(file, stringify(data, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false }))
  return file
}

/** Runs unit tests of promtool on a pack; what they say is empty when all pass. */
async function failures(name: string, pack: RuleFile, tests: readonly unknown[], every: string) {
  await written(`${name}-rules.yml`, pack)
  const file = await written(`${name}-tests.yml`, {
    rule_files: [`${name}-rules.yml`],
    evaluation_interval: every,
    tests,
  })
  const result = await promtool('test', 'rules', file)
  return result.code === 0 ? '' : result.tail.join('\n')
}

const alertsOf = ({ groups }: RuleFile): readonly AlertRuleEntry[] =>
  groups.flatMap(({ rules }) => rules.flatMap((rule) => ('alert' in rule ? [rule] : [])))

describe('promtool accepts the pack', () => {
  const variants: readonly (readonly [string, RulePackOptions])[] = [
    ['in English', {}],
    ['in Korean', { language: 'ko' }],
    ['for Prometheus 3', { target: '3.x', language: 'ko' }],
    ['for two jobs of production', { jobs: ['web', 'worker.a'], prefixes: ['prod_'] }],
  ]
  test.each(variants)('%s, without a finding', async (name, options) => {
    const result = await promtool('check', 'rules', await written(`${name}.yml`, rulePack(options)))
    expect(result.tail.join('\n')).toContain('SUCCESS')
    expect(result.code).toBe(0)
  })
})

test('every alert has a scenario', () => {
  const tested = new Set([...scenarios, ...weekly.scenarios].map(({ alert }) => alert))
  expect(
    signals.flatMap(({ alert }) => (alert ? [alert.name] : [])).filter((name) => !tested.has(name)),
  ).toEqual([])
})

test.each(scenarios.map((scenario) => [`${scenario.alert}: ${scenario.shows}`, scenario] as const))(
  '%s',
  async (name, scenario) => {
    // TargetAbsent is about jobs by name; everything else must hold without.
    const pack = rulePack(scenario.alert === 'TargetAbsent' ? { jobs: ['app', 'worker'] } : {})
    expect(await failures('one', pack, [testGroup(scenario)], '1m'), name).toBe('')
  },
)

test('what is compared with a week ago fires for what changed, and only for that', async () => {
  const [first, ...others] = weekly.scenarios.map((scenario) =>
    testGroup({ ...scenario, series: weekly.series }),
  )
  const together = [first, ...others].flatMap((group) => group?.promql_expr_test ?? [])
  const group = { ...first, name: 'weekly', promql_expr_test: together }
  expect(await failures('weekly', rulePack(), [group], '5m')).toBe('')
})
void alertsOf
