import type { FamilySnapshot } from './family-snapshot.js'
import { mergeSnapshots } from './merge.js'
import { withEnded } from './remains.js'

/**
 * What a group of processes has counted: the last snapshot of each that is there, and the totals of those that have
 * ended. A counter whose aggregator is `sum` falls only when a process that is there sets it back.
 */
export class ProcessLedger<P> {
  readonly #latest = new Map<P, readonly FamilySnapshot[]>()
  #ended: readonly FamilySnapshot[] = []

  /** Takes a newer snapshot of a process, in place of the one before. */
  update(process: P, families: readonly FamilySnapshot[]): void {
    this.#latest.set(process, families)
  }

  /** Keeps the totals of a process that will not be heard of again, and forgets the process. */
  end(process: P): void {
    const families = this.#latest.get(process)
    if (families === undefined) return
    this.#latest.delete(process)
    this.#ended = withEnded(this.#ended, families)
  }

  /** All of them together. Cost: one pass over every series of every process. */
  merged(): readonly FamilySnapshot[] {
    return mergeSnapshots([...this.#latest.values(), this.#ended])
  }
}
