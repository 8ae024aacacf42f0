import fc from 'fast-check'
import { uncompress } from 'snappyjs'
import { expect, test } from 'vitest'
import { snappy } from '../../../src/push/remote-write/snappy.js'

test('whatever is compressed is read back as it was by another implementation', () => {
  const word = fc.constantFrom('__name__', 'http_requests_total', 'method', 'GET', '/users/:id', '\0', 'é')
  const repetitive = fc.array(word, { maxLength: 400 }).map((words) => Buffer.from(words.join('')))
  const anything = fc.uint8Array({ maxLength: 3000 })
  fc.assert(
    fc.property(fc.oneof(repetitive, anything), (input) => {
      expect(Buffer.from(uncompress(snappy(input)))).toEqual(Buffer.from(input))
    }),
  )
})

test.each([0, 1, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, 200_000])(
  'lengths at the edges of the format come back: %i bytes',
  (length) => {
    const same = Buffer.alloc(length, 7)
    const mixed = Buffer.from(same.map((_, i) => (i * 2_654_435_761) >>> 24))
    for (const input of [same, mixed]) {
      expect(Buffer.compare(Buffer.from(uncompress(snappy(input))), input)).toBe(0)
    }
  },
)

test('labels that repeat become less than a fifth', () => {
  const series = Array.from(
    { length: 500 },
    (_, i) => `__name__http_requests_totalmethodGETroute/users/:id${i}`,
  )
  const input = Buffer.from(series.join(''))
  expect(snappy(input).length).toBeLessThan(input.length / 5)
})
