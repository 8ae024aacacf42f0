import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccept } from '../../src/exposition/accept.js'

const values = (header: string) => parseAccept(header).map((entry) => entry.value)

test.each([
  ['text/plain', ['text/plain']],
  ['a/b;q=0.1, c/d;q=0.9', ['c/d', 'a/b']],
  ['a/b, c/d', ['a/b', 'c/d']],
  ['a/b;q=0.5,c/d;q=0.50,e/f;q=0.500', ['a/b', 'c/d', 'e/f']],
  ['*/*, text/*, a/b', ['a/b', 'text/*', '*/*']],
  ['*/*;q=0.9, a/b;q=0.1', ['*/*', 'a/b']],
  ['A/B ; Q=0.3 , c/d ;q = 0.4', ['c/d', 'a/b']],
  ['a/b;q=high, c/d', ['c/d']],
  ['a/b;q=, c/d', ['c/d']],
  ['a/b;q=-1, c/d', ['c/d']],
  ['', []],
  [' , ;q=1, ,', []],
])('the entries of %j are %j, the most wanted first', (header, expected) => {
  expect(values(header)).toEqual(expected)
})

test('parameters are read whatever their order, case and quotes', () => {
  const [entry] = parseAccept('Text/Plain; Version="1.0.0" ;q=0.5;escaping=allow-utf-8;note="a,b;c=\\"d\\""')
  expect(entry).toEqual({
    value: 'text/plain',
    weight: 0.5,
    parameters: new Map([
      ['version', '1.0.0'],
      ['escaping', 'allow-utf-8'],
      ['note', 'a,b;c="d"'],
    ]),
  })
})

test('a weight above 1 is 1', () => {
  expect(parseAccept('a/b;q=7')[0]!.weight).toBe(1)
})

test('any header is read without an error, and its weights lie between 0 and 1', () => {
  const piece = fc.constantFrom(',', ';', '"', '\\', '=', 'q', 'q=0.5', 'text/plain', '*/*', ' ', '.', '1')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((all) => all.join('')),
      ),
      (header) => {
        for (const { weight } of parseAccept(header)) expect(weight >= 0 && weight <= 1).toBe(true)
      },
    ),
  )
})

test('a header of 64 KiB is read within a moment', () => {
  const start = performance.now()
  for (const piece of ['"', ',', 'a;', '\\"', 'q=', '*']) parseAccept(piece.repeat(65_536 / piece.length))
  expect(performance.now() - start).toBeLessThan(1000)
})
