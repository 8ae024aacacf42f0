import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  answers,
  ChildGroup,
  prometheusServer,
  startPrometheusServer,
  statusOf,
  victoriaMetricsServer,
} from '@telltale/cli'
import bcrypt from 'bcryptjs'
import { afterAll, describe, expect, test } from 'vitest'
import { allChecks } from '../../packages/cli/src/doctor/checks/index.js'
import { diagnose } from '../../packages/cli/src/doctor/diagnose.js'
import { openSetup, type SetupAddresses } from '../../packages/cli/src/doctor/open-setup.js'
import { basic } from '../../packages/cli/src/http/index.js'
import { freePort, freePorts } from '../support/free-ports.js'
import { installed, rulesWithFor, TestAlertmanager, TestPrometheus, testFolder } from './servers/index.js'

// What answers in the place of a Prometheus, and the shop's own stack.

const group = new ChildGroup()
const folders: Awaited<ReturnType<typeof testFolder>>[] = []

afterAll(async () => {
  await group.stop()
  await Promise.all(folders.map((folder) => folder.remove()))
})

async function folder(): Promise<string> {
  const made = await testFolder('doctor')
  folders.push(made)
  return made.path
}

async function examine(addresses: Partial<SetupAddresses>) {
  const setup = openSetup({ directory: await folder(), seconds: 5, credentials: {}, ...addresses })
  const begun = performance.now()
  const diagnosis = await diagnose(setup, allChecks, () => undefined)
  const seconds = (performance.now() - begun) / 1000
  const missed = diagnosis.missed.map(({ name, why }) => `${name}: ${why.en}`)
  return { findings: diagnosis.findings, ids: diagnosis.findings.map(({ id }) => id), missed, seconds }
}

async function startOwn(config: string, flags: readonly string[], ready?: number): Promise<string> {
  const path = await folder()
  await writeFile(join(path, 'prometheus.yml'), config)
  const installation = await installed(prometheusServer)
  const port = await freePort()
  if (ready === undefined) {
    const options = { port, configFile: join(path, 'prometheus.yml'), dataFolder: join(path, 'data'), flags }
    return (await startPrometheusServer(group, installation, options)).url
  }
  const url = `http://localhost:${port}`
  await group.start({
    name: 'Prometheus',
    command: installation.command('prometheus'),
    args: [
      `--config.file=${join(path, 'prometheus.yml')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...flags,
    ],
    env: installation.environment(),
    ready: async () => (await statusOf(`${url}/-/ready`)) === ready,
  })
  return url
}

describe('a Prometheus behind a login', () => {
  test('says so, and lets in who has the password', async () => {
    const path = await folder()
    const users = { basic_auth_users: { kim: await bcrypt.hash('geheim', 4) } }
    await writeFile(join(path, 'web.yml'), JSON.stringify(users))
    const flags = [`--web.config.file=${join(path, 'web.yml')}`, `--storage.tsdb.path=${join(path, 'data')}`]
    const prometheus = await startOwn('scrape_configs: []\n', flags, 401)

    const refused = await examine({ prometheus })
    expect(refused.ids).toContain('server/login')
    expect(refused.missed).toContain(`${prometheus}: Prometheus could not be asked`)

    const admitted = await examine({ prometheus, credentials: { prometheus: basic('kim', 'geheim') } })
    expect(admitted.ids).not.toContain('server/login')
    expect(admitted.ids).toContain('scraping/no-target')
    const inAddress = await examine({ prometheus: prometheus.replace('://', '://kim:geheim@') })
    expect(inAddress.ids).toEqual(admitted.ids)
    expect(JSON.stringify(inAddress.findings)).not.toContain('geheim')
  })
})

test('an agent is told apart, and what it cannot do is left out', async () => {
  const path = await folder()
  const flags = ['--enable-feature=agent', `--storage.agent.path=${join(path, 'agent')}`]
  const prometheus = await startOwn('scrape_configs: []\n', flags, 200)
  const { ids, missed } = await examine({ prometheus })
  expect(ids).toContain('server/agent')
  expect(ids.filter((id) => /^(?:queries|storage|thresholds|alert-rules)/.test(id))).toEqual([])
  expect(missed.join('\n')).toContain('unavailable with Prometheus Agent')
})

test('VictoriaMetrics is told apart, and what it lacks is left out', async () => {
  const path = await folder()
  const installation = await installed(victoriaMetricsServer)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  await group.start({
    name: 'VictoriaMetrics',
    command: installation.command('victoria-metrics'),
    args: [`-httpListenAddr=127.0.0.1:${port}`, `-storageDataPath=${join(path, 'vm')}`, '-retentionPeriod=1'],
    env: installation.environment(),
    ready: () => answers(`${url}/health`),
  })
  const { findings, missed } = await examine({ prometheus: url })
  const finding = findings.find(({ id }) => id === 'server/other-product')
  expect(finding?.text.en.what).toContain('VictoriaMetrics')
  expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual([
    'dashboards/none',
  ])
  expect(missed.join('\n')).toContain('status/runtimeinfo')
})

test('an Alertmanager in the place of Prometheus is told apart', async () => {
  const alertmanager = await TestAlertmanager.start()
  const { ids, findings } = await examine({ prometheus: alertmanager.url })
  await alertmanager.stop()
  expect(ids).toContain('server/is-alertmanager')
  expect(findings[0]?.text.en.remedy).toContain('--alertmanager')
})

describe("the shop's stack", () => {
  test('has no error with every rule and dashboard, and is examined in less than three seconds', async () => {
    const [port, metricsPort] = (await freePorts(2)) as [number, number]
    await group.start({
      name: 'shop',
      command: process.execPath,
      args: [
        fileURLToPath(new URL('../../examples/shop/dist/esm/main.js', import.meta.url)),
        ...['--traffic', '--rate', '10', '--error-rate', '0', '--slow-rate', '0', '--seed', '7'],
      ],
      env: { ...process.env, PORT: String(port), METRICS_PORT: String(metricsPort), NODE_ENV: 'development' },
      ready: () => answers(`http://127.0.0.1:${port}/health`),
    })
    const alertmanager = await TestAlertmanager.start()
    const deploy = fileURLToPath(new URL('../../deploy', import.meta.url))
    const prometheus = await TestPrometheus.start({
      jobs: [{ name: 'nodejs-app', targets: [`127.0.0.1:${metricsPort}`] }],
      rules: [
        await rulesWithFor(join(deploy, 'alert_rules.yml'), '1m'),
        await readFile(join(deploy, 'better_rules.yml'), 'utf8'),
      ],
      alertmanager: alertmanager.url,
      flags: ['--storage.tsdb.retention.time=30d'],
    })
    await prometheus.api.targetUp('nodejs-app')
    await prometheus.api.until((api) => api.value('count(rate(http_requests_total[5m]))'), {
      what: 'two scrapes of the shop',
    })
    const addresses = {
      prometheus: prometheus.url,
      metrics: `http://127.0.0.1:${metricsPort}/metrics`,
      dashboards: [join(deploy, 'grafana')],
    }
    const runs = [await examine(addresses), await examine(addresses), await examine(addresses)]
    await prometheus.stop()
    await alertmanager.stop()
    const told = runs[2]!.findings.filter(({ severity }) => severity !== 'info')
    // This Prometheus scrapes the shop alone.
    expect(told.map(({ id, text }) => `${id} ${/scrapes (\w+)/.exec(text.en.what)?.[1]}`)).toEqual([
      'queries/not-scraped Prometheus',
      'queries/not-scraped Alertmanager',
    ])
    // The quickest: other things may run on this machine. A second of it passes between two looks at the metrics.
    expect(Math.min(...runs.map(({ seconds }) => seconds))).toBeLessThan(3)
  })
})
