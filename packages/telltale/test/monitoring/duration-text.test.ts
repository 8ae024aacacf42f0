import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationSeconds, durationText } from '../../src/monitoring/index.js'

test.each([
  [0, '0s'],
  [0.25, '250ms'],
  [300, '5m'],
  [5400, '90m'],
  [129_600, '36h'],
  [604_800, '1w'],
  [2_592_000, '30d'],
  [597_600, '6d22h'],
])('%s s is written %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text)
})

test('every duration to the millisecond is read back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 11 }), (milliseconds) => {
      expect(durationSeconds(durationText(milliseconds / 1000))).toBeCloseTo(milliseconds / 1000, 6)
    }),
  )
})

test.each(['', '5', 'm', '1.5h', '5m1h', '-1m', '1h 30m', '1y1y'])('%j is no duration', (text) => {
  expect(durationSeconds(text)).toBeUndefined()
})
