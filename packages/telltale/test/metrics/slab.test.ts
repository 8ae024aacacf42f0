import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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

describe('what is freed while readers look', () => {
  test('is used again when those that looked are done, and at once where nobody looks', () => {
    const slab = new Slab()
    const [first, second] = [slab.addReader(() => {}), slab.addReader(() => {})]
    const used: string[] = []
    const free = (name: string) => slab.whenUnread(() => used.push(name))
    free('nobody looks')
    expect(used).toEqual(['nobody looks'])
    first.visits.during(() => {
      free('one looks')
      second.visits.during(() => {
        free('both look')
        expect(used).toHaveLength(1)
      })
      free('one looks again')
      slab.settle()
      expect(used).toHaveLength(1)
    })
    // It began after all of these were freed.
    second.visits.during(() => {
      slab.settle()
      expect(used).toContain('one looks')
    })
    slab.settle()
    expect(used.toSorted()).toEqual(['both look', 'nobody looks', 'one looks', 'one looks again'])
  })

  test('is used again when the reader has gone in the middle', () => {
    const slab = new Slab()
    const reader = slab.addReader(() => {})
    const cells = slab.allocate(3)
    reader.visits.during(() => {
      slab.free(cells, 3)
      expect(slab.allocate(3).at).not.toBe(cells.at)
      reader.close()
      expect(slab.allocate(3).at).toBe(cells.at)
    })
  })

  test('is not held for ever by a thread that was terminated while it looked', async () => {
    const slab = new Slab()
    const reader = slab.addReader(() => {})
    const looking = `
      const { workerData, parentPort } = require('node:worker_threads')
      const words = new Int32Array(workerData)
      Atomics.add(words, 0, 1)
      parentPort.postMessage('looking')
      for (;;) Atomics.load(words, 1)`
    const worker = new Worker(looking, { eval: true, workerData: reader.visits.memory })
    await once(worker, 'message')
    let used = 0
    for (let i = 0; i < 1000; i++) slab.whenUnread(() => used++)
    expect(used).toBe(0)
    await worker.terminate()
    slab.settle()
    expect(used).toBe(0)
    reader.close()
    slab.settle()
    expect(used).toBe(1000)
  })
})
