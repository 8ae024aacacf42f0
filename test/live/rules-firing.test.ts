import { setTimeout as wait } from 'node:timers/promises'
import { objectiveRules, type RuleFile, readObjectives, rulePack, signals } from 'telltale/monitoring'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { freePort } from '../support/free-ports.js'
import { CraftedEndpoint } from './rules/crafted-endpoint.js'
import { growing, Phase, traffic, troubledApplication, troubledServers } from './rules/crafted-troubles.js'
import { TestPrometheus } from './servers/index.js'

// The whole pack in a real Prometheus, with every duration made short and nothing else changed: 5 minutes are 4 s, a
// week is 12.5 s, and longer ones stay longer.
const short = (seconds: number) => 4 * (seconds / 300) ** 0.15

const jobs = ['app', 'falls', 'rises', 'grows', 'slow', 'gone', 'missing']
const phase = new Phase()
let endpoint: CraftedEndpoint
let prometheus: TestPrometheus

const objectives = readObjectives({
  service: 'shop',
  objectives: [
    {
      name: 'availability',
      target: 99.9,
      window: '30d',
      minimumEvents: 10,
      ratio: { errors: { status_code: '5..' } },
    },
    { name: 'unmeasured', target: 99, window: '30d', latency: { metric: 'nobody_seconds', threshold: '1s' } },
    {
      name: 'rare',
      target: 99,
      window: '30d',
      ratio: { metric: 'low_traffic_total', errors: { result: 'failed' } },
    },
  ],
}).objectives

function quickRules(): RuleFile {
  const options = {
    jobs,
    duration: (seconds: number, use: string) => {
      // A slow scrape is seen for 1.3 s of each 3 s: what it brings comes 2.7 s after its time.
      if (use === 'for') return '500ms'
      return `${Math.round(use === 'step' ? 500 : short(seconds) * 1000)}ms`
    },
  }
  const { groups } = rulePack({ ...options, signals })
  return { groups: [...groups, ...objectiveRules(objectives, options).groups] }
}

beforeAll(async () => {
  const app = troubledApplication(phase)
  const falls = traffic(phase.switch(20, 0.2))
  endpoint = await CraftedEndpoint.start(
    {
      '/app': app.registry,
      '/falls': falls.registry,
      '/rises': traffic(phase.switch(5, 100)).registry,
      '/grows': growing(phase).registry,
      '/servers': troubledServers(phase).registry,
      '/slow': traffic(() => 1).registry,
    },
    { '/slow': 2700 },
  )
  const targets = [endpoint.address]
  const quick = { settings: { scrape_interval: '500ms', scrape_timeout: '500ms' } }
  prometheus = await TestPrometheus.start({
    interval: '500ms',
    jobs: [
      ...['app', 'falls', 'rises', 'grows', 'servers'].map((name) => ({
        name,
        targets,
        path: `/${name}`,
        ...quick,
      })),
      { name: 'slow', targets, path: '/slow', settings: { scrape_interval: '3s', scrape_timeout: '3s' } },
      { name: 'gone', targets: [`127.0.0.1:${await freePort()}`], ...quick },
    ],
    rules: [stringify(quickRules(), { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false })],
  })
})

afterAll(async () => {
  await prometheus?.stop()
  await endpoint?.stop()
})

const alertNames = [
  ...new Set(
    quickRules().groups.flatMap(({ rules }) => rules.flatMap((r) => ('alert' in r ? [r.alert] : []))),
  ),
]
const named = (alert: { labels: Readonly<Record<string, string>> }) => alert.labels.alertname ?? ''

test('every alert of the pack and of objectives fires in a real Prometheus, with texts that read well', async () => {
  // As long as the longest comparison, so that there is a "last week" to compare with.
  await prometheus.api.until(
    async (api) => (await api.query('job:http_requests:rate5m_prediction{job="falls"}'))[0],
    { what: 'a prediction to exist', within: 60_000 },
  )
  // Comparisons with "last week" see the first seconds, in which there was hardly a rate; all others must be quiet.
  const about = signals.filter(({ id }) =>
    /^(http-error|event-loop|heap-per|database|queue-stalled)/.test(id),
  )
  const quiet = about.flatMap(({ alert }) => (alert ? [alert.name] : []))
  const beforehand = (await prometheus.api.alerts()).map(named)
  expect(beforehand.filter((name) => quiet.includes(name))).toEqual([])
  phase.begin()

  const firing = new Map<string, Readonly<Record<string, string>>>()
  const deadline = Date.now() + 45_000
  while (firing.size < alertNames.length && Date.now() < deadline) {
    for (const alert of await prometheus.api.alerts()) {
      if (alert.state === 'firing') firing.set(named(alert), alert.annotations)
    }
    await wait(200)
  }
  expect(alertNames.filter((name) => !firing.has(name))).toEqual([])
  for (const [name, { summary = '', ...others }] of firing) {
    expect(summary, name).not.toMatch(/NaN|Inf/)
    for (const text of [summary, ...Object.values(others)]) {
      expect(text, name).not.toMatch(/<no value>|error expanding|\{\{/)
    }
  }
  expect(firing.get('ErrorBudgetBurn')?.description).toMatch(/Nothing is left|is gone in \d/)
})

test('no rule of the pack fails', async () => {
  const rules = await prometheus.api.alertRules()
  expect(
    rules.filter(({ health }) => health === 'err').map(({ name, lastError }) => `${name}: ${lastError}`),
  ).toEqual([])
})
