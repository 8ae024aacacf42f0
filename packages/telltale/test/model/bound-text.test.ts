import { expect, test } from 'vitest'
import { openMetricsBoundText } from '../../src/model/number-text.js'

test.each([
  [0, '0.0'],
  [-0, '0.0'],
  [0.001, '0.001'],
  [1, '1.0'],
  [10, '10.0'],
  [1e-10, '1e-10'],
  [1e-9, '1e-09'],
  [1e-5, '1e-05'],
  [0.0001, '0.0001'],
  [0.1, '0.1'],
  [100_000, '100000.0'],
  [1e6, '1e+06'],
  [1e10, '1e+10'],
  [1_234_567, '1.234567e+06'],
  [-1, '-1.0'],
  [-2.5, '-2.5'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
  [1e21, '1e+21'],
])('the bound %d is %s in OpenMetrics', (bound, text) => {
  expect(openMetricsBoundText(bound)).toBe(text)
})
