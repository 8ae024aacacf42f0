import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build as bundle } from 'rolldown'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-ports.js'

const execute = promisify(execFile)

// What would be published: packed by npm, checked by publint and arethetypeswrong, installed into an empty folder.
const packages = ['telltale', '@telltale/prom-client', '@telltale/cli']
const folders: Readonly<Record<string, string>> = {
  telltale: 'packages/telltale',
  '@telltale/prom-client': 'packages/prom-client',
  '@telltale/cli': 'packages/cli',
}
/** What npm says that it packed: a list, or an object by name, as its version has it. */
type Packed = Readonly<Record<string | number, { readonly name: string; readonly filename: string }>>

const archives = new Map<string, string>()
let scratch = ''

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'telltale-packed-'))
  const all = packages.map((name) => `./${folders[name]}`)
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', scratch, ...all])
  for (const { name, filename } of Object.values(JSON.parse(stdout) as Packed))
    archives.set(name, join(scratch, filename))
}, 300_000)

afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
})

describe.each(packages)('%s as it would be published', (name) => {
  test('publint finds nothing', async () => {
    const { stdout } = await execute('npx', ['publint', '--strict', archives.get(name)!])
    expect(stdout).toContain('All good')
  })

  test('its types resolve in every mode that its format is for', async () => {
    const esmOnly = name === '@telltale/cli' ? ['--profile', 'esm-only'] : ['--profile', 'node16']
    const { stdout } = await execute('npx', [
      'attw',
      '--format',
      'table-flipped',
      ...esmOnly,
      archives.get(name)!,
    ])
    expect(stdout).not.toMatch(/[❌🚫]/u)
  })

  test('holds no test, no source and no configuration', async () => {
    const { stdout } = await execute('tar', ['-tzf', archives.get(name)!])
    const unwanted = stdout.split('\n').filter((path) => /\/(src|test)\/|tsconfig|\.test\./.test(path))
    expect(unwanted).toEqual([])
  })
})

describe('an application bundled into one file', () => {
  test('finds the default registry, which nothing imports by name', async () => {
    const entry = join(scratch, 'bundled.mjs')
    const built = resolve('packages/telltale/dist/esm/index.js')
    await writeFile(
      entry,
      `import { Counter } from '${built}'\nnew Counter({ name: 'a_total', help: 'A.' }).inc()`,
    )
    const output = join(scratch, 'bundle.mjs')
    await bundle({ input: entry, platform: 'node', output: { file: output }, logLevel: 'silent' })
    const { stderr } = await execute(process.execPath, [output])
    expect(stderr).toBe('')
  })
})

describe('the packages installed in an empty project', () => {
  test('import and require see one default registry, and nothing else is installed with telltale', async () => {
    await execute('npm', ['init', '-y'], { cwd: scratch })
    await execute('npm', ['install', '--offline', '--no-audit', archives.get('telltale')!], { cwd: scratch })
    const script = `
      import { createRequire } from 'node:module'
      import { Counter, defaultRegistry, expose } from 'telltale'
      const cjs = createRequire(import.meta.url)('telltale')
      if (cjs.Counter === Counter) throw new Error('one copy only')
      new Counter({ name: 'from_esm_total', help: 'E.' }).inc()
      new cjs.Counter({ name: 'from_cjs_total', help: 'C.' }).inc(2)
      console.log((await expose(defaultRegistry())).body)
      console.log(cjs.defaultRegistry() === defaultRegistry())
      try { new cjs.Counter({ name: 'from_esm_total', help: 'E.' }) } catch (error) { console.log(error.code) }
    `
    const { stdout } = await execute(process.execPath, ['--input-type=module', '-e', script], {
      cwd: scratch,
    })
    expect(stdout).toContain('from_esm_total 1\n')
    expect(stdout).toContain('from_cjs_total 2\n')
    expect(stdout).toContain('\ntrue\nTELLTALE_METRIC_EXISTS')
    const { stdout: installed } = await execute('npm', ['ls', '--all', '--parseable'], { cwd: scratch })
    expect(installed.trim().split('\n')).toHaveLength(2)
  })

  test('node --import telltale/auto measures a program that knows nothing of it', async () => {
    const program = `
      for (let text = ''; !text.includes('nodejs_version_info'); ) {
        text = await fetch('http://127.0.0.1:' + process.env.METRICS_PORT + '/metrics').then((r) => r.text(), () => '')
      }
      console.log('measured')
    `
    await writeFile(join(scratch, 'measured.mjs'), program)
    const env = { ...process.env, METRICS_PORT: String(await freePort()) }
    for (const flag of ['--import', '--require']) {
      const args = [flag, 'telltale/auto', 'measured.mjs']
      const { stdout, stderr } = await execute(process.execPath, args, { cwd: scratch, env })
      expect(stdout).toBe('measured\n')
      expect(stderr).toContain(`Metrics: http://127.0.0.1:${env.METRICS_PORT}/metrics`)
    }
  })

  test('a TypeScript project that checks the types of its libraries compiles', async () => {
    const project = join(scratch, 'typed')
    const source = `
      import { Counter, Gauge, Histogram, MetricsServer, Registry } from 'telltale'
      import { httpMetrics as expressMetrics } from 'telltale/express'
      import { httpMetrics as fastifyMetrics } from 'telltale/fastify'
      import { httpMetrics as honoMetrics } from 'telltale/hono'
      import { processHTTPMetrics } from 'telltale/http'
      import { httpMetrics as koaMetrics } from 'telltale/koa'
      import { signals } from 'telltale/monitoring'
      import { httpMetrics as nestMetrics } from 'telltale/nest'
      import { watchOutboundRequests } from 'telltale/outbound'
      import { RemoteWriter } from 'telltale/push'
      const registry = new Registry()
      new Counter({ name: 'a_total', help: 'A.', labels: ['b'], registry }).labels('c').inc()
      new Histogram({ name: 'd_seconds', help: 'D.', native: true, registry }).observe(1)
      new Gauge({ name: 'e', help: 'E.', across: 'max', registry }).set(signals.length)
      processHTTPMetrics({ registry }).stop()
      watchOutboundRequests({ registry, hosts: ['api.example.com'] }).stop()
      export { expressMetrics, fastifyMetrics, honoMetrics, koaMetrics, MetricsServer, nestMetrics, RemoteWriter }
    `
    await mkdir(join(project, 'node_modules/@types'), { recursive: true })
    await writeFile(join(project, 'package.json'), '{ "type": "module" }')
    await writeFile(join(project, 'index.ts'), source)
    await execute('npm', ['install', '--offline', '--no-audit', archives.get('telltale')!], { cwd: project })
    await symlink(resolve('node_modules/@types/node'), join(project, 'node_modules/@types/node'))
    await symlink(resolve('node_modules/undici-types'), join(project, 'node_modules/undici-types'))
    const flags = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      'false',
      '--module',
      'nodenext',
      '--target',
      'es2023',
    ]
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const { stdout } = await execute(process.execPath, [tsc, ...flags, '--types', 'node', 'index.ts'], {
      cwd: project,
    }).catch((error: { readonly stdout: string }) => error)
    expect(stdout).toBe('')
  })
})
