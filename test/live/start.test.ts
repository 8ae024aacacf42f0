import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isPortFree, monitoringServers, PrometheusApi, provision, runCommand, until } from '@telltale/cli'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePorts } from '../support/free-ports.js'
import { testFolder } from './servers/index.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const command = join(root, 'packages/cli/dist/esm/command.js')
const standin = fileURLToPath(new URL('servers/standin-app.mjs', import.meta.url))

let folder: Awaited<ReturnType<typeof testFolder>>
const runs: Run[] = []

beforeAll(async () => {
  const build = await runCommand(process.execPath, [join(root, 'scripts/build.mjs'), 'packages/cli'])
  expect(build.code, build.tail.join('\n')).toBe(0)
  await provision(monitoringServers, { directory: root })
})

beforeEach(async () => {
  folder = await testFolder('start')
  await cp(join(root, 'deploy'), join(folder.path, 'deploy'), { recursive: true })
  // The servers that were fetched already; a search on the PATH comes first as always.
  if (existsSync(join(root, '.servers'))) await symlink(join(root, '.servers'), join(folder.path, '.servers'))
})

afterEach(async () => {
  for (const run of runs.splice(0)) await run.kill()
  await folder.remove()
})

/** `telltale start` in a folder of its own, on ports of its own. */
class Run {
  output = ''
  readonly ended: Promise<number | null>
  readonly appPort: number
  readonly metricsPort: number
  readonly #child: ChildProcess

  private constructor(appPort: number, metricsPort: number, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.appPort = appPort
    this.metricsPort = metricsPort
    const ports = ['--app-port', String(appPort), '--metrics-port', String(metricsPort)]
    this.#child = spawn(process.execPath, [command, 'start', ...ports, ...args], {
      cwd: folder.path,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream!.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
    this.ended = once(this.#child, 'close').then(([code]) => code as number | null)
    runs.push(this)
  }

  static async start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const [appPort = 0, metricsPort = 0] = await freePorts(2)
    return new Run(appPort, metricsPort, args, env)
  }

  static async withApp(flags = '', ...args: string[]): Promise<Run> {
    return Run.start(['--app', `"${process.execPath}" "${standin}" ${flags}`, ...args])
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  says(text: string | RegExp, within = 30_000): Promise<string> {
    return until(
      async () => {
        const found = typeof text === 'string' ? this.output.includes(text) : text.test(this.output)
        if (found) return this.output
        if (this.#child.exitCode !== null) throw new Error(`it ended:\n${this.output}`)
        return undefined
      },
      { what: `"${text}"`, within },
    )
  }

  /** The address in the row of the table that starts with `name`. */
  address(name: string): string {
    return new RegExp(`^  ${name} +(\\S+)`, 'm').exec(this.output)![1]!
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.ended
  }
}

/** Processes that have the folder of this test in their command line. */
async function processesLeft(): Promise<string[]> {
  const { stdout } = await runCommand('ps', ['-eo', 'pid,args'])
  return stdout.split('\n').filter((line) => line.includes(folder.path) || line.includes(standin))
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(folder.path, 'deploy', file)
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  await writeFile(path, text.replace(from, to))
}

describe('telltale start', () => {
  test('runs an application with everything that watches it, and Ctrl-C leaves nothing behind', async () => {
    const run = await Run.withApp()
    await run.says('Ctrl-C stops everything')
    const prometheus = new PrometheusApi(new URL(run.address('Prometheus')).origin)
    for (const job of ['nodejs-app', 'nodejs-default', 'node-exporter'])
      await prometheus.targetUp(job, 60_000)
    const [app] = (await prometheus.targets()).filter((target) => target.scrapePool === 'nodejs-app')
    expect(app!.scrapeUrl).toBe(`http://localhost:${run.metricsPort}/metrics`)
    expect((await prometheus.alertRules()).map((rule) => rule.name)).toEqual(
      expect.arrayContaining(['HighErrorRate', 'DatabaseConnectionIssue', 'TargetDown', 'Watchdog']),
    )
    for (const name of ['application', 'metrics', 'Prometheus', 'Alertmanager', 'node_exporter']) {
      expect((await fetch(run.address(name))).status, name).toBe(200)
    }
    run.signal('SIGINT')
    const asked = performance.now()
    expect(await run.ended).toBe(0)
    expect(performance.now() - asked).toBeLessThan(5_000)
    expect(run.output).toContain('stopped: nothing is left running')
    expect(await processesLeft()).toEqual([])
    expect(await readdir(join(folder.path, '.telltale'))).toEqual(['.gitignore'])
    for (const name of ['application', 'metrics', 'Prometheus', 'Alertmanager', 'node_exporter']) {
      expect(await isPortFree(Number(new URL(run.address(name)).port)), name).toBe(true)
    }
  })

  test.each(['SIGTERM', 'SIGHUP'] as const)('stops cleanly on %s', async (signal) => {
    const run = await Run.withApp()
    await run.says('Ctrl-C stops everything')
    run.signal(signal)
    expect(await run.ended).toBe(0)
    expect(await processesLeft()).toEqual([])
  })

  test('is stopped while it is still starting', async () => {
    const run = await Run.withApp('--never-ready')
    await run.says('starting the application')
    run.signal('SIGINT')
    expect(await run.ended).toBe(0)
    expect(await processesLeft()).toEqual([])
    expect(await readdir(join(folder.path, '.telltale'))).toEqual(['.gitignore'])
  })

  test('ends an application that ignores being asked', async () => {
    const run = await Run.withApp('--ignore-sigterm')
    await run.says('Ctrl-C stops everything')
    run.signal('SIGINT')
    expect(await run.ended).toBe(0)
    expect(await processesLeft()).toEqual([])
  })

  test.runIf(process.platform === 'linux')('leaves no process even when it is killed', async () => {
    const run = await Run.withApp()
    await run.says('Ctrl-C stops everything')
    run.signal('SIGKILL')
    await run.ended
    await until(async () => ((await processesLeft()).length === 0 ? true : undefined), {
      what: 'the children to end',
    })
    const next = await Run.withApp()
    await next.says('Ctrl-C stops everything')
    next.signal('SIGINT')
    await next.ended
    expect(await readdir(join(folder.path, '.telltale'))).toEqual(['.gitignore'])
  })

  test('runs twice at once, each on ports of its own', async () => {
    const first = await Run.withApp()
    await first.says('Ctrl-C stops everything')
    const second = await Run.withApp()
    await second.says('Ctrl-C stops everything')
    expect(second.output).toMatch(/port \d+ is in use: Prometheus takes \d+/)
    expect(second.address('Prometheus')).not.toBe(first.address('Prometheus'))
    first.signal('SIGINT')
    expect(await first.ended).toBe(0)
    expect((await fetch(second.address('metrics'))).status).toBe(200)
  })

  test('keeps the data for the next time when it is asked to', async () => {
    for (const round of [1, 2]) {
      const run = await Run.withApp('', '--keep-data')
      await run.says('Ctrl-C stops everything')
      const prometheus = new PrometheusApi(new URL(run.address('Prometheus')).origin)
      await prometheus.targetUp('nodejs-app', 60_000)
      const starts = 'count(count by (instance) (count_over_time(up{job="nodejs-app"}[1h])))'
      await prometheus.until(async (api) => ((await api.value(starts)) === round ? true : undefined), {
        what: `the instances of ${round} runs`,
      })
      run.signal('SIGINT')
      expect(await run.ended).toBe(0)
    }
  })

  test('tells when an alert is delivered', async () => {
    await edit('alert_rules.yml', 'for: 1m', 'for: 1s')
    await edit('prometheus.yml', 'evaluation_interval: 15s', 'evaluation_interval: 1s')
    await edit('alertmanager.yml', 'group_wait: 10s', 'group_wait: 1s')
    const run = await Run.withApp('--alerting')
    await run.says('delivered DatabaseConnectionIssue (critical): No active database connections', 90_000)
    await run.says('alert firing: DatabaseConnectionIssue')
  })
})

describe('when something is wrong, telltale start', () => {
  test('names the port that is in use, who needs it and the flag for another', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const run = await Run.start(['--app', 'true', '--metrics-port', String(port)])
    expect(await run.ended).toBe(1)
    expect(run.output).toContain(`port ${port} is needed for the metrics of the application and is in use`)
    expect(run.output).toMatch(/--metrics-port \d+/)
    taken.close()
  })

  test('shows the last words of an application that does not start', async () => {
    const run = await Run.withApp('--die-at-start')
    expect(await run.ended).toBe(1)
    expect(run.output).toContain('ended with exit code 3')
    expect(run.output).toContain('the stand-in could not reach its cellar')
    expect(await processesLeft()).toEqual([])
  })

  test('says that the application died, and goes on watching', async () => {
    const run = await Run.withApp()
    await run.says('Ctrl-C stops everything')
    const prometheus = new PrometheusApi(new URL(run.address('Prometheus')).origin)
    await prometheus.targetUp('nodejs-app', 60_000)
    const [line = ''] = (await processesLeft()).filter(
      (left) => !left.includes(command) && left.includes(standin),
    )
    process.kill(Number.parseInt(line, 10), 'SIGKILL')
    await run.says('the rest goes on')
    expect(run.output).toContain('the stand-in listens')
    await run.says('target down: nodejs-app', 60_000)
  })

  test('runs the application alone when there is no server and none may be fetched', async () => {
    await rm(join(folder.path, '.servers'), { force: true })
    const app = `"${process.execPath}" "${standin}"`
    const run = await Run.start(['--app', app, '--offline'], { TELLTALE_SERVER_PATH: '/nonexistent' })
    const output = await run.says('Ctrl-C stops everything')
    expect(output).toMatch(/prometheus, alertmanager and node_exporter are missing \(.*\); to have them: .+/)
    expect(output).toContain('nothing watches it')
  })

  test('names the folder that has no configuration', async () => {
    const run = await Run.withApp('', '--deploy', 'nowhere')
    expect(await run.ended).toBe(1)
    expect(run.output).toContain(`${join(folder.path, 'nowhere/prometheus.yml')} cannot be read`)
  })

  test('asks for an application where there is no shop', async () => {
    const run = await Run.start([])
    expect(await run.ended).toBe(2)
    expect(run.output).toContain('--app "node server.js"')
  })
})
