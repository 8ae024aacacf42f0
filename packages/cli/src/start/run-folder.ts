import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning } from '../stack/is-running.js'
import { ignoredFolder } from '../stack/server-store.js'

/**
 * Where one run keeps its rendered configuration, its logs and its data: `.telltale/run-PID`, removed at the end,
 * or `.telltale/kept`, which stays.
 */
export class RunFolder {
  readonly path: string
  readonly #keep: boolean

  private constructor(path: string, keep: boolean) {
    this.path = path
    this.#keep = keep
  }

  /** Makes the folder, and removes those of runs that were killed. */
  static async create(directory: string, options: { readonly keep: boolean }): Promise<RunFolder> {
    const parent = join(directory, '.telltale')
    await ignoredFolder(parent)
    await removeAbandoned(parent)
    const folder = new RunFolder(join(parent, options.keep ? 'kept' : `run-${process.pid}`), options.keep)
    await mkdir(join(folder.path, 'logs'), { recursive: true })
    return folder
  }

  file(...parts: string[]): string {
    return join(this.path, ...parts)
  }

  log(name: string): string {
    return join(this.path, 'logs', `${name}.log`)
  }

  async close(): Promise<void> {
    if (!this.#keep) await rm(this.path, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^run-(\d+)$/.exec(name)?.[1]
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true })
  }
}
