import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { type GeneratedFile, type MonitoringPlan, monitoringFiles } from '../../src/generate/index.js'
import {
  fileSubject,
  type LintSettings,
  lintAlertmanager,
  lintDashboard,
  lintPrometheus,
  lintRules,
} from '../../src/lint/index.js'
import { readYaml, YamlMap } from '../../src/yaml-document/index.js'
import { configMapSchema, podMonitorSchema, prometheusRuleSchema } from './operator-schema.js'
import { planOf } from './plans.js'

async function filesOf(plan: MonitoringPlan): Promise<ReadonlyMap<string, string>> {
  const files = await monitoringFiles(plan)
  return new Map(files.map(({ path, text }) => [path.replace('monitoring/', ''), text]))
}

const yamlOf = (files: ReadonlyMap<string, string>, name: string) =>
  parse(files.get(name)!, { version: '1.1' })

/** What lint says of a file that is an error. */
function errorsIn({ path, text }: GeneratedFile, files: ReadonlySet<string>, plan: MonitoringPlan): string[] {
  const settings: LintSettings = {
    prometheus: plan.target.version,
    alertmanager: { major: 0, minor: 25 },
    scrapeInterval: 5,
    typeOf: () => undefined,
    metrics: undefined,
    exists: (name) => name.startsWith('secrets/') || files.has(`monitoring/${name}`),
  }
  const { root, problems } = readYaml(text)
  expect(problems, path).toEqual([])
  if (root === undefined) return [`${path} is empty`]
  const subject = fileSubject(path)
  const lint = () => {
    if (/prometheus(-agent)?\.yml$/.test(path) && !path.includes('grafana')) {
      return lintPrometheus(root, subject, settings, path)
    }
    if (path.endsWith('alertmanager.yml')) return lintAlertmanager(root, subject, settings)
    if (/rules\.yml$/.test(path)) return lintRules(root, subject, settings)
    return path.endsWith('.json') && root instanceof YamlMap ? lintDashboard(root, subject, settings) : []
  }
  return lint()
    .filter(({ severity }) => severity === 'error')
    .map(({ id, where, text: { en } }) => `${path}:${where.line} ${id} ${en.what}`)
}

const plans: readonly (readonly [string, MonitoringPlan])[] = [
  ['the plain one', planOf()],
  ['production in Korean', planOf({ environment: 'production', language: 'ko' })],
  [
    '2.53 with Mimir',
    planOf({ target: '2.53', remoteWrite: 'https://mimir.example/api/v1/push', token: true }),
  ],
  ['3.x with Thanos', planOf({ target: '3.x', remoteWrite: 'http://thanos.example/api/v1/receive' })],
  ['3.8 with VictoriaMetrics', planOf({ target: '3.8', remoteWrite: 'http://vm.example/api/v1/write' })],
  [
    '3.5 with an agent',
    planOf({ target: '3.5', remoteWrite: 'http://vm.example/api/v1/write', agent: true }),
  ],
]

test.each(plans)('lint has nothing against what is made: %s', async (_, plan) => {
  const files = await monitoringFiles(plan)
  const paths = new Set(files.map(({ path }) => path))
  const read = files.filter(({ path }) => /\.(yml|json)$/.test(path))
  expect(read.flatMap((file) => errorsIn(file, paths, plan))).toEqual([])
})

test('the same plan makes the same files', async () => {
  expect(await monitoringFiles(planOf({ kubernetes: true }))).toEqual(
    await monitoringFiles(planOf({ kubernetes: true })),
  )
})

describe('for a version of Prometheus', () => {
  const shape = async (target: string) => {
    const files = await filesOf(
      planOf({ target, remoteWrite: 'http://vm.example/api/v1/write', agent: true }),
    )
    const { services } = yamlOf(files, 'docker-compose.yml')
    return { services, global: yamlOf(files, 'prometheus.yml').global }
  }

  test('2.42 gets native histograms and the agent by flags for experiments', async () => {
    const { services, global } = await shape('2.42')
    expect(services.prometheus.image).toBe('prom/prometheus:v2.42.0')
    expect(services.prometheus.command).toContain('--enable-feature=exemplar-storage,native-histograms')
    expect(services.agent.command).toContain('--enable-feature=agent')
    expect(global).not.toHaveProperty('scrape_native_histograms')
  })

  test('3.x starts the agent by its own flag, and 3.8 has native histograms as a setting', async () => {
    expect((await shape('3.x')).services.agent.command).toContain('--agent')
    const { services, global } = await shape('3.8')
    expect(services.prometheus.command).toContain('--enable-feature=exemplar-storage')
    expect(global.scrape_native_histograms).toBe(true)
  })
})

describe('prometheus.yml', () => {
  test("has the guide's three jobs, and those that watch the monitoring itself", async () => {
    const { scrape_configs } = yamlOf(await filesOf(planOf()), 'prometheus.yml')
    expect(scrape_configs.map(({ job_name }: { job_name: string }) => job_name)).toEqual([
      'nodejs-app',
      'nodejs-default',
      'node-exporter',
      'prometheus',
      'alertmanager',
    ])
  })

  test('sends samples under labels that tell where they come from, with the secret in a file', async () => {
    const plan = planOf({
      remoteWrite: 'https://mimir.example/api/v1/push',
      token: true,
      environment: 'staging',
    })
    const { global, remote_write } = yamlOf(await filesOf(plan), 'prometheus.yml')
    expect(global.external_labels).toEqual({ monitor: 'shop', environment: 'staging' })
    expect(remote_write).toEqual([
      {
        name: 'mimir',
        url: 'https://mimir.example/api/v1/push',
        send_exemplars: true,
        send_native_histograms: true,
        authorization: { credentials_file: 'secrets/remote-write-token' },
      },
    ])
  })

  test('sends nothing where an agent does, so that no sample is sent twice', async () => {
    const files = await filesOf(planOf({ remoteWrite: 'http://vm.example/api/v1/write', agent: true }))
    expect(yamlOf(files, 'prometheus.yml').remote_write).toBeUndefined()
    const agent = yamlOf(files, 'prometheus-agent.yml')
    expect(agent.remote_write).toEqual([{ name: 'victoriametrics', url: 'http://vm.example/api/v1/write' }])
    expect(Object.keys(agent)).toEqual(['global', 'scrape_configs', 'remote_write'])
  })
})

test('an environment decides about the prefix of runtime metrics in rules and dashboards', async () => {
  const files = await filesOf(planOf({ environment: 'production' }))
  for (const name of ['rules.yml', 'grafana/dashboards/runtime.json']) {
    expect(files.get(name), name).toContain('prod_nodejs_')
    expect(files.get(name), name).not.toContain('dev_nodejs_')
  }
})

test('Korean texts are in the rules, the dashboards and the comments', async () => {
  const files = await filesOf(planOf({ language: 'ko', kubernetes: true }))
  for (const [name, text] of files) {
    if (name !== 'secrets/.gitignore') expect(text, name).toMatch(/[가-힣]/)
  }
})

describe('docker compose', () => {
  test('mounts files that are made, read-only, and volumes that are declared', async () => {
    const plan = planOf({ remoteWrite: 'http://vm.example/api/v1/write', token: true, agent: true })
    const files = await filesOf(plan)
    const { services, volumes } = yamlOf(files, 'docker-compose.yml')
    const mounts = Object.values<{ volumes?: string[] }>(services).flatMap((service) => service.volumes ?? [])
    for (const mount of mounts) {
      const [source = '', , mode] = mount.split(':')
      if (source.startsWith('./')) {
        const made = [...files.keys()].some(
          (path) => `./${path}` === source || `./${path}`.startsWith(`${source}/`),
        )
        expect(made, source).toBe(true)
        expect(mode, mount).toBe('ro')
      } else if (!['..', '/'].includes(source)) expect(Object.keys(volumes)).toContain(source)
    }
  })

  test('publishes ports on this machine only, pins every image and builds the Dockerfile of the project', async () => {
    const { services } = yamlOf(await filesOf(planOf({ dockerfile: true })), 'docker-compose.yml')
    for (const port of services.pod.ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/)
    const { application, ...others } = services
    expect(application.build).toEqual({ context: '..' })
    for (const { image } of Object.values<{ image: string }>(others)) expect(image).toMatch(/:v?\d+\.\d+/)
  })
})

describe('for Kubernetes', () => {
  const made = () => filesOf(planOf({ kubernetes: true, namespace: 'web', name: 'shop' }))
  const valid = (schema: object, data: unknown) => {
    const validate = new Ajv({ allErrors: true }).compile(schema)
    return validate(data) ? [] : validate.errors
  }

  test('the objects have the fields that the operator knows', async () => {
    const files = await made()
    expect(valid(podMonitorSchema, yamlOf(files, 'kubernetes/podmonitor.yaml'))).toEqual([])
    expect(valid(prometheusRuleSchema, yamlOf(files, 'kubernetes/prometheusrule.yaml'))).toEqual([])
    const maps = parseAllDocuments(files.get('kubernetes/dashboards.yaml')!)
    expect(Array.isArray(maps) && maps.length).toBe(8)
    for (const map of maps) {
      const data = map.toJS()
      expect(valid(configMapSchema, data)).toEqual([])
      expect(data.metadata.namespace).toBe('web')
      // An object of Kubernetes has at most 1 MiB.
      expect(JSON.stringify(data).length).toBeLessThan(2 ** 20)
    }
  })

  test('the rules are about the job that the PodMonitor makes of the pods', async () => {
    const files = await made()
    const { spec } = yamlOf(files, 'kubernetes/podmonitor.yaml')
    expect(spec.selector.matchLabels[spec.jobLabel]).toBe('shop')
    expect(files.get('kubernetes/prometheusrule.yaml')).toContain('job="shop"')
    expect(files.get('kubernetes/prometheusrule.yaml')).not.toContain('job="nodejs-app"')
  })
})
