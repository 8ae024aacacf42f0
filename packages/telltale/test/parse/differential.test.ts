import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseText, TextFormatError } from '../../../../test/support/text-parser.js'
import { type ExpositionError, parseExposition } from '../../src/testing/index.js'

const seed = [
  '# HELP requests_total Requests \\\\ answered.',
  '# TYPE requests_total counter',
  'requests_total{method="GET",path="a\\"b\\n"} 3 1700000000500',
  'requests_total{method="PUT",} 1e3',
  '# TYPE took_seconds histogram',
  'took_seconds_bucket{le="0.5"} 1',
  'took_seconds_bucket{le="+Inf"} 2',
  'took_seconds_sum -Inf',
  'took_seconds_count 2',
  '',
  'free NaN',
  '',
].join('\n')

const edit = fc.record({
  at: fc.nat(seed.length),
  length: fc.nat(3),
  text: fc.oneof(
    fc.string({ maxLength: 3 }),
    fc.constantFrom('\n', '{', '}', '"', '\\', ',', ' ', '\t', '#', '_total'),
  ),
})

function edited(edits: readonly { at: number; length: number; text: string }[]): string {
  return edits.reduce(
    (text, { at, length, text: put }) => text.slice(0, at) + put + text.slice(at + length),
    seed,
  )
}

const key = (name: string, labels: Readonly<Record<string, string>>) => [name, Object.entries(labels).sort()]

test('what an independent strict parser reads is read, with the same samples', () => {
  let read = 0
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 2 }), (edits) => {
      const text = edited(edits)
      const independent = independently(text)
      if (independent === undefined) return
      read++
      const samples = parseExposition(text, 'text/plain').families.flatMap((family) => family.samples)
      expect(samples.map(({ name, labels, value, line }) => [key(name, labels), value, line])).toEqual(
        independent.map(({ name, labels, value, line }) => [key(name, labels), value, line]),
      )
    }),
    { numRuns: 1000 },
  )
  expect(read).toBeGreaterThan(100)
})

test.each(['text/plain', 'application/openmetrics-text'])(
  'any %s is read, or refused at a place in it',
  (type) => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(edit, { maxLength: 4 }).map(edited), fc.string({ unit: 'binary' })),
        (text) => {
          try {
            parseExposition(text, type)
          } catch (error) {
            const { code, line, column } = error as ExpositionError
            expect(code).toBe('TELLTALE_EXPOSITION')
            const found = text.split('\n')[line - 1]
            expect(found).toBeDefined()
            expect(column).toBeGreaterThan(0)
            expect(column).toBeLessThanOrEqual(found!.length + 1)
          }
        },
      ),
      { numRuns: 1000 },
    )
  },
)

function independently(text: string) {
  try {
    return [...parseText(text).samples].sort((a, b) => a.line - b.line)
  } catch (error) {
    if (error instanceof TextFormatError) return undefined
    throw error
  }
}
