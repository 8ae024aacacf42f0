import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { removeFile } from './meeting-folder.js'

/**
 * Who may know what a group has counted, in a file beside the socket of its leader: when none of them is alive, a process
 * that comes has nobody to wait for. A process is named before it is told anything, so that there may be too many names,
 * never too few; where there is no file, nothing is known.
 */
export class WitnessFile {
  readonly #path: string

  constructor(socket: string) {
    this.#path = `${socket}.witnesses`
  }

  /** Those that were named last. */
  read(): readonly string[] | undefined {
    try {
      const processes: unknown = JSON.parse(readFileSync(this.#path, 'utf8'))
      return Array.isArray(processes) && processes.every((process) => typeof process === 'string')
        ? processes
        : undefined
    } catch {
      return undefined
    }
  }

  write(processes: readonly string[]): void {
    const fresh = `${this.#path}.new`
    // First, since it names too few from now on, and a full disk may keep the others from being written.
    this.remove()
    try {
      writeFileSync(fresh, JSON.stringify(processes), { mode: 0o600 })
      renameSync(fresh, this.#path)
    } catch {
      removeFile(fresh)
    }
  }

  remove(): void {
    removeFile(this.#path)
  }

  /** The socket that a file in a meeting folder is about, where it is one of these. */
  static socketOf(file: string): string | undefined {
    return /^(.*)\.witnesses(?:\.new)?$/.exec(file)?.[1]
  }
}
