import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  binsWith,
  countInBin,
  countOf,
  freeBins,
  highestOf,
  lowestOf,
  MAX_BINS,
} from '../../src/metrics/bins.js'
import { cellsAt } from '../../src/metrics/cell-place.js'
import {
  binOf,
  countZero,
  freeSketch,
  newSketch,
  quantilesOf,
  RELATIVE_ERROR,
  widen,
  wordFor,
} from '../../src/metrics/sketch.js'
import { type Cells, Slab } from '../../src/metrics/slab.js'

const ratios = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 1]

// Within a factor of e^40 a sketch folds nothing.
const value = fc.oneof(
  fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  fc.double({ min: -1e9, max: -1e-6, noNaN: true }),
  fc.constant(0),
  fc.integer({ min: -5, max: 5 }),
)

/** As a series records. */
function add(slab: Slab, sketch: Cells, value: number): void {
  if (value === 0) {
    countZero(sketch)
    return
  }
  const word = wordFor(sketch, value)
  const bins = cellsAt(slab, sketch.words[word]!)
  const index = binOf(Math.abs(value))
  if (bins === undefined || !countInBin(bins, index)) widen(slab, sketch.words, word, index)
}

function sketchOf(slab: Slab, values: readonly number[]): Cells {
  const sketch = newSketch(slab, 7)
  for (const each of values) add(slab, sketch, each)
  return sketch
}

/** The quantiles of several lists, each of which has a sketch of its own. */
function quantiles(lists: readonly (readonly number[])[], wanted = ratios): readonly number[] {
  const slab = new Slab()
  const sketches = lists.map((values) => sketchOf(slab, values))
  return quantilesOf(slab, sketches, wanted)
}

function exact(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return ratios.map((ratio) => sorted[Math.floor(ratio * (sorted.length - 1))]!)
}

test('quantiles are within 1 % of the exact ones', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
      const found = quantiles([values])
      exact(values).forEach((expected, i) => {
        expect(Math.abs(found[i]! - expected)).toBeLessThanOrEqual(
          RELATIVE_ERROR * Math.abs(expected) * (1 + 1e-9),
        )
      })
    }),
  )
})

test.each([1e-300, 1e-9, 1, 1e9, 1e300, Number.MAX_VALUE, -Number.MAX_VALUE])(
  'the quantile of %d alone is a finite number within 1 %%',
  (only) => {
    const [median] = quantiles([[only]], [0.5])
    expect(Math.abs(median! / only - 1)).toBeLessThanOrEqual(RELATIVE_ERROR)
  },
)

test('sketches of nothing have no quantiles', () => {
  expect(quantiles([], [0.5, 0.9])).toEqual([NaN, NaN])
  expect(quantiles([[], []], [0.5, 0.9])).toEqual([NaN, NaN])
  expect(quantiles([[], [0]], [0.5])).toEqual([0])
})

const list = fc.array(value, { maxLength: 80 })

test('several sketches are the same in any order, and the same as one that saw everything', () => {
  fc.assert(
    fc.property(list, list, list, (a, b, c) => {
      const expected = quantiles([[...a, ...b, ...c]])
      expect(quantiles([a, b, c])).toEqual(expected)
      expect(quantiles([c, a, b])).toEqual(expected)
    }),
  )
})

test('the quantiles of sketches whose values are worlds apart are found at once', () => {
  const lists = [[1e-300], [1], [1e300], [-1e-300], [-1e300]]
  const found = quantiles(lists, [0, 0.25, 0.5, 0.75, 1])
  const expected = [-1e300, -1e-300, 1e-300, 1, 1e300]
  expected.forEach((each, i) => {
    expect(Math.abs(found[i]! / each - 1)).toBeLessThanOrEqual(RELATIVE_ERROR)
  })
})

test('bins keep every count, and apart what is not far below the highest', () => {
  const indexes = fc.array(fc.integer({ min: -6000, max: 6000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(indexes, (all) => {
      const slab = new Slab()
      let bins = binsWith(slab, undefined, all[0]!)
      for (const index of all) {
        if (countInBin(bins, index)) continue
        const before = bins
        bins = binsWith(slab, before, index)
        freeBins(slab, before)
        expect(countInBin(bins, index)).toBe(true)
      }
      const floor = Math.max(...all) - MAX_BINS + 1
      let total = 0
      for (let index = lowestOf(bins); index <= highestOf(bins); index++) {
        const count = countOf(bins, index)
        total += count
        if (index > floor) expect(count).toBe(all.filter((each) => each === index).length)
      }
      expect(total).toBe(all.length)
    }),
  )
})

test('a sketch never holds more than its bins, whatever it is fed', () => {
  const slab = new Slab()
  const sketch = newSketch(slab, 0)
  for (let exponent = -300; exponent <= 300; exponent++) {
    add(slab, sketch, 10 ** exponent)
    add(slab, sketch, -(10 ** exponent))
  }
  const { bytes } = slab
  for (let i = 0; i < 20_000; i++) add(slab, sketch, 10 ** ((i % 600) - 300))
  expect(slab.bytes).toBe(bytes)
  expect(bytes).toBeLessThan(256 * 1024)
})

test('cells that a sketch gives back are used again', () => {
  const slab = new Slab()
  freeSketch(slab, sketchOf(slab, [1, 1e9, -5, 0]))
  const { bytes } = slab
  for (let i = 0; i < 50; i++) freeSketch(slab, sketchOf(slab, [1, 1e9, -5, 0]))
  expect(slab.bytes).toBe(bytes)
})
