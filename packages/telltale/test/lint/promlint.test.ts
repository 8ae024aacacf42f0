import { expect, test } from 'vitest'
import { promlintRules } from '../../src/lint/default-rules.js'
import { lintExposition } from '../../src/lint/lint.js'
import { expositions } from './expositions.js'

const ids = promlintRules.map((rule) => rule.id)

test.each(expositions)('lint says of $what what promlint says', ({ text, findings }) => {
  const found: Record<string, string[]> = {}
  for (const { metric, id } of lintExposition(text, 'text/plain')) {
    if (ids.includes(id) && found[metric]?.at(-1) !== id) found[metric] = [...(found[metric] ?? []), id]
  }
  expect(found).toEqual(findings)
})

test('a series given twice is an error, as it is in later versions of promlint', () => {
  const [finding] = lintExposition(
    '# HELP a A thing.\n# TYPE a gauge\na{b="c"} 1\na{b="c"} 2\n',
    'text/plain',
  )
  expect(finding).toMatchObject({ id: 'duplicate-series', severity: 'error', metric: 'a', line: 4 })
})

test('a series with several timestamps is not given twice', () => {
  expect(lintExposition('# HELP a A thing.\n# TYPE a gauge\na 1 1000\na 2 2000\n', 'text/plain')).toEqual([])
})

// Here versions of promlint differ: 2.42 complains of both, later ones of neither.
test('the name of another type is a fault of a typed metric, and not of an untyped one', () => {
  const text = '# HELP a_counter_x A thing.\n# TYPE a_counter_x gauge\na_counter_x 1\n'
  expect(lintExposition(text, 'text/plain').map(({ id }) => id)).toEqual(['type-in-name'])
  expect(lintExposition(text.replace(' gauge', ' untyped'), 'text/plain')).toEqual([])
})
