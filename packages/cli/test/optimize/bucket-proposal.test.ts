import { describe, expect, test } from 'vitest'
import { errorAt, proposeBounds } from '../../src/optimize/advice/bucket-proposal.js'
import { idKindOf } from '../../src/optimize/advice/id-like.js'

/** Cumulative counts of durations that are spread evenly in their logarithm. */
function observed(bounds: readonly number[], from: number, to: number): readonly number[] {
  const share = (bound: number) => Math.min(1, Math.max(0, Math.log(bound / from) / Math.log(to / from)))
  return bounds.map((bound) => Math.round(10_000 * (bound === Number.POSITIVE_INFINITY ? 1 : share(bound))))
}

const few = [0.01, 0.1, 1, 10, Number.POSITIVE_INFINITY]

describe('proposed bounds', () => {
  const proposal = proposeBounds(few, observed(few, 0.01, 5), [0.3])!

  test('rise, and have the thresholds among them', () => {
    expect(proposal.bounds).toEqual([...proposal.bounds].sort((a, b) => a - b))
    expect(new Set(proposal.bounds).size).toBe(proposal.bounds.length)
    expect(proposal.bounds).toContain(0.3)
  })

  test('make the percentiles of the tail right to a quarter', () => {
    const tail = proposal.errors.filter(({ quantile }) => quantile >= 0.95)
    expect(tail).toHaveLength(2)
    for (const { before, after } of tail) {
      expect(before).toBeGreaterThan(0.9)
      expect(after).toBeLessThanOrEqual(0.3)
    }
  })

  test('are no more than twelve, or than there are, but for the thresholds', () => {
    expect(proposal.bounds.length).toBeLessThanOrEqual(13)
    const many = [...Array.from({ length: 20 }, (_, i) => 0.001 * 1.7 ** i), Number.POSITIVE_INFINITY]
    expect(proposeBounds(many, observed(many, 0.001, 40), [])!.bounds.length).toBeLessThanOrEqual(20)
  })

  test('reach beyond the last bound when observations do', () => {
    const low = [0.1, 0.2, 0.4, Number.POSITIVE_INFINITY]
    expect(proposeBounds(low, observed(low, 0.05, 2), [])!.bounds.at(-1)).toBeGreaterThan(2)
  })

  test('are none without observations', () => {
    expect(proposeBounds(few, [0, 0, 0, 0, 0], [])).toBeUndefined()
  })
})

test.each([
  [0.5, [0.1, 1], 1.8],
  [0.05, [0.1, 1], 2],
  [5, [0.1, 1], Number.POSITIVE_INFINITY],
])('a percentile of %d between %j may be off by %d of itself', (value, bounds, error) => {
  expect(errorAt(value, bounds)).toBeCloseTo(error)
})

describe('values of a label', () => {
  const five = (make: (i: number) => string) => Array.from({ length: 6 }, (_, i) => make(i))
  test.each([
    ['mail', five((i) => `user${i}@example.com`)],
    ['uuid', five((i) => `3f2504e0-4f89-41d3-9a0c-0305e82c330${i}`)],
    ['number', five((i) => `${10_000 + i}`)],
    ['number', five((i) => `user-${1000 + i}`)],
    ['path', five((i) => `/orders/${100 + i}/items`)],
    ['hash', five((i) => `deadbeefdeadbeef${i}`)],
    ['address', five((i) => `10.0.0.${i}:9100`)],
    ['url', five((i) => `https://example.com/${i}`)],
    ['time', five((i) => `2026-01-0${i + 1}T10:00:00Z`)],
    [undefined, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']],
    [undefined, ['/api/v1/users', '/api/v2/users', '/login', '/logout', '/health']],
    [undefined, ['200', '404']],
  ])('are %s', (kind, values) => {
    expect(idKindOf(values)).toBe(kind)
  })
})
