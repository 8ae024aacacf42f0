import { expect, test } from 'vitest'
import { TelltaleError } from '../../src/model/error.js'
import { checkHelp, isMetricName, shown } from '../../src/model/metric-name.js'

const names: readonly [unknown, boolean][] = [
  ['http_requests_total', true],
  ['_private:rule', true],
  ['A9', true],
  ['9a', false],
  ['', false],
  ['a-b', false],
  ['a b', false],
  ['a.b', false],
  ['é', false],
  ['a\n', false],
  [undefined, false],
  [{ toString: () => 'a' }, false],
]

test.each(names)('metric name %j is valid: %s', (name, valid) => {
  expect(isMetricName(name)).toBe(valid)
})

test('a help text is kept without the blanks around it', () => {
  expect(checkHelp('m', ' Two\nlines. \r\n')).toBe('Two\nlines.')
  expect(checkHelp('m', 'broken \ud800')).toBe('broken \ufffd')
})

const values: readonly [string, unknown, string][] = [
  ['a text', 'x"y', '"x\\"y"'],
  ['a long text', 'x'.repeat(100), `"${'x'.repeat(60)}…"`],
  ['a list', [1, 'a', null], '[1, "a", null]'],
  ['an object', { a: 1 }, 'an object with ["a"]'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['undefined', undefined, 'undefined'],
]

test.each(values)('an error message shows %s', (_, value, text) => {
  expect(shown(value)).toBe(text)
})

test('an error message stays short whatever it shows', () => {
  const circular: unknown[] = ['x']
  circular.push(circular)
  const wide: unknown = Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => ['x'.repeat(90)]))
  const values = [
    circular,
    wide,
    Object.fromEntries([...'abcdefgh'].map((key) => [key.repeat(99), key])),
    test,
  ]
  for (const value of values) expect(shown(value).length).toBeLessThan(2_000)
})

test('an error message shows what cannot be looked at without failing', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(shown(proxy)).toBeTypeOf('string')
})

test('errors are known by their class and their code', () => {
  const error = new TelltaleError('TELLTALE_OPTION', 'got 1, expected 2')
  expect(error).toBeInstanceOf(TelltaleError)
  expect(error).toBeInstanceOf(Error)
  expect(`${error}`).toBe('TelltaleError: got 1, expected 2')
  expect(error.code).toBe('TELLTALE_OPTION')
  for (const other of [new Error('x'), { code: 'TELLTALE_OPTION' }, null, undefined, 'x']) {
    expect(other instanceof TelltaleError).toBe(false)
  }
})
