import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChangeTracker } from '../../../src/aggregate/group/change-tracker.js'
import type { ProcessUpdate } from '../../../src/aggregate/group/process-update.js'
import { Counter } from '../../../src/metrics/counter.js'
import { Registry } from '../../../src/registry/registry.js'

/** What somebody knows who has heard all updates: the values of each label set. */
class Listener {
  readonly #series = new Map<number, { readonly label: string; readonly count: number }>()

  hear({ families }: ProcessUpdate): void {
    for (const { series, removed, absent } of families) {
      if (absent) this.#series.clear()
      for (const id of removed ?? []) this.#series.delete(id)
      for (const { id, values, samples } of series) {
        const label = values?.[0] ?? this.#series.get(id)!.label
        this.#series.set(id, { label, count: samples[0]! })
      }
    }
  }

  get counts(): readonly string[] {
    return Array.from(this.#series.values(), ({ label, count }) => `${label} ${count}`).sort()
  }
}

test('whatever comes, goes, comes back or is defined anew, who hears the changes knows what there is', () => {
  const label = fc.constantFrom('a', 'b', 'c', 'd', 'e')
  const action = fc.constantFrom(
    'inc' as const,
    'inc' as const,
    'remove' as const,
    'look' as const,
    'define' as const,
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(action, label), { maxLength: 60 }), (steps) => {
      const registry = new Registry()
      const define = () => new Counter({ name: 'jobs_total', help: 'Jobs.', labels: ['kind'], registry })
      const tracker = new ChangeTracker(() => 1)
      const listener = new Listener()
      let jobs = define()
      const counts = new Map<string, number>()
      const look = () => {
        tracker.start({})
        tracker.family(jobs)
        jobs.emit(tracker, 0, jobs.size)
        for (const update of tracker.finish({ isComplete: true })) listener.hear(update)
        expect(listener.counts).toEqual(Array.from(counts, ([kind, count]) => `${kind} ${count}`).sort())
      }
      for (const [what, kind] of [...steps, ['look', ''] as const]) {
        if (what === 'look') look()
        else if (what === 'remove') {
          jobs.remove(kind)
          counts.delete(kind)
        } else if (what === 'inc') {
          jobs.labels(kind).inc()
          counts.set(kind, (counts.get(kind) ?? 0) + 1)
        } else {
          registry.unregister('jobs_total')
          jobs = define()
          counts.clear()
        }
      }
    }),
    { numRuns: 300 },
  )
})
