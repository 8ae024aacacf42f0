import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FamilySnapshot } from '../../../src/aggregate/family-snapshot.js'
import { ChangeTracker } from '../../../src/aggregate/group/change-tracker.js'
import { GroupLedger } from '../../../src/aggregate/group/group-ledger.js'
import type { LedgerEvent } from '../../../src/aggregate/group/ledger-event.js'
import { mergeSnapshots } from '../../../src/aggregate/merge.js'
import { MergedFamily } from '../../../src/aggregate/merged-family.js'
import { anyFamily, plain, shownBy, shownByFamilies } from '../snapshots.js'
import { SimulatedProcess, told } from './simulated-process.js'

const someFamilies = fc.uniqueArray(anyFamily('sum'), { maxLength: 3, selector: ({ name }) => name })
const grown = (before: readonly FamilySnapshot[], now: readonly FamilySnapshot[]) =>
  // Counts of one process never fall by themselves; what begins again has a test of its own.
  before.length === 0 ? now : before.map((family) => ({ ...family, series: family.series.map(doubled) }))
const doubled = (series: FamilySnapshot['series'][number]) => ({
  ...series,
  samples: series.samples.map((sample) => (sample === null ? null : sample * 2)),
})

class Simulation {
  readonly ledger = new GroupLedger()
  replica: GroupLedger | undefined
  readonly #latest = new Map<string, readonly FamilySnapshot[]>()
  readonly #trackers = new Map<string, ChangeTracker>()

  set(process: string, families: readonly FamilySnapshot[]): void {
    const tracker = this.#trackers.get(process) ?? new ChangeTracker(() => 1)
    if (!this.ledger.has(process)) {
      this.apply({ kind: 'entered', process, worker: this.ledger.nextWorker })
    }
    this.#trackers.set(process, tracker)
    const all = grown(this.#latest.get(process) ?? [], families)
    this.#latest.set(process, all)
    for (const event of told(
      tracker,
      process,
      all.map((one) => new MergedFamily(one)),
    ))
      this.apply(event)
  }

  apply(event: LedgerEvent): void {
    this.ledger.apply(event)
    this.replica?.apply(structuredClone(event))
  }

  copy(): void {
    const copy = new GroupLedger()
    for (const event of this.ledger.events()) copy.apply(structuredClone(event))
    this.replica = copy
  }

  get expected(): readonly FamilySnapshot[] {
    return mergeSnapshots([...this.#latest.values()])
  }
}

describe('what a ledger shows', () => {
  const step = fc.tuple(fc.constantFrom('1', '2', '3'), someFamilies, fc.nat(3))

  test('is what merging the last snapshots gives, whatever changed in between', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const simulation = new Simulation()
        for (const [process, families] of steps) simulation.set(process, families)
        const shown = new Map(shownByFamilies(simulation.ledger.view()))
        const expected = shownBy(simulation.expected)
        expect(shown).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('is the same in a copy that was made on the way', () => {
    let copies = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.nat(5)), { maxLength: 12, size: 'max' }), (steps) => {
        const simulation = new Simulation()
        for (const [[process, families, ends], copied] of steps) {
          simulation.set(process, families)
          if (copied === 0) simulation.copy()
          if (ends === 0) simulation.apply({ kind: 'ended', process })
          if (ends === 1) simulation.apply({ kind: 'departed', process })
        }
        const { ledger, replica } = simulation
        if (replica === undefined) return
        copies++
        expect(shownByFamilies(replica.view())).toEqual(shownByFamilies(ledger.view()))
      }),
      { numRuns: 300 },
    )
    expect(copies).toBeGreaterThan(50)
  })
})

function ledgerOf(...processes: readonly SimulatedProcess[]): GroupLedger {
  const ledger = new GroupLedger()
  for (const { id } of processes) ledger.apply({ kind: 'entered', process: id, worker: ledger.nextWorker })
  for (const process of processes) bring(ledger, process)
  return ledger
}

function bring(ledger: GroupLedger, process: SimulatedProcess): void {
  for (const event of process.changes()) ledger.apply(event)
}

const total = (ledger: GroupLedger, kind: string) =>
  shownByFamilies(ledger.view()).get(`jobs_total[["kind","${kind}"]]`)

test('a count that begins again at zero in one process goes on in the group', () => {
  const [a, b] = [new SimulatedProcess('1'), new SimulatedProcess('2')]
  a.jobs.labels('x').inc(5)
  b.jobs.labels('x').inc(7)
  const ledger = ledgerOf(a, b)
  a.registry.reset()
  a.jobs.labels('x').inc(2)
  bring(ledger, a)
  expect(total(ledger, 'x')).toBe(14)
})

test('a series that one process takes out stays counted; one that all take out goes', () => {
  const [a, b] = [new SimulatedProcess('1'), new SimulatedProcess('2')]
  a.jobs.labels('x').inc(5)
  b.jobs.labels('x').inc(7)
  const ledger = ledgerOf(a, b)
  a.jobs.remove('x')
  bring(ledger, a)
  expect(total(ledger, 'x')).toBe(12)
  b.jobs.remove('x')
  bring(ledger, b)
  expect(total(ledger, 'x')).toBeUndefined()
  ledger.apply({ kind: 'ended', process: '1' })
  ledger.apply({ kind: 'ended', process: '2' })
  expect(total(ledger, 'x')).toBeUndefined()
})

test('a process that is away and comes back is counted once', () => {
  const [a, b] = [new SimulatedProcess('1'), new SimulatedProcess('2')]
  a.jobs.labels('x').inc(5)
  b.jobs.labels('x').inc(7)
  const ledger = ledgerOf(a, b)
  ledger.apply({ kind: 'departed', process: '1' })
  expect(total(ledger, 'x')).toBe(12)
  a.reconnect()
  a.jobs.labels('x').inc()
  bring(ledger, a)
  expect(total(ledger, 'x')).toBe(13)
})

test('two definitions that clash: the first is shown, the other counted and told of once, both named', () => {
  const told: string[] = []
  const ledger = new GroupLedger((message) => told.push(message))
  const counter = plain('counter', { a: 1 })
  const gauge: FamilySnapshot = { ...plain('gauge', { a: 5 }), name: 'counter' }
  const enter = (process: string, family: FamilySnapshot) => {
    ledger.apply({ kind: 'entered', process, worker: ledger.nextWorker })
    const { series, ...definition } = family
    const families = [
      {
        id: 1,
        definition: { ...definition, perProcess: false },
        series: series.map((one, id) => ({ id, ...one })),
      },
    ]
    ledger.apply({ kind: 'updated', process, update: { families } })
  }
  enter('11-x', counter)
  enter('22-x', gauge)
  enter('33-x', gauge)
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('a counter with labels ["l"], across "sum", in process 11')
  expect(told[0]).toContain('a gauge with labels ["l"], across "sum", in process 22')
  expect(ledger.clashes.counts).toEqual([['counter', 2]])
  expect(ledger.view().map(({ type }) => type)).toEqual(['counter'])
  ledger.apply({ kind: 'ended', process: '11-x' })
  expect(shownByFamilies(ledger.view()).get('counter[["l","a"]]')).toBe(10)
})
