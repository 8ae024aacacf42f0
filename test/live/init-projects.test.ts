import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import {
  alertmanagerServer,
  monitoringServers,
  PrometheusApi,
  prometheusServer,
  provision,
  runCommand,
} from '@telltale/cli'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePorts } from '../support/free-ports.js'
import { buildCommand, RunningProgram, root, telltale } from './init/command-run.js'
import { installed, testFolder } from './servers/index.js'

let folder: Awaited<ReturnType<typeof testFolder>>
const programs: RunningProgram[] = []

beforeAll(async () => {
  await buildCommand()
  await provision(monitoringServers, { directory: root })
})

beforeEach(async () => {
  folder = await testFolder('init')
  if (existsSync(join(root, '.servers'))) await symlink(join(root, '.servers'), join(folder.path, '.servers'))
})

afterEach(async () => {
  for (const program of programs.splice(0)) await program.stop('SIGKILL')
  await folder.remove()
})

const routes = `app.get('/users/:id', (req, res) => { res.json({ id: req.params.id }) })
app.listen(process.env.PORT)
`

interface Template {
  readonly manifest: object
  readonly files: Readonly<Record<string, string>>
  readonly entry: string
  readonly firstLine: string
  readonly compiled?: boolean
}

const templates: Readonly<Record<string, Template>> = {
  'as a module': {
    manifest: { type: 'module', scripts: { start: 'node server.js' } },
    files: { 'server.js': `import express from 'express'\n\nconst app = express()\n${routes}` },
    entry: 'server.js',
    firstLine: "import './telltale.js'",
  },
  'as CommonJS': {
    manifest: { main: 'app.js' },
    files: { 'app.js': `'use strict';\n\nconst app = require('express')();\n${routes}` },
    entry: 'app.js',
    firstLine: "require('./telltale.js');",
  },
  'in TypeScript': {
    manifest: { type: 'module', scripts: { start: 'node dist/main.js' } },
    files: {
      'src/main.ts': `import express from 'express'\n\nconst app = express()\n${routes}`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          module: 'nodenext',
          target: 'es2022',
          strict: true,
          skipLibCheck: true,
          rootDir: 'src',
          outDir: 'dist',
        },
        include: ['src'],
      }),
    },
    entry: 'src/main.ts',
    firstLine: "import './telltale.js'",
    compiled: true,
  },
}

async function write(name: string, text: string): Promise<void> {
  const file = join(folder.path, name)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, text)
}

/** An Express application with the packages of this workspace. */
async function makeProject({ manifest, files }: Template): Promise<void> {
  const dependencies = { express: '^5.0.0', telltale: '^0.1.0' }
  await write('package.json', JSON.stringify({ name: 'little-shop', dependencies, ...manifest }))
  for (const [name, text] of Object.entries(files)) await write(name, text)
  await mkdir(join(folder.path, 'node_modules'))
  for (const name of ['express', '@types', 'telltale']) {
    await symlink(join(root, 'node_modules', name), join(folder.path, 'node_modules', name))
  }
}

const project = (name: string) => makeProject(templates[name]!)

describe.each(Object.entries(templates))('an Express application %s', (_, template) => {
  test('is set up by telltale init, and telltale up shows it in a real Prometheus', async () => {
    await makeProject(template)
    const first = await telltale(folder.path, ['init', '--yes'])
    expect(first.code, first.tail.join('\n')).toBe(0)
    expect((await readFile(join(folder.path, template.entry), 'utf8')).split('\n')).toContain(
      template.firstLine,
    )
    expect((await telltale(folder.path, ['init', '--yes'])).stdout).toContain('Nothing to do')
    if (template.compiled) {
      const tsc = await runCommand(process.execPath, [
        join(root, 'node_modules/typescript/bin/tsc'),
        '-p',
        folder.path,
      ])
      expect(tsc.code, tsc.stdout).toBe(0)
    }

    const [appPort, metricsPort] = await freePorts(2)
    const ports = ['--app-port', `${appPort}`, '--metrics-port', `${metricsPort}`]
    const up = RunningProgram.up(folder.path, ports)
    programs.push(up)
    await up.says('Ctrl-C stops everything')
    const server = new URL(up.address('Prometheus')).origin
    const prometheus = new PrometheusApi(server)
    for (const job of ['nodejs-app', 'node-exporter', 'prometheus', 'alertmanager']) {
      await prometheus.targetUp(job, 60_000)
    }
    const rules = (await prometheus.alertRules()).map(({ name }) => name)
    expect(rules).toEqual(expect.arrayContaining(['HighErrorRate', 'TargetDown', 'Watchdog']))

    expect(await (await fetch(`http://127.0.0.1:${appPort}/users/7`)).json()).toEqual({ id: '7' })
    const query = 'http_requests_total{job="nodejs-app",method="GET",route="/users/:id",status_code="200"}'
    await prometheus.until(async (api) => ((await api.value(query)) === 1 ? true : undefined), {
      what: query,
      within: 30_000,
    })

    const metrics = `http://localhost:${metricsPort}/metrics`
    const addresses = ['--prometheus', server, '--metrics', metrics]
    const doctor = await telltale(folder.path, ['doctor', '--no-coverage', ...addresses])
    expect(doctor.code, doctor.stdout).toBe(0)

    expect(await up.stop('SIGINT')).toBe(0)
    expect(up.output).toContain('nothing is left running')
  })
})

describe('telltale up', () => {
  test('runs the command behind --, and leaves remote_write out', async () => {
    await project('as a module')
    await telltale(folder.path, ['init', '--yes', '--remote-write', 'http://storage.invalid/api/v1/write'])
    const [appPort, metricsPort] = await freePorts(2)
    const ports = ['--app-port', `${appPort}`, '--metrics-port', `${metricsPort}`]
    const up = RunningProgram.up(folder.path, [
      ...ports,
      '--',
      process.execPath,
      '--no-warnings',
      'server.js',
    ])
    programs.push(up)
    await up.says('Ctrl-C stops everything')
    expect(up.output).toContain('remote_write is left out')
    const configuration = join(folder.path, up.address('configuration'))
    expect(await readFile(configuration, 'utf8')).not.toContain('remote_write')
    expect(await up.stop('SIGINT')).toBe(0)
  })

  test('says which port is in use, and how to take another', async () => {
    await project('as a module')
    await telltale(folder.path, ['init', '--yes'])
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const { code, tail } = await telltale(folder.path, ['up', '--app-port', `${port}`])
    taken.close()
    expect(code).toBe(1)
    expect(tail.join('\n')).toMatch(new RegExp(`port ${port} is needed.*telltale up --app-port \\d+`))
  })

  test('shows the last words of an application that does not start', async () => {
    await project('as a module')
    await telltale(folder.path, ['init', '--yes'])
    const [appPort, metricsPort] = await freePorts(2)
    const ports = ['--app-port', `${appPort}`, '--metrics-port', `${metricsPort}`, '--offline']
    const script = "throw new Error('no database')"
    const { code, tail } = await telltale(folder.path, ['up', ...ports, '--', process.execPath, '-e', script])
    expect(code).toBe(1)
    expect(tail.join('\n')).toContain('no database')
  })

  test('without a configuration, names telltale init', async () => {
    await project('as a module')
    const { code, tail } = await telltale(folder.path, ['up'])
    expect(code).toBe(1)
    expect(tail.join('\n')).toContain('telltale init makes it')
  })
})

describe('telltale init', () => {
  test('says so in a folder that it must not write to', async () => {
    await project('as a module')
    await chmod(folder.path, 0o555)
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
    const { code, tail } = await telltale(folder.path, ['init', '--yes'], nobody)
    await chmod(folder.path, 0o755)
    expect(code).toBe(1)
    expect(tail.join('\n')).toMatch(/telltale\.js cannot be written: .*nothing was written/)
  })

  test.each([
    ['plain', []],
    ['for production, in Korean', ['--environment', 'production', '--language', 'ko']],
    ['with Mimir', ['--remote-write', 'https://mimir.invalid/api/v1/push', '--remote-write-tenant', 'shop']],
    [
      'with an agent',
      ['--remote-write', 'https://vm.invalid/api/v1/write', '--remote-write-token', '--agent'],
    ],
  ])('makes files that promtool and amtool accept: %s', async (_, args) => {
    await project('as a module')
    const made = await telltale(folder.path, ['init', '--yes', ...args])
    expect(made.code, made.tail.join('\n')).toBe(0)
    await write('monitoring/secrets/remote-write-token', 'secret\n')
    const monitoring = join(folder.path, 'monitoring')
    const prometheus = await installed(prometheusServer)
    const alertmanager = await installed(alertmanagerServer)
    const agent = args.includes('--agent') ? [['check', 'config', '--agent', 'prometheus-agent.yml']] : []
    const promtool = [
      ['check', 'config', 'prometheus.yml'],
      ['check', 'rules', 'rules.yml', 'alert_rules.yml'],
    ]
    for (const check of [...promtool, ...agent]) {
      const options = { cwd: monitoring, env: prometheus.environment() }
      const { code, tail } = await runCommand(prometheus.command('promtool'), check, options)
      expect(code, tail.join('\n')).toBe(0)
      expect(tail.join('\n')).toContain('SUCCESS')
    }
    const options = { cwd: monitoring, env: alertmanager.environment() }
    const checked = await runCommand(
      alertmanager.command('amtool'),
      ['check-config', 'alertmanager.yml'],
      options,
    )
    expect(checked.code, checked.tail.join('\n')).toBe(0)
  })
})
