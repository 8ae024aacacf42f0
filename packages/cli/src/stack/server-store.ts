import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandError } from '../command-error.js'
import { fileFaultOf } from '../file-fault.js'
import { DebianPackages } from './debian-packages.js'
import { findUnpacked, type Installation } from './installation.js'
import { isRunning } from './is-running.js'
import { relocate } from './relocate.js'
import type { ServerKind } from './server-kind.js'

/**
 * The project's folder of unpacked servers. Version control ignores it, and several processes may fill it at
 * once: everything is unpacked under a name of its own and appears under its final one whole.
 */
export class ServerStore {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Unpacks the packages of each kind. A kind that fails is in the result with its error, the others are kept. */
  async fetch(
    kinds: readonly ServerKind[],
    say: (line: string) => void,
    signal?: AbortSignal,
  ): Promise<Map<ServerKind, Installation | Error>> {
    await ignoredFolder(this.#folder)
    await this.#removeAbandoned()
    const scratch = await mkdtemp(join(this.#folder, `.fetching-${process.pid}-`))
    try {
      const packages = await DebianPackages.open(join(scratch, 'apt'), signal)
      const results = new Map<ServerKind, Installation | Error>()
      for (const kind of kinds) {
        results.set(kind, await this.#fetchOne(kind, packages, scratch, say).catch(asError))
      }
      return results
    } catch (error) {
      return new Map(kinds.map((kind) => [kind, asError(error)]))
    } finally {
      await rm(scratch, { recursive: true, force: true })
    }
  }

  /** What a process that was killed had begun to fetch. */
  async #removeAbandoned(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const pid = /^\.fetching-(\d+)-/.exec(name)?.[1]
      if (pid === undefined || isRunning(Number(pid))) continue
      await rm(join(this.#folder, name), { recursive: true, force: true })
    }
  }

  async #fetchOne(
    kind: ServerKind,
    packages: DebianPackages,
    scratch: string,
    say: (line: string) => void,
  ): Promise<Installation> {
    const name = await packages.firstKnown(kind.packages)
    const closure = await packages.closure(name, kind.without)
    const others = closure.length === 1 ? '' : ` and ${closure.length - 1} that it needs`
    say(`fetching the Debian package ${name}${others}`)
    const unpacked = join(scratch, kind.name)
    await packages.unpack(closure, unpacked)
    await relocate(unpacked, kind.compiledIn ?? [])
    const root = join(this.#folder, kind.name)
    await this.#publish(kind, unpacked, root)
    const installation = findUnpacked(kind, root)
    if (installation === undefined) {
      throw new CommandError('TELLTALE_SERVER_MISSING', `the package ${name} does not contain ${kind.name}`)
    }
    return installation
  }

  async #publish(kind: ServerKind, unpacked: string, root: string): Promise<void> {
    // What lies there and is not usable was left by an older layout.
    if (existsSync(root) && findUnpacked(kind, root) === undefined)
      await rm(root, { recursive: true, force: true })
    try {
      await rename(unpacked, root)
    } catch (error) {
      // Another process was first: its copy is as good.
      if (findUnpacked(kind, root) === undefined) throw error
    }
  }
}

/** Makes a folder that git ignores wherever it is. Rejects with TELLTALE_DEPLOY. */
export async function ignoredFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    const ignore = join(folder, '.gitignore')
    if (!existsSync(ignore)) await writeFile(ignore, '*\n')
  } catch (error) {
    const why = fileFaultOf(error)
    throw new CommandError('TELLTALE_DEPLOY', `${folder} cannot be made: ${why}; it holds what a run needs`)
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
