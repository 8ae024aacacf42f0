import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nativeBounds } from '../../src/metrics/native-bounds.js'
import {
  coarserIndex,
  finestIndex,
  nativeBound,
  nativeIndex,
  nativeSchema,
} from '../../src/metrics/native-index.js'
import { doubleAfter, exactDouble, exactIndex } from './exact-index.js'

const schemas = Array.from({ length: 13 }, (_, i) => i - 4)
const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true })

test('every bound of the table is the double nearest to 2^(j/256)', () => {
  expect(nativeBounds).toHaveLength(256)
  nativeBounds.forEach((bound, j) => {
    const { mantissa } = exactDouble(bound)
    const power = 2n ** BigInt(53 * 256 + j)
    expect((2n * mantissa - 1n) ** 256n < power, `${bound}`).toBe(true)
    expect((2n * mantissa + 1n) ** 256n > power, `${bound}`).toBe(true)
  })
})

test.each([
  [8, Number.MAX_VALUE, 262144],
  [8, Infinity, 262145],
  [3, Number.MAX_VALUE, 8192],
  [3, Infinity, 8193],
  [-4, Number.MAX_VALUE, 64],
  [0, Number.MIN_VALUE, -1074],
  [-4, Number.MIN_VALUE, -67],
  [0, 2 ** -1022, -1022],
  [0, 2, 1],
  [0, 2.0000000000000004, 2],
  [0, 1.9999999999999998, 1],
  [3, 0.5, -8],
  [-1, 4, 1],
  [-1, 5, 2],
  [-2, 1 / 16, -1],
])('at schema %i the value %d is in bucket %i', (schema, value, index) => {
  expect(nativeIndex(value, schema)).toBe(index)
})

test.each(schemas)('1 ends bucket 0 at schema %i', (schema) => {
  expect(nativeIndex(1, schema)).toBe(0)
  expect(nativeBound(0, schema)).toBe(1)
})

describe.each(schemas)('at schema %i', (schema) => {
  const perDoubling = Math.max(1, 2 ** schema)
  const doublings = [-1021, -128, -3, -1, 0, 1, 5, 300, 1007].map((n) => n * perDoubling)
  const indexes = doublings
    .map((first) => (schema < 0 ? Math.ceil(first / 2 ** -schema) : first))
    .flatMap((first) => Array.from({ length: perDoubling }, (_, i) => first + i))

  test('each bound ends its bucket, and one step on either side is where exact arithmetic has it', () => {
    for (const index of indexes) {
      const bound = nativeBound(index, schema)
      const below = doubleAfter(bound, -1)
      const above = doubleAfter(bound, 1)
      expect([nativeIndex(below, schema), nativeIndex(bound, schema)], `${bound}`).toEqual([index, index])
      expect(nativeIndex(above, schema), `${bound}`).toBe(index + 1)
      expect([exactIndex(below, schema), exactIndex(above, schema)], `${bound}`).toEqual([index, index + 1])
    }
  })

  test('any value, subnormal or not, is where exact arithmetic has it', () => {
    fc.assert(
      fc.property(positive, (value) => {
        const index = nativeIndex(value, schema)
        fc.pre(value !== nativeBound(index, schema))
        expect(index).toBe(exactIndex(value, schema))
      }),
      { numRuns: schema > 5 ? 60 : 200 },
    )
  })

  test('any value lies within the bounds of its bucket', () => {
    fc.assert(
      fc.property(positive, (value) => {
        const index = nativeIndex(value, schema)
        expect(value).toBeLessThanOrEqual(nativeBound(index, schema))
        const from = nativeBound(index - 1, schema)
        // Where doubles are further apart than bounds, several bounds are the same double.
        if (value < 2 ** -1022) expect(value).toBeGreaterThanOrEqual(from)
        else expect(value).toBeGreaterThan(from)
      }),
    )
  })
})

test('the bounds of a schema are every other bound of the next finer one', () => {
  for (const schema of schemas.slice(0, -1)) {
    for (let index = -60; index <= 60; index++) {
      expect(nativeBound(index, schema)).toBe(nativeBound(2 * index, schema + 1))
    }
  }
})

test('a bucket of a finer schema goes into the bucket that the value itself would have', () => {
  fc.assert(
    fc.property(
      positive,
      fc.integer({ min: -4, max: 8 }),
      fc.integer({ min: 0, max: 12 }),
      (value, from, by) => {
        const to = Math.max(-4, from - by)
        expect(coarserIndex(nativeIndex(value, from), from - to)).toBe(nativeIndex(value, to))
      },
    ),
  )
})

test('no value makes the search for its bucket hang', () => {
  for (const value of [0, -0, NaN, -Infinity, -1.5]) expect(Number.isInteger(finestIndex(value))).toBe(true)
  expect(finestIndex(-1.5)).toBe(finestIndex(1.5))
})

test.each([
  [1.1, 3],
  [2, 0],
  [1.9999999999999998, 1],
  [65536, -4],
  [1e300, -4],
  [Infinity, -4],
  [1.0905077326652577, 3],
  [1.0905077326652575, 4],
  [1.0027112750502025, 8],
  [1.0000001, 8],
  [4, -1],
  [3.99, 0],
])('buckets that grow by no more than %d are those of schema %i', (factor, schema) => {
  expect(nativeSchema(factor)).toBe(schema)
})
