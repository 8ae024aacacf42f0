import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const INSTALL_MS = 120_000
const COMMAND_MS = 60_000
const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/** How PM2 runs the application. */
export interface Pm2Settings {
  readonly name: string
  readonly mode: 'cluster' | 'fork'
  readonly instances: number
  readonly env: Readonly<Record<string, string>>
}

/** What PM2 says of a process. */
interface Listed {
  readonly name: string
  readonly pid: number
  readonly pm_id: number
}

/** PM2 from npm, in a folder and with a daemon of its own; ends with all that it runs. */
export class RunningPm2 implements AsyncDisposable {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  static async open(): Promise<RunningPm2> {
    await execute(process.execPath, [join(root, 'scripts/build.mjs'), 'packages/telltale'], { cwd: root })
    const folder = await mkdtemp(join(tmpdir(), 'tt-pm2-'))
    const manifest = { private: true, dependencies: { pm2: '7.0.4' } }
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
    await execute('npm', ['install', ...flags], { cwd: folder, timeout: INSTALL_MS })
    await symlink(join(root, 'node_modules/telltale'), join(folder, 'node_modules/telltale'))
    await cp(fileURLToPath(new URL('app.mjs', import.meta.url)), join(folder, 'app.mjs'))
    await mkdir(join(folder, 'tmp'))
    return new RunningPm2(folder)
  }

  /** Starts the application; resolves when PM2 has started all processes. */
  async start({ name, mode, instances, env }: Pm2Settings): Promise<void> {
    const file = join(this.#folder, `${name}.config.json`)
    const app = { name, script: join(this.#folder, 'app.mjs'), exec_mode: mode, instances, env }
    await writeFile(file, JSON.stringify({ apps: [app] }))
    await this.run('start', file)
  }

  /** Runs a command of PM2; resolves with what it printed. */
  async run(...argv: readonly string[]): Promise<string> {
    const { PATH, HOME } = process.env
    const { stdout } = await execute(
      process.execPath,
      [join(this.#folder, 'node_modules/pm2/bin/pm2'), ...argv],
      {
        cwd: this.#folder,
        timeout: COMMAND_MS,
        maxBuffer: 2 ** 26,
        env: {
          ...(PATH && { PATH }),
          ...(HOME && { HOME }),
          PM2_HOME: join(this.#folder, 'pm2'),
          PM2_DISABLE_VERSION_CHECK: 'true',
          TMPDIR: join(this.#folder, 'tmp'),
        },
      },
    )
    return stdout
  }

  /** The processes of an application, by the operating system's numbers. */
  async pids(name: string): Promise<readonly number[]> {
    return (await this.#processes(name)).map(({ pid }) => pid)
  }

  /** The same by PM2's own numbers. */
  async ids(name: string): Promise<readonly string[]> {
    return (await this.#processes(name)).map(({ pm_id }) => String(pm_id))
  }

  /** What is in the folder where the processes meet. */
  async meeting(): Promise<readonly string[]> {
    const tmp = join(this.#folder, 'tmp')
    return (await readdir(tmp, { recursive: true })).filter((path) => path.includes('/'))
  }

  /** What the processes wrote to standard output and standard error. */
  async output(): Promise<string> {
    return this.run('logs', '--nostream', '--raw', '--lines', '1000')
  }

  async #processes(name: string): Promise<readonly Listed[]> {
    const all = JSON.parse(await this.run('jlist')) as readonly Listed[]
    return all.filter((one) => one.name === name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run('kill')
    await rm(this.#folder, { recursive: true, force: true })
  }
}
