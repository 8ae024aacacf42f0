import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { ProjectFolder } from './project-folder.js'

const folders: ProjectFolder[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await folder.remove()
})

const server = "import express from 'express'\n\nexpress().listen(3000)\n"
const manifest = {
  name: '@acme/My Shop',
  type: 'module',
  scripts: { start: 'node server.js' },
  dependencies: { express: '^5.0.0', pg: '^8.0.0', ioredis: '^5.0.0', 'prom-client': '^15.0.0' },
}

async function project(files: Readonly<Record<string, string | object>> = {}): Promise<ProjectFolder> {
  const folder = await ProjectFolder.with({ 'package.json': manifest, 'server.js': server, ...files })
  folders.push(folder)
  return folder
}

describe('the first run', () => {
  test('shows what it found and would write, with the difference of the entry, and writes nothing unasked', async () => {
    const folder = await project()
    const before = await folder.contents()
    const { code, said } = await folder.init()
    expect(code).toBe(1)
    expect(said).toContain('my-shop: Express 5, import, JavaScript, pg, ioredis, server.js')
    expect(said).toMatch(/new +telltale\.js/)
    expect(said).toMatch(/new +monitoring\/prometheus\.yml/)
    expect(said).toMatch(/edit +server\.js\n +\+ import '\.\/telltale\.js'\n/)
    expect(said).toContain('Add --yes')
    expect(await folder.contents()).toEqual(before)
  })

  test('--dry-run writes nothing and is fine with that', async () => {
    const folder = await project()
    const before = await folder.contents()
    expect(await folder.init('--dry-run', '--yes')).toMatchObject({ code: 0 })
    expect(await folder.contents()).toEqual(before)
  })

  test('--yes writes it, and the line that loads the instrumentation stands first', async () => {
    const folder = await project()
    const { code, said } = await folder.init('--yes')
    expect(code).toBe(0)
    expect(said).toMatch(/\d+ files written/)
    expect(await folder.read('server.js')).toBe(`import './telltale.js'\n${server}`)
    const names = Object.keys(await folder.contents())
    expect(names).toEqual(
      expect.arrayContaining([
        'telltale.js',
        ...['prometheus.yml', 'alertmanager.yml', 'rules.yml', 'docker-compose.yml'].map((name) =>
          join('monitoring', name),
        ),
        join('monitoring', 'grafana', 'dashboards', 'overview.json'),
      ]),
    )
  })

  test('says what is left to do by hand: installing, errors, pools, recorders, prom-client', async () => {
    const { said } = await (await project()).init('--dry-run')
    expect(said).toContain('npm install telltale')
    expect(said).toContain('collectErrorMetrics()')
    expect(said).toContain("pg: where req.db is the pool, app.use(metrics.collectDatabaseMetrics('main'))")
    expect(said).toContain('ioredis: metrics.getMetricsService() has recorders')
    expect(said).toContain('npm:@telltale/prom-client')
    expect(said).toContain('bridge(register)')
  })

  test('says where a secret goes, and which builds of Prometheus forget the tenant', async () => {
    const send = ['--remote-write', 'https://mimir.example/api/v1/push', '--remote-write-token']
    const { said } = await (await project()).init('--dry-run', ...send, '--remote-write-tenant', 'team-a')
    expect(said).toContain('Put the secret into monitoring/secrets/remote-write-token')
    expect(said).toContain('prometheus/prometheus#13030')
  })

  test('--json gives the plan to programs', async () => {
    const plan = await (await project()).plan()
    expect(plan.project).toMatchObject({
      name: 'my-shop',
      framework: 'express',
      modules: 'import',
      installed: false,
    })
    expect(plan).toMatchObject({ importLine: "import './telltale.js'", entry: 'edit', written: false })
    expect(plan.changes).toContainEqual({ kind: 'create', path: 'telltale.js', about: 'telltale.js' })
  })

  test('speaks Korean where it is asked to, in the files too', async () => {
    const folder = await project()
    const { said } = await folder.init('--yes', '--language=ko')
    expect(said).toContain('썼습니다')
    expect(await folder.read('telltale.js')).toMatch(/[가-힣]/)
  })
})

describe('a later run', () => {
  test('has nothing to do, and changes no file', async () => {
    const folder = await project()
    await folder.init('--yes', '--kubernetes')
    const before = await folder.contents()
    const { code, said } = await folder.init('--yes')
    expect(code).toBe(0)
    expect(said).toContain('Nothing to do')
    expect(await folder.contents()).toEqual(before)
  })

  test('keeps the options of the last one, and replaces those that are given', async () => {
    const folder = await project()
    await folder.init('--yes', '--target=3.x', '--environment=production')
    const { said } = await folder.init('--yes', '--environment', 'staging')
    expect(said).toMatch(/update +telltale\.js/)
    expect(said).toMatch(/- .*getMetricsConfig\('production'\)/)
    expect(said).toMatch(/\+ .*getMetricsConfig\('staging'\)/)
    expect(await folder.read('monitoring/docker-compose.yml')).toContain('prom/prometheus:v3.5.0')
    expect(await folder.read('telltale.js')).toContain("getMetricsConfig('staging')")
  })

  test('leaves a file that was edited, and says nothing more of it', async () => {
    const folder = await project()
    await folder.init('--yes')
    const mine = `${await folder.read('monitoring/prometheus.yml')}# mine\n`
    await folder.write('monitoring/prometheus.yml', mine)
    const { said } = await folder.init('--yes')
    expect(said).toContain('Nothing to do')
    expect(said).toMatch(/yours +monitoring\/prometheus\.yml/)
    expect(await folder.read('monitoring/prometheus.yml')).toBe(mine)
  })

  test('puts what is new beside a file that was edited, once', async () => {
    const folder = await project()
    await folder.init('--yes')
    const mine = `${await folder.read('monitoring/prometheus.yml')}# mine\n`
    await folder.write('monitoring/prometheus.yml', mine)
    const send = '--remote-write=http://vm:8428/api/v1/write'
    const { said } = await folder.init('--yes', send)
    expect(said).toContain('Compare and merge, then delete: monitoring/prometheus.yml.new')
    expect(await folder.read('monitoring/prometheus.yml')).toBe(mine)
    expect(await folder.read('monitoring/prometheus.yml.new')).toContain('remote_write')
    await rm(join(folder.path, 'monitoring/prometheus.yml.new'))
    expect((await folder.init('--yes')).said).toContain('Nothing to do')
  })

  test('a file that was there before is not overwritten either', async () => {
    const folder = await project({ 'monitoring/alertmanager.yml': 'route: { receiver: pager }\n' })
    await folder.init('--yes')
    expect(await folder.read('monitoring/alertmanager.yml')).toBe('route: { receiver: pager }\n')
    expect(await folder.read('monitoring/alertmanager.yml.new')).toContain('inhibit_rules')
  })

  test('line ends that a version control changed are no edit', async () => {
    const folder = await project()
    await folder.init('--yes')
    const text = await folder.read('monitoring/rules.yml')
    await folder.write('monitoring/rules.yml', text.replaceAll('\n', '\r\n'))
    expect((await folder.init('--yes')).said).not.toMatch(/yours|beside/)
  })

  test('does not put back the line that the user took out, and says what that means', async () => {
    const folder = await project()
    await folder.init('--yes')
    await folder.write('server.js', server)
    const { said } = await folder.init('--yes')
    expect(said).toContain('without it nothing is measured')
    expect(await folder.read('server.js')).toBe(server)
  })

  test('writes again what was deleted, and names what is not asked for any more', async () => {
    const folder = await project()
    await folder.init('--yes', '--kubernetes')
    await rm(join(folder.path, 'monitoring/rules.yml'))
    const remembered = JSON.parse(await folder.read('monitoring/telltale.json'))
    const args = remembered.arguments.filter((arg: string) => arg !== '--kubernetes')
    await folder.write('monitoring/telltale.json', JSON.stringify({ ...remembered, arguments: args }))
    const { said } = await folder.init('--yes')
    expect(said).toMatch(/new +monitoring\/rules\.yml/)
    expect(said).toContain('monitoring/kubernetes/podmonitor.yaml')
  })
})

describe('what cannot work', () => {
  test('no package.json: says where to go', async () => {
    const folder = await project()
    await rm(join(folder.path, 'package.json'))
    await expect(folder.init('--yes')).rejects.toMatchObject({
      code: 'TELLTALE_DEPLOY',
      message: expect.stringMatching(/package\.json cannot be read.*go to the folder of the application/),
    })
  })

  test.each([
    ['{ "name": ', /not valid JSON/],
    ['[]', /no object/],
  ])('a package.json that is %s', async (text, message) => {
    await expect((await project({ 'package.json': text })).init('--yes')).rejects.toThrow(message)
  })

  test('YAML that does not parse is named with line and column, and nothing is written', async () => {
    const folder = await project({ 'monitoring/prometheus.yml': 'global:\n  scrape_interval: [15s\n' })
    const before = await folder.contents()
    await expect(folder.init('--yes')).rejects.toThrow(
      /monitoring\/prometheus\.yml:\d+:\d+ is not valid YAML/,
    )
    expect(await folder.contents()).toEqual(before)
  })

  test('a file where the folder should be', async () => {
    const folder = await project({ monitoring: 'notes\n' })
    await expect(folder.init('--yes')).rejects.toThrow(/monitoring.*(cannot be read|cannot be written)/)
  })

  test('a broken memory of earlier runs', async () => {
    const folder = await project({ 'monitoring/telltale.json': '{}' })
    await expect(folder.init('--yes')).rejects.toThrow(/restore it from version control, or delete it/)
  })

  test.each([
    [['--environment', 'prod'], /development, staging or production/],
    [['--target', '2.41'], /2\.42 to 3\.x/],
    [['--agent'], /add where, with --remote-write URL/],
    [['--namespace', 'web'], /add --kubernetes/],
    [['--colour'], /--colour/],
    [['elsewhere', 'too'], /give one/],
  ])('%j is refused', async (args, message) => {
    await expect((await project()).init(...args)).rejects.toMatchObject({
      code: 'TELLTALE_USAGE',
      message: expect.stringMatching(message),
    })
  })

  test('a framework that is not known: says what works all the same', async () => {
    const folder = await project({
      'package.json': { name: 'a', type: 'module', dependencies: { '@hapi/hapi': '^21.0.0' } },
    })
    const { said, code } = await folder.init('--yes')
    expect(code).toBe(0)
    expect(said).toContain('@hapi/hapi is not known here')
  })
})
