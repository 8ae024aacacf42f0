import { ChangeTracker } from '../../../src/aggregate/group/change-tracker.js'
import type { LedgerEvent } from '../../../src/aggregate/group/ledger-event.js'
import { Counter } from '../../../src/metrics/counter.js'
import type { Family } from '../../../src/metrics/sample-line.js'
import { Registry } from '../../../src/registry/registry.js'

/** Writes families into a tracker, and returns what it tells a ledger of. */
export function told(
  tracker: ChangeTracker,
  process: string,
  families: readonly Family[],
  isComplete = true,
): readonly LedgerEvent[] {
  tracker.start({})
  for (const family of families) {
    tracker.family(family)
    family.emit(tracker, 0, family.size)
  }
  return tracker.finish({ isComplete }).map((update) => ({ kind: 'updated', process, update }))
}

/** A process that counts in a registry of its own. */
export class SimulatedProcess {
  readonly id: string
  readonly registry = new Registry()
  readonly jobs: Counter<readonly ['kind']>
  readonly #tracker = new ChangeTracker(() => 1)

  constructor(id: string) {
    this.id = id
    this.jobs = new Counter({ name: 'jobs_total', help: 'Jobs.', labels: ['kind'], registry: this.registry })
  }

  /** What changed since it was asked before. */
  changes(): readonly LedgerEvent[] {
    return told(this.#tracker, this.id, this.registry.families)
  }

  /** The next changes are all that there is, as for somebody who knows nothing. */
  reconnect(): void {
    this.#tracker.restart()
  }
}
