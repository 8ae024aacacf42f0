import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeNative, type NativeHistogram } from '../../src/index.js'
import { nativeBound, nativeIndex } from '../../src/metrics/native-index.js'
import { modelOf, nativeOf, observation, total } from './native-values.js'

// Few different thresholds, bounds of some schemas and not of others, so that they often meet.
const zeroThreshold = fc.constantFrom(0, 2 ** -128, 0.001, 0.25, 0.3, 1, 1.5)
const schema = fc.integer({ min: -4, max: 8 })

const recorded = fc
  .tuple(fc.array(observation, { maxLength: 40 }), schema, zeroThreshold)
  .map(([values, atSchema, threshold]): NativeHistogram => {
    return nativeOf(values, { schema: atSchema, zeroThreshold: threshold }).labels().native!
  })

/** Sums of doubles depend on the order in their last digits, and in the largest ones altogether. */
function withoutSum({ sum, ...rest }: NativeHistogram): Omit<NativeHistogram, 'sum'> {
  return rest
}

test('the order of merging makes no difference', () => {
  fc.assert(
    fc.property(recorded, recorded, recorded, (a, b, c) => {
      const left = withoutSum(mergeNative(mergeNative(a, b), c))
      expect(withoutSum(mergeNative(a, mergeNative(b, c)))).toEqual(left)
      expect(withoutSum(mergeNative(mergeNative(c, a), b))).toEqual(left)
      expect(mergeNative(a, b)).toEqual(mergeNative(b, a))
    }),
    { numRuns: 400 },
  )
})

test('no count is lost, and each side keeps to its own sign', () => {
  fc.assert(
    fc.property(recorded, recorded, (a, b) => {
      const merged = mergeNative(a, b)
      expect([merged.count, total(merged)]).toEqual([a.count + b.count, a.count + b.count])
      expect(merged.sum).toBe(a.sum + b.sum)
      expect(merged.schema).toBe(Math.min(a.schema, b.schema))
      expect(merged.zeroThreshold).toBeGreaterThanOrEqual(Math.max(a.zeroThreshold, b.zeroThreshold))
      const smallest = Math.min(...merged.positive.indexes, ...merged.negative.indexes)
      expect(nativeBound(smallest - 1, merged.schema)).toBeGreaterThanOrEqual(merged.zeroThreshold)
    }),
  )
})

test('two processes together are what one would have recorded', () => {
  const list = fc.array(observation, { maxLength: 40 })
  fc.assert(
    fc.property(list, list, schema, schema, fc.constantFrom(0, 2 ** -128, 1), (a, b, of, than, threshold) => {
      const parts = [
        nativeOf(a, { schema: of, zeroThreshold: threshold }),
        nativeOf(b, { schema: than, zeroThreshold: threshold }),
      ]
      const merged = mergeNative(parts[0]!.labels().native!, parts[1]!.labels().native!)
      const together = modelOf([...a, ...b], Math.min(of, than), threshold)
      expect(withoutSum(merged)).toEqual(withoutSum(together))
    }),
  )
})

test('a threshold within a bucket is moved to where the bucket ends, and the bucket counts as zero', () => {
  const fine = nativeOf([0.26, 0.3, 5], { schema: 0, zeroThreshold: 0 }).labels().native!
  const coarse = nativeOf([0.1, 9], { schema: 1, zeroThreshold: 0.3 }).labels().native!
  expect(nativeIndex(0.3, 0)).toBe(-1)
  expect(mergeNative(fine, coarse)).toEqual({
    schema: 0,
    zeroThreshold: 0.5,
    zeroCount: 3,
    count: 5,
    sum: fine.sum + coarse.sum,
    positive: { indexes: [3, 4], counts: [1, 1] },
    negative: { indexes: [], counts: [] },
  })
})

test('what is merged stays as it was', () => {
  const a = nativeOf([1, 2]).labels().native!
  const before = structuredClone(a)
  mergeNative(a, nativeOf([3], { schema: -2, zeroThreshold: 4 }).labels().native!)
  expect(a).toEqual(before)
})
