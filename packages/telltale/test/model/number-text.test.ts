import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundText, valueText } from '../../src/model/number-text.js'

const bounds: readonly [number, string][] = [
  [0, '0'],
  [-0, '0'],
  [1, '1'],
  [0.1, '0.1'],
  [2.5, '2.5'],
  [10, '10'],
  [1e5, '100000'],
  [999_999, '999999'],
  [1e6, '1e+06'],
  [1_234_567, '1.234567e+06'],
  [123_456_789, '1.23456789e+08'],
  [1e10, '1e+10'],
  [1e15, '1e+15'],
  [1e21, '1e+21'],
  [1e100, '1e+100'],
  [1e-4, '0.0001'],
  [0.00012, '0.00012'],
  [1e-5, '1e-05'],
  [1e-7, '1e-07'],
  [1e-9, '1e-09'],
  [1e-10, '1e-10'],
  [1.5e-300, '1.5e-300'],
  [-2.5, '-2.5'],
  [-1e6, '-1e+06'],
  [5e-324, '5e-324'],
  [Number.MAX_VALUE, '1.7976931348623157e+308'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
]

test.each(bounds)('bucket bound %d is written as Go writes it: %s', (bound, text) => {
  expect(boundText(bound)).toBe(text)
})

const values: readonly [number, string][] = [
  [NaN, 'NaN'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
  [-0, '0'],
  [0.1 + 0.2, '0.30000000000000004'],
  [1e21, '1e+21'],
]

test.each(values)('sample value %d is written as %s', (value, text) => {
  expect(valueText(value)).toBe(text)
})

test('every finite number reads back as itself, as a value and as a bound', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Number(valueText(value)) === value).toBe(true)
      expect(Number(boundText(value)) === value).toBe(true)
    }),
  )
})

test('a bound is scientific below 1e-4 and from 1e6 on, with a sign and two digits of exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (bound) => {
      const size = Math.abs(bound)
      const form =
        size !== 0 && (size < 1e-4 || size >= 1e6) ? /^-?\d(\.\d+)?e[+-]\d{2,3}$/ : /^-?\d+(\.\d+)?$/
      expect(boundText(bound)).toMatch(form)
    }),
  )
})
