import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GrafanaDashboard } from 'telltale/monitoring'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { run } from '../../src/dashboards/command.js'
import { Terminal } from '../../src/terminal.js'

let folder = ''
let shown = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'telltale-dashboards-'))
  shown = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    shown += String(text)
    return true
  })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const dashboards = (...args: readonly string[]) => run(args, new Terminal(process.stdout))
const file = (...names: readonly string[]) => join(folder, ...names)
const written = (...names: readonly string[]) => readFile(file(...names), 'utf8')
const overview = async (): Promise<GrafanaDashboard> =>
  JSON.parse(await written('g', 'dashboards', 'overview.json'))

describe('telltale dashboards', () => {
  test('writes the eight dashboards and what provisions them, and says so', async () => {
    expect(await dashboards('--folder', file('g'), '--job', 'web')).toBe(0)
    expect((await readdir(file('g', 'dashboards'))).sort()).toEqual([
      'business.json',
      'dependencies.json',
      'http.json',
      'monitoring.json',
      'objectives.json',
      'overview.json',
      'queues.json',
      'runtime.json',
    ])
    expect(shown.match(/^written /gm)).toHaveLength(10)
    expect((await overview()).templating.list[1]).toMatchObject({ name: 'job', current: { value: ['web'] } })
  })

  test('provisions a folder that nobody edits, and the Prometheus that was named', async () => {
    await dashboards(
      '--folder',
      file('g'),
      '--prometheus',
      'http://prometheus:9090',
      '--interval',
      '15s',
      '--mounted',
      '/boards',
    )
    const { providers } = parse(await written('g', 'provisioning', 'dashboards', 'telltale.yml'))
    expect(providers).toMatchObject([{ type: 'file', allowUiUpdates: false, options: { path: '/boards' } }])
    const { datasources } = parse(await written('g', 'provisioning', 'datasources', 'prometheus.yml'))
    expect(datasources).toMatchObject([{ url: 'http://prometheus:9090', jsonData: { timeInterval: '15s' } }])
  })

  test('tells whether files are up to date, and which are not', async () => {
    const args = ['--folder', file('g')]
    expect(await dashboards(...args, '--check')).toBe(1)
    expect(shown).toContain('missing')
    await dashboards(...args)
    expect(await dashboards(...args, '--check')).toBe(0)
    await writeFile(file('g', 'dashboards', 'http.json'), '{}')
    shown = ''
    expect(await dashboards(...args, '--check')).toBe(1)
    expect(shown.match(/differs .*http\.json/g)).toHaveLength(1)
  })

  test('writes ConfigMaps, one for each dashboard and small enough for Kubernetes', async () => {
    expect(await dashboards('--kubernetes', file('maps.yml'), '--namespace', 'grafana')).toBe(0)
    expect(shown.match(/^written /gm)).toHaveLength(1)
    const maps = parseAllDocuments(await written('maps.yml')).map((document) => document.toJS())
    expect(maps).toHaveLength(8)
    for (const { kind, metadata, data } of maps) {
      expect(kind).toBe('ConfigMap')
      expect(metadata).toMatchObject({ namespace: 'grafana', labels: { grafana_dashboard: '1' } })
      const [text] = Object.values<string>(data)
      expect(JSON.parse(text!).uid).toBe(metadata.name)
      expect(text!.length).toBeLessThan(256 * 1024)
    }
  })

  test('writes Korean', async () => {
    await dashboards('--folder', file('g'), '--language', 'ko')
    expect((await overview()).title).toBe('서비스 개요')
  })

  test('takes the thresholds that the rules take', async () => {
    await writeFile(file('tune.yml'), 'http-error-ratio: { critical: 0.02 }\n')
    await dashboards('--folder', file('g'), '--tune', file('tune.yml'))
    expect(JSON.stringify((await overview()).panels)).toContain('Alert ErrorRatioHigh: > 2 % (critical)')
  })

  test('knows the prefix of an environment', async () => {
    await dashboards('--folder', file('g'), '--environment', 'production')
    expect((await overview()).templating.list[1]).toMatchObject({
      definition: 'label_values(prod_nodejs_version_info, job)',
    })
  })

  test.each([
    [['--language', 'fr'], '--language is "fr"; give en or ko'],
    [['--interval', 'often'], '--interval is "often"; give a duration'],
    [['--prometheus', 'ftp://here'], '--prometheus is "ftp://here"; give an address such as'],
    [['--namespace', 'x'], '--namespace is of ConfigMaps'],
    [['--nonsense'], 'there is no option --nonsense'],
  ])('says what is wrong with %j', async (args, message) => {
    await expect(dashboards(...args)).rejects.toMatchObject({
      code: 'TELLTALE_USAGE',
      message: expect.stringContaining(message),
    })
  })

  test('says which folder cannot be written', async () => {
    await writeFile(file('taken'), '')
    await expect(dashboards('--folder', file('taken'))).rejects.toMatchObject({
      code: 'TELLTALE_DEPLOY',
      message: expect.stringContaining('name another place'),
    })
  })

  test('explains itself', async () => {
    expect(await dashboards('--help')).toBe(0)
    expect(shown).toContain('Usage: telltale dashboards')
  })
})
