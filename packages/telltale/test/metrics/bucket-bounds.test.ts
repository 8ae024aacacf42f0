import { expect, test } from 'vitest'
import { checkBuckets, exponentialBuckets, linearBuckets } from '../../src/metrics/bucket-bounds.js'
import { TelltaleError } from '../../src/model/error.js'

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof TelltaleError) return error.code
    throw error
  }
  return 'no error'
}

test('bounds are copied, and +Inf at the end is implied', () => {
  const given = [0.1, 1, Infinity]
  const checked = checkBuckets('m', given)
  expect([...checked]).toEqual([0.1, 1])
  expect(given).toEqual([0.1, 1, Infinity])
  expect(Object.isFrozen(given)).toBe(false)
  expect([...checkBuckets('m', [-5, 0, 5])]).toEqual([-5, 0, 5])
})

const faults: readonly [string, unknown][] = [
  ['an empty list', []],
  ['only +Inf', [Infinity]],
  ['NaN', [1, NaN]],
  ['a list with a text', ['1', 2]],
  ['unsorted', [5, 1, 2]],
  ['a bound twice', [1, 1, 2]],
  ['zero twice', [-0, 0]],
  ['+Inf in the middle', [1, Infinity, 2]],
  ['+Inf twice', [1, Infinity, Infinity]],
  ['-Inf', [-Infinity, 1]],
  ['a hole', Object.assign([1, 2, 3], { length: 4 })],
  ['a text', '5'],
  ['an object', { 0: 1 }],
]

test.each(faults)('bucket bounds are refused: %s', (_, buckets) => {
  expect(codeOf(() => checkBuckets('m', buckets as number[]))).toBe('TELLTALE_BUCKETS')
})

test('bounds are made in equal steps and by a factor', () => {
  expect(linearBuckets(0, 5, 3)).toEqual([0, 5, 10])
  expect(exponentialBuckets(1, 2, 4)).toEqual([1, 2, 4, 8])
})

test.each<[string, () => unknown]>([
  ['a width of zero', () => linearBuckets(0, 0, 3)],
  ['a width that is no number', () => linearBuckets(0, NaN, 3)],
  ['no bounds', () => linearBuckets(0, 1, 0)],
  ['half a bound', () => linearBuckets(0, 1, 1.5)],
  ['a start of zero', () => exponentialBuckets(0, 2, 3)],
  ['a factor of one', () => exponentialBuckets(1, 1, 3)],
])('making bounds is refused for %s', (_, make) => {
  expect(codeOf(make)).toBe('TELLTALE_BUCKETS')
})
