import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LabelTexts } from '../../src/metrics/label-texts.js'
import { SeriesIndex } from '../../src/metrics/series-index.js'
import { Slab } from '../../src/metrics/slab.js'
import { labelText } from '../../src/model/label-text.js'

const given = fc.oneof(
  fc.constantFrom<unknown>('', '0', '1', '200', 'NaN', 'Infinity', '1e+21', 'a', 'a,b', '__proto__', 'true'),
  fc.constantFrom<unknown>('"', '\\', '\\n', '\n', 'ä', '길', '😀', 'x'.repeat(300), 'x'.repeat(2000)),
  fc.constantFrom<unknown>(0, -0, 1, 200, NaN, Infinity, 1e21, 1.5, 10n, true, false, undefined, null),
)

const command = fc.record({
  kind: fc.constantFrom('enter', 'enter', 'enter', 'drop', 'find'),
  asked: fc.tuple(given, given, given, given, given),
})

function indexOf(labels: number, slab = new Slab()) {
  const texts = new LabelTexts(slab)
  const index = new SeriesIndex({ slab, texts }, { labels, words: 0, cells: 1 }, (row) => ({ row }))
  /** The row of values that were asked for before. */
  const known = (values: readonly unknown[]) =>
    (labels > 3 ? index.byMore(values) : index.byThree(values[0], values[1], values[2]))?.row ?? -1
  return { slab, texts, index, known }
}

test.each([1, 2, 3, 4, 5])('an index over %i labels finds what a map of joined texts finds', (labels) => {
  const property = fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
    const { index, texts, known: rowOf } = indexOf(labels)
    const model = new Map<string, number>()
    for (const { kind, asked: all } of commands) {
      const asked = all.slice(0, labels)
      const values = asked.map((value) => labelText(value)!)
      const key = JSON.stringify(values)
      const known = model.get(key)
      if (kind === 'enter' && known === undefined) {
        const row = index.enter(values)
        index.remember(row, values, asked)
        expect([...model.values()]).not.toContain(row)
        model.set(key, row)
      } else if (kind === 'drop' && known !== undefined) {
        index.drop(known)
        model.delete(key)
      }
      expect(index.findTexts(values)).toBe(model.get(key) ?? -1)
      // What was not asked for before may not be found so, but never finds another row.
      if (rowOf(asked) >= 0) expect(rowOf(asked)).toBe(model.get(key))
    }
    for (const [key, row] of model) expect(index.values(row)).toEqual(JSON.parse(key))
    expect([...index.table.rows()].sort()).toEqual([...model.values()].sort())
    for (const row of model.values()) index.drop(row)
    index.release()
    expect(texts.size).toBe(0)
  })
  fc.assert(property, { numRuns: 150 })
})

test('a look-up with fewer or other values finds nothing', () => {
  const { index, known } = indexOf(2)
  index.remember(index.enter(['a', 'b']), ['a', 'b'], [])
  for (const values of [[], ['a'], ['b', 'a'], ['a', undefined], [{}, 'b'], [Symbol.iterator, 'b']]) {
    expect(known(values)).toBe(-1)
  }
})

test('thousands of rows are found again after half of them were dropped and replaced', () => {
  const { index, slab } = indexOf(2)
  const rows = Array.from({ length: 6000 }, (_, i) => index.enter([`${i % 7}`, `route ${i}`]))
  const { bytes } = slab
  for (let i = 0; i < 6000; i += 2) index.drop(rows[i]!)
  for (let i = 0; i < 6000; i += 2) rows[i] = index.enter([`${i % 7}`, `other ${i}`])
  rows.forEach((row, i) => {
    expect(index.findTexts([`${i % 7}`, `${i % 2 === 0 ? 'other' : 'route'} ${i}`])).toBe(row)
  })
  expect(new Set(rows).size).toBe(6000)
  expect(slab.bytes).toBe(bytes)
})

test.each([1, 2, 3, 4, 5])(
  'of hundreds of series over %i labels that come and go, each finds its own handle',
  (labels) => {
    const { index, known } = indexOf(labels)
    const asked = Array.from({ length: 400 }, (_, i) =>
      [`/route/${i}/:id`, i % 3 === 0 ? i : `${i % 7}`, i % 2 === 0, 200 + (i % 5), 'same'].slice(0, labels),
    )
    const rows = new Map<number, number>()
    let random = 1
    for (let step = 0; step < 20_000; step++) {
      random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
      // For a while only some are asked for, then others.
      const i = ((random >>> 8) % 100) + 100 * (Math.floor(step / 3000) % 4)
      const texts = asked[i]!.map((value) => labelText(value)!)
      const row = rows.get(i)
      if (row === undefined) {
        const entered = index.enter(texts)
        index.remember(entered, texts, asked[i]!)
        rows.set(i, entered)
      } else if (random >>> 26 === 0) {
        index.drop(row)
        rows.delete(i)
      }
      expect(known(asked[i]!)).toBe(rows.get(i) ?? -1)
    }
  },
)

test('label values that differ in the middle only, or in their type, have handles of their own', () => {
  const { index, known } = indexOf(3)
  const middle = (i: number) => `${'a'.repeat(80)}${i}${'b'.repeat(80)}`
  const asked: unknown[][] = [
    ...Array.from({ length: 9 }, (_, i) => [middle(i), '', i > 4]),
    [0, 'x', '1'],
    [1, 'x', 1],
    [2, 'x', '0'],
  ]
  const rows = asked.map((values) => {
    const texts = values.map((value) => labelText(value)!)
    const row = index.enter(texts)
    index.remember(row, texts, values)
    return row
  })
  for (let round = 0; round < 3; round++) expect(asked.map(known)).toEqual(rows)
  index.remember(rows[9]!, ['0', 'x', '1'], ['0', 'x', 1])
  expect(known(['0', 'x', 1])).toBe(rows[9])
  expect(known(['0', 'x', 2])).toBe(-1)
})
