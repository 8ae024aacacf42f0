import { existsSync } from 'node:fs'
import { copyFile, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alertmanagerServer, prometheusServer, runCommand, type ServerKind } from '@telltale/cli'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { installed, testFolder } from './servers/index.js'

const deploy = fileURLToPath(new URL('../../deploy', import.meta.url))

async function check(kind: ServerKind, command: string, ...args: string[]) {
  const installation = await installed(kind)
  return runCommand(installation.command(command), args, { cwd: deploy, env: installation.environment() })
}

async function yaml<T>(file: string): Promise<T> {
  return parse(await readFile(join(deploy, file), 'utf8'), { version: '1.1' })
}

describe('the tools of Prometheus accept', () => {
  test('prometheus.yml and the rules it names', async () => {
    const result = await check(prometheusServer, 'promtool', 'check', 'config', 'prometheus.yml')
    expect(result.tail.join('\n')).toContain('SUCCESS: 4 rules found')
    expect(result.code).toBe(0)
  })

  test.each(['alert_rules.yml', 'better_rules.yml'])('%s', async (file) => {
    const result = await check(prometheusServer, 'promtool', 'check', 'rules', file)
    expect(result).toMatchObject({ code: 0 })
  })

  test('alertmanager.yml', async () => {
    const result = await check(alertmanagerServer, 'amtool', 'check-config', 'alertmanager.yml')
    expect(result).toMatchObject({ code: 0 })
  })
})

test("each of the guide's alerts fires when it should and stays quiet when it should", async () => {
  const files = (await readdir(join(deploy, 'tests'))).map((file) => join('tests', file))
  expect(files).toHaveLength(1)
  const result = await check(prometheusServer, 'promtool', 'test', 'rules', ...files)
  expect(result, result.stdout).toMatchObject({ code: 0 })
})

test("each of the guide's alerts has a test", async () => {
  const { groups } = await yaml<{ groups: { rules: { alert: string }[] }[] }>('alert_rules.yml')
  const tests = await readFile(join(deploy, 'tests/alert_rules.yml'), 'utf8')
  for (const { alert } of groups.flatMap((group) => group.rules)) {
    expect(tests).toContain(`alertname: ${alert}\n`)
  }
})

test.each([
  ['a critical alert reaches the webhook', ['severity=critical', 'alertname=TargetDown'], 'webhook'],
  ['a warning reaches the webhook', ['severity=warning', 'alertname=HighErrorRate'], 'webhook'],
  ['the watchdog goes where a dead man’s switch belongs', ['alertname=Watchdog'], 'watchdog'],
])('%s', async (_, labels, receiver) => {
  const config = '--config.file=alertmanager.yml'
  const result = await check(alertmanagerServer, 'amtool', 'config', 'routes', 'test', config, ...labels)
  expect(result.stdout.trim()).toBe(receiver)
})

test('each better rule says what, why, how bad and where to read more', async () => {
  type Rule = { alert?: string; labels: object; annotations: object }
  const { groups } = await yaml<{ groups: { rules: Rule[] }[] }>('better_rules.yml')
  const alerts = groups.flatMap((group) => group.rules.filter((rule) => rule.alert !== undefined))
  expect(alerts.length).toBeGreaterThan(50)
  for (const rule of alerts) {
    expect(rule.labels, rule.alert).toHaveProperty('severity')
    expect(Object.keys(rule.annotations), rule.alert).toEqual([
      'summary',
      'description',
      'runbook_url',
      'dashboard_url',
    ])
  }
})

describe('docker-compose.yml', () => {
  interface Service {
    readonly image?: string
    readonly build?: { readonly context: string; readonly dockerfile: string }
    readonly network_mode?: string
    readonly ports?: readonly string[]
    readonly extra_hosts?: readonly string[]
    readonly volumes?: readonly string[]
    readonly command?: string | readonly string[]
    readonly entrypoint?: readonly string[]
    readonly environment?: Readonly<Record<string, string>>
  }
  const compose = () => yaml<{ services: Record<string, Service>; volumes: object }>('docker-compose.yml')

  test('pins the version of every image', async () => {
    for (const { image, build } of Object.values((await compose()).services)) {
      if (build === undefined) expect(image).toMatch(/^[\w./-]+:v?\d+\.\d+(\.\d+)?/)
    }
  })

  test('mounts files that exist, read-only, and volumes that are declared', async () => {
    const { services, volumes } = await compose()
    const mounts = Object.values(services).flatMap((service) => service.volumes ?? [])
    for (const mount of mounts) {
      const [source = '', , mode] = mount.split(':')
      if (source.startsWith('.')) {
        expect(existsSync(join(deploy, source)), source).toBe(true)
        expect(mode, mount).toBe('ro')
      } else if (source !== '/') {
        expect(Object.keys(volumes)).toContain(source)
      }
    }
  })

  test('builds the shop from a Dockerfile that runs what the build makes', async () => {
    const { build } = (await compose()).services.shop!
    const context = resolve(deploy, build!.context)
    const dockerfile = await readFile(join(context, build!.dockerfile), 'utf8')
    const entry = /CMD \["node", "([^"]+)"/.exec(dockerfile)![1]!
    const source = join(context, entry.replace('/dist/esm/', '/src/').replace(/\.js$/, '.ts'))
    expect(existsSync(source), source).toBe(true)
    expect(dirname(source)).toMatch(/examples\/shop\/src$/)
  })

  test('shares one network, so that prometheus.yml finds the ports it names', async () => {
    const { pod, ...others } = (await compose()).services
    for (const [name, service] of Object.entries(others))
      expect(service.network_mode, name).toBe('service:pod')
    const listening = new Map([
      ['localhost:9090', others.shop!.environment!.METRICS_PORT],
      ['localhost:9100', portOf(others.node_exporter!)],
      ['alertmanager:9093', portOf(others.alertmanager!)],
    ])
    const targets = JSON.stringify(await yaml('prometheus.yml')).match(/"[\w.]+:\d+"/g)!
    expect(new Set(targets.map((target) => target.slice(1, -1)))).toEqual(new Set(listening.keys()))
    for (const [target, port] of listening) expect(port, target).toBe(target.split(':')[1])
    expect(pod!.extra_hosts).toEqual(['alertmanager:127.0.0.1'])
  })

  test('publishes every port on the loopback address only, under its own number', async () => {
    const { pod, ...others } = (await compose()).services
    for (const [name, service] of Object.entries(others)) expect(service.ports, name).toBeUndefined()
    const published = pod!.ports!.map((port) => /^127\.0\.0\.1:(\d+):\1$/.exec(port)?.[1])
    expect(published).toEqual(['3000', '9090', '9091', '9093', '9100', '3001'])
    expect(portOf(others.prometheus!)).toBe('9091')
    expect(others.grafana!.environment!.GF_SERVER_HTTP_PORT).toBe('3001')
  })

  test('gives Grafana the Prometheus that runs, and dashboards that exist', async () => {
    const { services } = await compose()
    const source = await yaml<{ datasources: { url: string }[] }>(
      'grafana/provisioning/datasources/prometheus.yml',
    )
    expect(source.datasources[0]!.url).toBe(`http://localhost:${portOf(services.prometheus!)}`)
    const provider = await yaml<{ providers: { options: { path: string } }[] }>(
      'grafana/provisioning/dashboards/telltale.yml',
    )
    const mounted = `./grafana/dashboards:${provider.providers[0]!.options.path}:ro`
    expect(services.grafana!.volumes).toContain(mounted)
    const home = services.grafana!.environment!.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH!
    expect(dirname(home)).toBe(provider.providers[0]!.options.path)
    expect(existsSync(join(deploy, 'grafana/dashboards', basename(home)))).toBe(true)
  })

  test('gives Prometheus the better rules too, which the dashboards read', async () => {
    const { entrypoint = [], volumes = [], command = [] } = (await compose()).services.prometheus!
    const folder = await testFolder('compose')
    for (const mount of volumes.filter((volume) => volume.startsWith('./'))) {
      const [source = '', target = ''] = mount.split(':')
      await copyFile(join(deploy, source), join(folder.path, basename(target)))
    }
    const [prepare = ''] = entrypoint[2]!.replaceAll('/etc/prometheus', folder.path).split(' && exec ')
    const options = { cwd: folder.path, env: process.env }
    expect(await runCommand('/bin/sh', ['-c', prepare], options)).toMatchObject({ code: 0 })
    const [, config = ''] = /--config\.file=\/etc\/prometheus\/(\S+)/.exec([command].flat().join(' ')) ?? []
    const result = await check(prometheusServer, 'promtool', 'check', 'config', join(folder.path, config))
    await folder.remove()
    expect(result.tail.join('\n').match(/SUCCESS: \d+ rules found/g)).toHaveLength(2)
  })

  function portOf({ command = [] }: Service): string | undefined {
    return [command]
      .flat()
      .find((flag) => flag.startsWith('--web.listen-address='))
      ?.split(':')[1]
  }
})
