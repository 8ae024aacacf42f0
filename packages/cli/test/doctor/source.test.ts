import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Gate } from '../../src/doctor/probe/gate.js'
import { AlertRoutes } from '../../src/doctor/source/alert-routes.js'
import { differences } from '../../src/doctor/source/configuration-difference.js'
import { readDashboard, withoutVariables } from '../../src/doctor/source/dashboard.js'
import { longestLookBack, readExpression } from '../../src/doctor/source/expression.js'
import { atLeast, identityOf } from '../../src/doctor/source/server-identity.js'
import { filesMatching } from '../../src/lint/file-patterns.js'
import { limitsIn } from '../../src/promql/index.js'

describe('what answers is', () => {
  test.each([
    ['prometheus', { version: '2.42.0+ds', goVersion: 'go1.19' }, 'Prometheus Server is Healthy.\n'],
    ['prometheus', { version: '2.30.0', goVersion: 'go1.17' }, 'Prometheus is Healthy.\n'],
    ['prometheus', { version: '3.5.0', goVersion: 'go1.24' }, ''],
    ['agent', { version: '2.42.0+ds', goVersion: 'go1.19' }, 'Prometheus Agent is Healthy.\n'],
    ['victoriametrics', {}, 'VictoriaMetrics is Healthy.\n'],
    ['mimir', { application: 'Grafana Mimir', version: '2.11.0' }, ''],
    ['thanos', { version: '0.34.1', goVersion: 'go1.21' }, 'OK'],
    ['compatible', {}, ''],
  ] as const)('%s for %o and "%s"', (flavour, buildinfo, healthy) => {
    expect(identityOf(buildinfo, healthy).flavour).toBe(flavour)
  })

  test('of a version that can be compared, or not', () => {
    expect(atLeast('2.42.0+ds', 2, 42)).toBe(true)
    expect(atLeast('v3.0.1', 2, 42)).toBe(true)
    expect(atLeast('2.9.2', 2, 42)).toBe(false)
    expect(atLeast('master', 2, 42)).toBeUndefined()
  })
})

describe('an expression', () => {
  test.each([
    ['up', 0],
    ['rate(x[5m])', 300],
    ['rate(x[5m] offset 1w)', 300 + 604_800],
    ['max_over_time(rate(x[5m])[1h:1m])', 3900],
    ['avg_over_time(x[1d]) / avg_over_time(x[1d] offset 1w)', 86_400 + 604_800],
  ])('%s looks %d s back', (text, seconds) => {
    expect(longestLookBack(readExpression(text)!)).toBe(seconds)
  })

  test('has its limits on the left of "and"', () => {
    const limits = limitsIn(readExpression('(a / b > 0.05) and sum(c) > 10')!)
    expect(limits.map(({ operator, threshold }) => [operator, threshold])).toEqual([['>', 0.05]])
  })
})

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: variables of Grafana and of Prometheus
describe('a panel’s query without its variables can be read', () => {
  test.each([
    'sum(rate(x{job=~"$job",instance="${instance}"}[$__rate_interval]))',
    'rate(x{a="pre-[[b]]"}[$window])',
    'topk($top, x) / $__range_s',
    'avg_over_time(x{job="${job:regex}"}[$__range:$__interval])',
  ])('%s', (query) => {
    expect(readExpression(withoutVariables(query)), withoutVariables(query)).toBeDefined()
  })
})

test.each([
  ['dashboard', '{"schemaVersion":39,"title":"A","panels":[{"title":"x","targets":[{"expr":"up"}]}]}'],
  ['dashboard', '{"dashboard":{"title":"A","panels":[{"panels":[{"targets":[{"expr":"up"}]}]}]},"meta":{}}'],
  ['foreign', '{"widgets":[],"layout_type":"ordered"}'],
  ['foreign', '{"kind":"Dashboard","spec":{"layouts":[]}}'],
  ['broken', '{"panels":['],
  ['other', '{"name":"package"}'],
  ['other', '[1]'],
])('a file is %s: %s', (kind, text) => {
  expect(readDashboard(text).kind).toBe(kind)
})

describe('a file and what runs', () => {
  const running = {
    global: { scrape_interval: '1m', evaluation_interval: '15s', external_labels: { site: 'berlin' } },
    rule_files: ['/etc/prometheus/rules.yml'],
    scrape_configs: [
      {
        job_name: 'app',
        scrape_interval: '1m',
        body_size_limit: '50MiB',
        basic_auth: { username: 'a', password: '<secret>' },
      },
    ],
  }

  test.each([
    ['other words for the same time', { global: { scrape_interval: '60s' } }],
    ['the path from another folder', { rule_files: ['rules.yml'] }],
    ['a password', { scrape_configs: [{ job_name: 'app', basic_auth: { password: 'geheim' } }] }],
    ['a variable of the environment', { global: { external_labels: { site: '${SITE}' } } }],
    ['other words for the same size', { scrape_configs: [{ job_name: 'app', body_size_limit: '50MB' }] }],
    ['defaults that are not written', {}],
  ])('do not differ by %s', (_, file) => {
    expect(differences(file, running)).toEqual([])
  })

  test('differ by a size', () => {
    const file = { scrape_configs: [{ job_name: 'app', body_size_limit: '10MB' }] }
    expect(differences(file, running)).toEqual([
      { path: 'scrape_configs[app].body_size_limit', inFile: '10MB', running: '50MiB' },
    ])
  })

  test('differ by a value, a job and a rule file', () => {
    expect(differences({ global: { scrape_interval: '5s' } }, running)).toEqual([
      { path: 'global.scrape_interval', inFile: '5s', running: '1m' },
    ])
    expect(differences({ scrape_configs: [{ job_name: 'new' }] }, running).map(({ path }) => path)).toEqual([
      'scrape_configs[new]',
      'scrape_configs[app]',
    ])
    expect(
      differences({ rule_files: ['rules.yml', 'more.yml'] }, running).map(({ inFile }) => inFile),
    ).toEqual(['more.yml'])
  })
})

// biome-ignore-end lint/suspicious/noTemplateCurlyInString: until here
describe('alerts reach', () => {
  const routes = AlertRoutes.read(`
route:
  receiver: default
  routes:
    - matchers: ['severity="critical"']
      receiver: pager
      continue: true
    - matchers: [severity=~"critical|warning", team!="ops"]
      receiver: team
    - match: { alertname: Watchdog }
receivers:
  - { name: default, webhook_configs: [{ url: 'http://x' }] }
  - { name: pager }
`)!

  test.each([
    [{ severity: 'critical' }, ['pager', 'team']],
    [{ severity: 'warning', team: 'ops' }, ['default']],
    [{ alertname: 'Watchdog' }, ['default']],
  ])('the receivers for %o', (labels, receivers) => {
    expect(routes.receiversOf(labels)).toEqual(receivers)
  })

  test('somebody only through a receiver with an integration', () => {
    expect(['default', 'pager', 'team'].map((name) => routes.tells(name))).toEqual([true, false, false])
  })

  test('nobody through what is no configuration', () => {
    expect(AlertRoutes.read('a: [')).toBeUndefined()
    expect(AlertRoutes.read('receivers: []')).toBeUndefined()
  })
})

test('patterns mean the files that Prometheus would read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'telltale-pattern-'))
  await mkdir(join(folder, 'rules/a'), { recursive: true })
  for (const file of [
    'rules/one.yml',
    'rules/two.yml',
    'rules/a/three.yml',
    'rules/note.txt',
    'rules/x+y.yml',
  ])
    await writeFile(join(folder, file), '')
  const matching = async (pattern: string) =>
    (await filesMatching(pattern, folder)).map((path) => path.slice(folder.length + 1))
  expect(await matching('rules/*.yml')).toEqual(['rules/one.yml', 'rules/two.yml', 'rules/x+y.yml'])
  expect(await matching('rules/[ot]*.yml')).toEqual(['rules/one.yml', 'rules/two.yml'])
  expect(await matching('rules/*/thre?.yml')).toEqual(['rules/a/three.yml'])
  expect(await matching('rules/x+y.yml')).toEqual(['rules/x+y.yml'])
  expect(await matching('nothing/*.yml')).toEqual([])
  await rm(folder, { recursive: true })
})

test('a gate lets only so many through at once, and all in the end', async () => {
  const gate = new Gate(3)
  let inside = 0
  let most = 0
  const passed = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      gate.pass(async () => {
        most = Math.max(most, ++inside)
        await new Promise((resolve) => setImmediate(resolve))
        inside--
        return index
      }),
    ),
  )
  expect(most).toBe(3)
  expect(passed).toHaveLength(20)
})
