import { accessSync, constants } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { CommandError } from '../command-error.js'
import { type CommandResult, runCommand } from './run-command.js'

/**
 * The distribution's packages, without root and without touching the system: lists and downloads live in a
 * folder of their own, and packages are unpacked, never installed.
 */
export class DebianPackages {
  readonly #folder: string
  readonly #settings: readonly string[]
  readonly #signal: AbortSignal | undefined

  private constructor(folder: string, signal: AbortSignal | undefined) {
    this.#folder = folder
    this.#signal = signal
    this.#settings = [
      ...['-o', `Dir::State::Lists=${join(folder, 'lists')}`],
      ...['-o', `Dir::Cache=${join(folder, 'cache')}`],
      // Root's apt would drop to a user who cannot write to this folder.
      ...['-o', 'APT::Sandbox::User=root'],
      ...['-o', 'Acquire::Retries=2'],
      ...['-o', 'Acquire::http::Timeout=20'],
      ...['-o', 'Acquire::https::Timeout=20'],
      ...['-o', 'Acquire::Languages=none'],
    ]
  }

  /** Whether this machine has the tools for it, as Debian and Ubuntu do. */
  static available(): boolean {
    return ['apt-get', 'apt-cache', 'dpkg-deb'].every(onPath)
  }

  /**
   * Reads the package lists into `folder`. Throws TELLTALE_SERVER_MISSING when they cannot be had. `signal` ends
   * this and everything later at once.
   */
  static async open(folder: string, signal?: AbortSignal): Promise<DebianPackages> {
    const packages = new DebianPackages(folder, signal)
    for (const part of ['lists/partial', 'cache/archives/partial', 'downloads']) {
      await mkdir(join(folder, part), { recursive: true })
    }
    await packages.#run('apt-get', ['-q', 'update'])
    return packages
  }

  /** The first of `names` that this release of the distribution has. */
  async firstKnown(names: readonly string[]): Promise<string> {
    for (const name of names) {
      const known = await this.#try('apt-cache', ['policy', name])
      if (/Candidate: (?!\(none\))\S/.test(known.stdout)) return name
    }
    throw new CommandError('TELLTALE_SERVER_MISSING', `this release has no package ${names.join(' or ')}`)
  }

  /** A package and everything it depends on that is not installed here, as `name=version`. */
  async closure(name: string, without: RegExp | undefined): Promise<string[]> {
    const plan = await this.#run('apt-get', ['-s', '--no-install-recommends', 'install', name])
    const steps = [...plan.stdout.matchAll(/^Inst (\S+)(?: \[[^\]]*\])? \((\S+)/gm)]
    const wanted = steps.filter(([, step]) => step === name || without?.test(step ?? '') !== true)
    // The package itself is missing from the plan when it is installed already, without the commands on the PATH.
    const packages = wanted.map(([, step, version]) => `${step}=${version}`)
    return packages.some((entry) => entry.startsWith(`${name}=`)) ? packages : [name, ...packages]
  }

  /** Downloads packages and unpacks them into `root`. */
  async unpack(packages: readonly string[], root: string): Promise<void> {
    const downloads = join(this.#folder, 'downloads', String(process.hrtime.bigint()))
    await mkdir(downloads, { recursive: true })
    await mkdir(root, { recursive: true })
    await this.#run('apt-get', ['-q', 'download', ...packages], downloads)
    for (const file of await readdir(downloads)) {
      await this.#run('dpkg-deb', ['-x', join(downloads, file), root], downloads)
    }
  }

  async #run(command: string, args: readonly string[], cwd = this.#folder): Promise<CommandResult> {
    const result = await this.#try(command, args, cwd)
    if (result.code === 0) return result
    const reason = result.tail.filter((line) => /^(E:|W:|dpkg|Err)/.test(line)).at(-1) ?? result.tail.at(-1)
    throw new CommandError(
      'TELLTALE_SERVER_MISSING',
      `${command} ${args[0] === '-q' ? args[1] : args[0]} failed: ${reason}`,
    )
  }

  #try(command: string, args: readonly string[], cwd = this.#folder): Promise<CommandResult> {
    const settings = command === 'dpkg-deb' ? [] : this.#settings
    return runCommand(command, [...settings, ...args], {
      cwd,
      signal: this.#signal,
      env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
}

function onPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
