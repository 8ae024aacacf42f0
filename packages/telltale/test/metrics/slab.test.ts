import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Cells, Slab } from '../../src/metrics/slab.js'

test('cells in use never overlap and always start at zero', () => {
  const step = fc.record({ length: fc.integer({ min: 1, max: 90 }), give: fc.nat({ max: 3 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const slab = new Slab()
      const held: { cells: Cells; length: number; mark: number }[] = []
      steps.forEach(({ length, give }, i) => {
        if (give === 0 && held.length > 0) {
          const { cells, length: freed } = held.splice(i % held.length, 1)[0]!
          slab.free(cells, freed)
          return
        }
        const cells = slab.allocate(length)
        const values = cells.values.subarray(cells.at, cells.at + length)
        expect(values).toHaveLength(length)
        expect(values.every((value) => value === 0)).toBe(true)
        values.fill(i + 1)
        held.push({ cells, length, mark: i + 1 })
      })
      for (const { cells, length, mark } of held) {
        expect(cells.values.subarray(cells.at, cells.at + length).every((value) => value === mark)).toBe(true)
      }
    }),
  )
})

test('chunks are shared memory, grow to 256 KiB and make room for what is longer', () => {
  const slab = new Slab()
  expect(slab.bytes).toBe(0)
  for (let i = 0; i < 100_000; i++) slab.allocate(1)
  const sizes = slab.chunks.map((chunk) => chunk.byteLength)
  expect(sizes[0]).toBe(1024)
  expect(Math.max(...sizes)).toBe(256 * 1024)
  expect(slab.bytes).toBe(sizes.reduce((a, b) => a + b))
  expect(slab.chunks.every((chunk) => chunk.buffer instanceof SharedArrayBuffer)).toBe(true)
  const { values, at } = slab.allocate(50_000)
  expect(values.length - at).toBeGreaterThanOrEqual(50_000)
})
