import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BinRange, MAX_BINS } from '../../src/metrics/bin-range.js'
import { RELATIVE_ERROR, Sketch } from '../../src/metrics/sketch.js'
import { Slab } from '../../src/metrics/slab.js'

const ratios = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 1]

// Within a factor of e^40 a sketch folds nothing.
const value = fc.oneof(
  fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  fc.double({ min: -1e9, max: -1e-6, noNaN: true }),
  fc.constant(0),
  fc.integer({ min: -5, max: 5 }),
)

function sketchOf(values: readonly number[], slab = new Slab()): Sketch {
  const sketch = new Sketch(slab)
  for (const each of values) sketch.add(each)
  return sketch
}

function exact(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return ratios.map((ratio) => sorted[Math.floor(ratio * (sorted.length - 1))]!)
}

test('quantiles are within 1 % of the exact ones', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
      const found = sketchOf(values).quantiles(ratios)
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
    const [median] = sketchOf([only]).quantiles([0.5])
    expect(Math.abs(median! / only - 1)).toBeLessThanOrEqual(RELATIVE_ERROR)
  },
)

test('a sketch of nothing has no quantiles', () => {
  expect(sketchOf([]).quantiles([0.5, 0.9])).toEqual([NaN, NaN])
  const cleared = sketchOf([1, -1, 0])
  cleared.clear()
  expect(cleared.quantiles([0.5])).toEqual([NaN])
  expect(cleared.count).toBe(0)
  cleared.add(7)
  expect(cleared.quantiles([0.5])[0]).toBeCloseTo(7, 0)
})

// Up to the range of all doubles, so that bins fold too.
const anyValue = fc.oneof(value, fc.double({ min: 1e-300, max: 1e300, noNaN: true }))
const list = fc.array(anyValue, { maxLength: 80 })

test('merging is commutative and associative, and the same as seeing everything at once', () => {
  fc.assert(
    fc.property(list, list, list, (a, b, c) => {
      const merged = (...lists: readonly (readonly number[])[]) => {
        const sketch = new Sketch(new Slab())
        for (const each of lists) sketch.merge(sketchOf(each))
        return sketch
      }
      const nested = sketchOf(a)
      const right = sketchOf(b)
      right.merge(sketchOf(c))
      nested.merge(right)
      const expected = sketchOf([...a, ...b, ...c]).quantiles(ratios)
      for (const sketch of [merged(a, b, c), merged(c, a, b), merged(b, c, a), nested]) {
        expect(sketch.quantiles(ratios)).toEqual(expected)
        expect(sketch.count).toBe(a.length + b.length + c.length)
      }
    }),
  )
})

test('bins keep every count, folding only what is further than the window below the highest', () => {
  const indexes = fc.array(fc.integer({ min: -6000, max: 6000 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(indexes, (all) => {
      const bins = new BinRange(new Slab())
      for (const index of all) bins.add(index, 1)
      const floor = Math.max(...all) - MAX_BINS + 1
      const model = new Map<number, number>()
      for (const index of all) {
        const bin = Math.max(index, floor)
        model.set(bin, (model.get(bin) ?? 0) + 1)
      }
      const visited: [number, number][] = []
      bins.visit((index, count) => visited.push([index, count]))
      expect(visited).toEqual([...model].sort(([a], [b]) => a - b))
    }),
  )
})

test('a sketch never holds more than its bins, whatever it is fed', () => {
  const slab = new Slab()
  const sketch = new Sketch(slab)
  for (let exponent = -300; exponent <= 300; exponent++) {
    sketch.add(10 ** exponent)
    sketch.add(-(10 ** exponent))
  }
  const { bytes } = slab
  for (let i = 0; i < 20_000; i++) sketch.add(10 ** ((i % 600) - 300))
  expect(slab.bytes).toBe(bytes)
  expect(bytes).toBeLessThan(256 * 1024)
})

test('cells that a sketch gives back are used again', () => {
  const slab = new Slab()
  const first = sketchOf([1, 1e9], slab)
  const { bytes } = slab
  for (let i = 0; i < 50; i++) {
    first.clear()
    first.add(1)
    first.add(1e9)
  }
  expect(slab.bytes).toBe(bytes)
})
