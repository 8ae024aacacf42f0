import { expect, it } from 'vitest'
import { inBoth } from './both.js'

const percentiles = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999]

it('quantiles of the same observations agree within two per cent', async () => {
  let seed = 42
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const values = Array.from({ length: 5000 }, () => 0.001 + random() ** 3)
  const { ours, theirs } = await inBoth(({ Summary }, register) => {
    const summary = new Summary({ name: 's_seconds', help: 'Help.', registers: [register] })
    for (const value of values) summary.observe(value)
  })
  expect(ours.samples.map(([name]) => name)).toEqual(theirs.samples.map(([name]) => name))
  expect(ours.samples).toHaveLength(percentiles.length + 2)
  ours.samples.forEach(([name, value], i) => {
    expect([name, Math.abs(value / theirs.samples[i]![1] - 1) < 0.02]).toEqual([name, true])
  })
})
