import { isAlive } from '../process-id.js'

/** A process that was expected to come back is shown with all it had for so long, in seconds. */
const PATIENCE_SECONDS = 2

/** Processes of a group that are not connected: those that have ended are told from those that may come back. */
export class MissingProcesses {
  readonly #since = new Map<string, number>()
  readonly #departed = new Set<string>()

  /** Those that were connected to the leader before, and have not come yet. */
  get expected(): readonly string[] {
    return [...this.#since.keys()].filter((process) => !this.#departed.has(process))
  }

  /** It is expected to connect, because the process that led before is gone. */
  expect(process: string, now: number): void {
    this.#since.set(process, now)
  }

  /** Its connection to this process is gone, so it has ended, or left. */
  left(process: string, now: number): void {
    this.#since.set(process, now)
    this.#departed.add(process)
  }

  found(process: string): void {
    this.#since.delete(process)
    this.#departed.delete(process)
  }

  /** Looks at each: which have ended, and which are away for too long to be shown as being there. */
  look(now: number): { readonly ended: readonly string[]; readonly departed: readonly string[] } {
    const ended = [...this.#since.keys()].filter((process) => !isAlive(process))
    for (const process of ended) this.found(process)
    const departed = this.expected.filter((process) => now - this.#since.get(process)! > PATIENCE_SECONDS)
    for (const process of departed) this.#departed.add(process)
    return { ended, departed }
  }
}
