import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CardinalitySketch } from '../../../src/instrument/users/cardinality-sketch.js'
import { UserHash } from '../../../src/instrument/users/user-hash.js'

const hash = new UserHash([1, 2])

function sketchOf(ids: Iterable<string | number>): CardinalitySketch {
  const sketch = new CardinalitySketch()
  for (const id of ids) {
    hash.update(String(id))
    sketch.add(hash.high, hash.low)
  }
  return sketch
}

const halves = (text: string, seed: readonly [number, number] = [1, 2]) => {
  const own = new UserHash(seed)
  own.update(text)
  return [own.high, own.low]
}

describe('a sketch of distinct ids', () => {
  test('merged with another is the sketch of both', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (some, others) => {
        const merged = sketchOf(some)
        merged.merge(sketchOf(others))
        expect(merged.estimate()).toBe(sketchOf([...some, ...others]).estimate())
      }),
    )
  })

  test('does not depend on order or repetition', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (ids) => {
        expect(sketchOf([...ids, ...ids].reverse()).estimate()).toBe(sketchOf(ids).estimate())
      }),
    )
  })

  test('never shrinks when it sees more', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (ids, another) => {
        expect(sketchOf([...ids, another]).estimate()).toBeGreaterThanOrEqual(sketchOf(ids).estimate())
      }),
    )
  })

  test('is empty again after clear', () => {
    const sketch = sketchOf(['a', 'b'])
    sketch.clear()
    expect(sketch.estimate()).toBe(0)
  })

  test.each([
    ['no bit set', 0, 0],
    ['all bits set', -1, -1],
    ['only the last bit set', 0, 1],
  ])('takes the extreme hash with %s', (_, high, low) => {
    const sketch = new CardinalitySketch()
    sketch.add(high, low)
    expect(sketch.estimate()).toBe(1)
  })

  test('stays finite when every register is full', () => {
    const sketch = new CardinalitySketch()
    for (let index = 0; index < 4096; index++) sketch.add(index << 20, 0)
    expect(sketch.estimate()).toBeGreaterThan(1e15)
  })

  test('keeps the mean error of many seeds near zero and its spread at 1.6 %', () => {
    const errors = Array.from({ length: 60 }, (_, round) => {
      const own = new UserHash([round * 0x9e3779b1, round ^ 0x5bd1e995])
      const sketch = new CardinalitySketch()
      for (let i = 0; i < 20_000; i++) {
        own.update(`user-${i}`)
        sketch.add(own.high, own.low)
      }
      return sketch.estimate() / 20_000 - 1
    })
    const mean = errors.reduce((sum, error) => sum + error) / errors.length
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length)
    expect(Math.abs(mean)).toBeLessThan(0.01)
    expect(spread).toBeLessThan(0.022)
  })
})

describe('the hash of an id', () => {
  test('is the same for the same text and seed, and another for another seed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(halves(text)).toEqual(halves(text))
        expect(halves(text, [3, 4])).not.toEqual(halves(text))
      }),
    )
  })

  test('has no collision among a hundred thousand similar ids', () => {
    const hashes = new Set<string>()
    for (let i = 0; i < 100_000; i++) hashes.add(halves(`user-${i}`).join())
    expect(hashes.size).toBe(100_000)
  })

  test('changes about half of its bits with each bit of the id', () => {
    let changed = 0
    let pairs = 0
    for (let i = 0; i < 200; i++) {
      const [high = 0, low = 0] = halves(`user-${String.fromCharCode(256 + i)}`)
      for (let bit = 0; bit < 16; bit++) {
        const [otherHigh = 0, otherLow = 0] = halves(`user-${String.fromCharCode((256 + i) ^ (1 << bit))}`)
        changed += bits(high ^ otherHigh) + bits(low ^ otherLow)
        pairs += 1
      }
    }
    expect(changed / pairs).toBeGreaterThan(31)
    expect(changed / pairs).toBeLessThan(33)
  })
})

function bits(word: number): number {
  let count = 0
  for (let rest = word >>> 0; rest !== 0; rest &= rest - 1) count += 1
  return count
}
