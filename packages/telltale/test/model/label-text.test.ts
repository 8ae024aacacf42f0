import { expect, test } from 'vitest'
import { escapeLabelValue, labelPairs, labelText } from '../../src/model/label-text.js'

const texts: readonly [shown: string, value: unknown, text: string | undefined][] = [
  ['a text', 'x', 'x'],
  ['an empty text', '', ''],
  ['undefined', undefined, ''],
  ['null', null, ''],
  ['a number', 200, '200'],
  ['negative zero', -0, '0'],
  ['NaN', NaN, 'NaN'],
  ['infinity', Infinity, 'Infinity'],
  ['a bigint', 2n ** 64n, '18446744073709551616'],
  ['a boolean', false, 'false'],
  ['an emoji', '👩‍🚀', '👩‍🚀'],
  ['a high surrogate alone', 'a\ud83d', 'a\ufffd'],
  ['a low surrogate alone', '\ude00b', '\ufffdb'],
  ['an object', {}, undefined],
  ['a list', ['x'], undefined],
  ['a symbol', Symbol('x'), undefined],
  ['a function', () => 'x', undefined],
]

test.each(texts)('the label text of %s', (_, value, text) => {
  expect(labelText(value)).toBe(text)
})

const escapes: readonly [string, string][] = [
  ['plain', 'plain'],
  ['a\\b', 'a\\\\b'],
  ['"q"', '\\"q\\"'],
  ['a\nb', 'a\\nb'],
  ['\\n', '\\\\n'],
  ['\r\t\0', '\r\t\0'],
]

test.each(escapes)('label value %j is escaped as %j', (value, escaped) => {
  expect(escapeLabelValue(value)).toBe(escaped)
})

test('labels without a value are not written', () => {
  expect(labelPairs(['a', 'b', 'c'], ['', 'x', ''])).toBe('b="x"')
  expect(labelPairs(['a', 'b', 'c'], ['1', '', '"'])).toBe('a="1",c="\\""')
  expect(labelPairs(['a'], [''])).toBe('')
  expect(labelPairs([], [])).toBe('')
})
