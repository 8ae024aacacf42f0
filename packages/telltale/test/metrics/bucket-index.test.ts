import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BucketIndex } from '../../src/metrics/bucket-index.js'

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const bounds = fc
  .uniqueArray(fc.oneof(finite, fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.1, 0.25, 1, 2, 4)), {
    minLength: 1,
    maxLength: 120,
  })
  .map((list) => Float64Array.from(list.map((bound) => bound + 0)).sort())

test('every value falls into the first bucket whose bound is at least as large', () => {
  fc.assert(
    fc.property(bounds, fc.array(finite, { maxLength: 40 }), (list, values) => {
      const index = new BucketIndex(list)
      const neighbours = [...list].flatMap((bound) => [bound, bound * (1 + 2 ** -52), bound * (1 - 2 ** -53)])
      for (const value of [...values, ...neighbours, 0, -0, Number.MIN_VALUE, Number.MAX_VALUE]) {
        const naive = list.findIndex((bound) => bound >= value)
        expect(index.of(value)).toBe(naive < 0 ? list.length : naive)
      }
    }),
    { numRuns: 300 },
  )
})
