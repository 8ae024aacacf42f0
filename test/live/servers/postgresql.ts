import { chown, cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ChildGroup, findUnpacked, type Installation, postgresqlServer, runCommand } from '@telltale/cli'
import pg from 'pg'
import { freePort } from '../../support/free-ports.js'
import { installed } from './installed.js'
import { testFolder } from './test-folder.js'

/** PostgreSQL refuses root; the user "nobody" of Debian. */
const unprivileged = { uid: 65_534, gid: 65_534 }

/** A PostgreSQL of a test's own on the loopback address. It can be stopped and started again with its data. */
export class TestPostgresql {
  /** As in DATABASE_URL. */
  readonly url: string
  readonly port: number
  readonly #installation: Installation
  readonly #folder: Awaited<ReturnType<typeof testFolder>>
  #group = new ChildGroup()

  private constructor(
    port: number,
    installation: Installation,
    folder: Awaited<ReturnType<typeof testFolder>>,
  ) {
    this.port = port
    this.url = `postgresql://postgres@127.0.0.1:${port}/postgres`
    this.#installation = installation
    this.#folder = folder
  }

  static async start(): Promise<TestPostgresql> {
    const folder = await testFolder('postgresql')
    const installation = await readable(await installed(postgresqlServer), folder.path)
    await initialise(installation, join(folder.path, 'data'))
    const server = new TestPostgresql(await freePort(), installation, folder)
    await server.resume()
    return server
  }

  /** Ends the server and every connection to it; the data stay. */
  async pause(): Promise<void> {
    await this.#group.stop()
  }

  /** Starts it again, on the same port. */
  async resume(): Promise<void> {
    this.#group = new ChildGroup()
    await this.#group.start({
      name: 'PostgreSQL',
      command: this.#installation.command('postgres'),
      args: [
        '-D',
        join(this.#folder.path, 'data'),
        '-p',
        String(this.port),
        ...settings.flatMap((s) => ['-c', s]),
      ],
      env: environment(this.#installation),
      user: user(),
      // Fast shutdown: connections are ended, not waited for.
      stopSignal: 'SIGINT',
      ready: () => accepts(this.url),
    })
  }

  async stop(): Promise<void> {
    await this.#group.stop()
    await this.#folder.remove()
  }
}

const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'fsync=off',
  // Needs a library of 100 MB that is not fetched.
  'jit=off',
]

async function initialise(installation: Installation, data: string): Promise<void> {
  await mkdir(data, { mode: 0o700 })
  const owner = user()
  if (owner !== undefined) await chown(data, owner.uid, owner.gid)
  const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '--locale=C', '--encoding=UTF8', '--no-sync']
  const result = await runCommand(installation.command('initdb'), args, {
    cwd: data,
    env: environment(installation),
    user: owner,
  })
  if (result.code !== 0) throw new Error(`initdb failed:\n${result.tail.join('\n')}`)
}

/** A fetched server may lie in a folder that the unprivileged user cannot enter; then a copy is run. */
async function readable(installation: Installation, folder: string): Promise<Installation> {
  const { root } = installation
  const probe = await runCommand(installation.command('postgres'), ['--version'], {
    cwd: '/',
    env: environment(installation),
    user: user(),
  })
  if (probe.code === 0 || root === undefined) return installation
  const copy = join(folder, 'installation')
  await cp(root, copy, { recursive: true, verbatimSymlinks: true })
  const copied = findUnpacked(postgresqlServer, copy)
  if (copied === undefined) throw new Error(`the copy of ${root} has no PostgreSQL`)
  return copied
}

function environment(installation: Installation): NodeJS.ProcessEnv {
  // GMT is the one zone that PostgreSQL knows without the system's tables.
  return { ...installation.environment(), TZ: 'GMT', LC_ALL: 'C' }
}

function user(): typeof unprivileged | undefined {
  return process.getuid?.() === 0 ? unprivileged : undefined
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
