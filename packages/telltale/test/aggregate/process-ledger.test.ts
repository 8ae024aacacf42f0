import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FamilySnapshot } from '../../src/aggregate/family-snapshot.js'
import { ProcessLedger } from '../../src/aggregate/process-ledger.js'
import { snapshotsIn, snapshotText } from '../../src/aggregate/snapshot-text.js'
import { anyFamily, histogram, plain, shownBy, summary } from './snapshots.js'

const total = (ledger: ProcessLedger<number>, sample: string) => shownBy(ledger.merged()).get(sample)

test('what a process had counted stays counted when it ends, and its gauges go', () => {
  const ledger = new ProcessLedger<number>()
  const families = () => [
    plain('counter', { a: 5 }),
    plain('gauge', { a: 5 }),
    histogram(
      [
        [1, 2],
        [Infinity, 3],
      ],
      9,
    ),
    summary([[0.5, 4]], 8, 2),
  ]
  ledger.update(1, families())
  ledger.update(2, families())
  ledger.end(1)
  expect(Object.fromEntries(shownBy(ledger.merged()))).toEqual({
    'counter[["l","a"]]': 10,
    'gauge[["l","a"]]': 5,
    'h_bucket[["le","1"]]': 4,
    'h_bucket[["le","Infinity"]]': 6,
    'h_sum[]': 18,
    'h_count[]': 6,
    's[["quantile","0.5"]]': 4,
    's_sum[]': 16,
    's_count[]': 4,
  })
  ledger.end(2)
  ledger.end(2)
  expect(total(ledger, 'counter[["l","a"]]')).toBe(10)
  expect(total(ledger, 'gauge[["l","a"]]')).toBeUndefined()
})

test('no total ever falls, however processes count, end and begin', () => {
  const amount = fc.double({ min: 0, max: 1000, noNaN: true })
  const event = fc.record({ process: fc.nat(4), label: fc.constantFrom('a', 'b'), amount, ends: fc.nat(5) })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      const ledger = new ProcessLedger<number>()
      const counts = new Map<number, Record<string, number>>()
      const ids = [0, 1, 2, 3, 4]
      let next = ids.length
      let before = new Map<string, number>()
      for (const { process, label, amount, ends } of events) {
        const id = ids[process]!
        const own = counts.get(id) ?? {}
        counts.set(id, { ...own, [label]: (own[label] ?? 0) + amount })
        ledger.update(id, [plain('counter', counts.get(id)!)])
        if (ends === 0) {
          ledger.end(id)
          ids[process] = next++
        }
        const now = shownBy(ledger.merged())
        for (const [sample, value] of before) expect(now.get(sample)).toBeGreaterThanOrEqual(value)
        before = new Map(now)
      }
    }),
    { numRuns: 300 },
  )
})

test('a thousand processes that ended take the room of one', () => {
  const ledger = new ProcessLedger<number>()
  for (let id = 0; id < 1000; id++) {
    ledger.update(id, [plain('counter', { a: 1, b: 2 })])
    ledger.end(id)
  }
  expect(snapshotText(ledger.merged()).length).toBeLessThan(1000)
  expect(total(ledger, 'counter[["l","b"]]')).toBe(2000)
})

test('label sets of processes that ended are bounded, and no count is lost', () => {
  const ledger = new ProcessLedger<number>()
  for (let id = 0; id < 12; id++) {
    const samples = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${id}-${i}`, 1]))
    ledger.update(id, [plain('counter', samples)])
    ledger.end(id)
  }
  const shown = shownBy(ledger.merged())
  expect(shown.size).toBe(10_001)
  expect(shown.get('counter[["l","__overflow__"]]')).toBe(2000)
})

test('what a new release defines otherwise wins over what an old one left', () => {
  const ledger = new ProcessLedger<number>()
  const old: FamilySnapshot = { ...plain('counter', { a: 5 }), name: 'changed' }
  const renewed: FamilySnapshot = { ...histogram([[Infinity, 2]], 1), name: 'changed' }
  ledger.update(1, [old])
  ledger.update(2, [renewed])
  ledger.end(1)
  expect([...shownBy(ledger.merged()).keys()]).toContain('changed_count[]')
  ledger.end(2)
  expect([...shownBy(ledger.merged()).keys()]).toContain('changed_count[]')
})

test('a snapshot arrives as it was sent', () => {
  fc.assert(
    fc.property(anyFamily('average'), (family) => {
      expect(snapshotsIn(snapshotText([family]))).toEqual([family])
    }),
  )
  const odd = [plain('gauge', { a: NaN, b: Infinity, c: -Infinity }), summary([[0.5, NaN]], 0, 0)]
  expect(snapshotsIn(snapshotText(odd))).toEqual(odd)
})
