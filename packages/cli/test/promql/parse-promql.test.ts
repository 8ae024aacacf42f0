import { describe, expect, test } from 'vitest'
import { inFile } from '../../src/finding/index.js'
import { parsePromql, promqlChecks, type Version } from '../../src/promql/index.js'
import { badExpressions } from './bad-expressions.js'
import { goodExpressions } from './good-expressions.js'

const old = { major: 2, minor: 42 }

function problemsOf(text: string, version: Version = old) {
  return parsePromql(text, version).problems.map(({ id, from, to, finding }) => {
    const { what, remedy } = finding(inFile('x')).text.en
    return { id, part: text.slice(from, to), what, remedy }
  })
}

describe.each(Object.entries(badExpressions))('%s', (id, texts) => {
  test.each(texts)('is what is wrong with %j', (text) => {
    expect(parsePromql(text, old).problems.map((problem) => problem.id)).toContain(id)
  })
})

test.each(goodExpressions)('nothing is wrong with %j', (text) => {
  expect(parsePromql(text, old).problems.filter(({ id }) => id !== 'promql/quantile')).toEqual([])
})

test('every check of an expression has an example', () => {
  const without = [
    'promql/feature-flag',
    'promql/removed',
    'promql/quantile',
    'promql/label-selector-argument',
    'promql/label-name',
  ]
  expect([...Object.keys(badExpressions), ...without].sort()).toEqual([...promqlChecks.ids].sort())
})

test.each([
  ['sum(rate(up[5m])', '(', 'got "(" without its ")"'],
  ['rate(up)', 'up', 'argument 1 of rate() is an instant vector, expected a range vector'],
  ['up > 5 and time()', 'and', 'got and with a scalar, expected instant vectors on both sides'],
  ['up{job=~"a("}', 'job=~"a("', 'got the regular expression "a(", which is not valid: "(" is not closed'],
  ['sum(up', '(', 'got "(" without its ")"'],
  ['up ==', '', 'got the end, expected an expression'],
  ['up down', 'down', 'got "down", expected an operator or the end'],
  ['up{job}', '}', 'got "}", expected one of = != =~ !~'],
  ['up{job="a" b="c"}', 'b', 'got "b", expected "," or "}"'],
  ['rate(up[])', ']', 'got "]", expected a duration such as 5m'],
  ['sum by (5) (up)', '5', 'got "5", expected a label name'],
  ['abs(up,)', ')', 'got ")", expected an expression'],
  ['up\u00a0> 1', '\u00a0', 'got the character U+00A0, which PromQL does not know outside quotes'],
])('%s: the place and what was expected are named', (text, part, what) => {
  expect(problemsOf(text)[0]).toMatchObject({ part, what })
})

test.each([
  ['ratee(up[5m])', 'Write rate, if that was meant.'],
  ['1 > 2', 'Write "> bool", which gives 0 or 1.'],
  ['sum(up)[5m]', 'as in sum(up)[5m:].'],
  ['up{job="\\d"}', 'Write \\\\d for a backslash.'],
  ['clamp(up, 1)', 'Call it as clamp(metric, 1, 1).'],
])('%s: the remedy names the change', (text, remedy) => {
  expect(problemsOf(text)[0]?.remedy).toContain(remedy)
})

test.each([
  { text: 'holt_winters(up[5m], 0.1, 0.1)', at: [2, 55], ids: [] },
  { text: 'holt_winters(up[5m], 0.1, 0.1)', at: [3, 0], ids: ['promql/removed'] },
  { text: 'double_exponential_smoothing(up[5m], 0.1, 0.1)', at: [3, 0], ids: ['promql/feature-flag'] },
  { text: '{"a.b"}', at: [3, 0], ids: [] },
  { text: 'up > 5m', at: [3, 1], ids: [] },
  { text: 'up[300]', at: [3, 1], ids: [] },
  { text: 'up offset 0s', at: [3, 1], ids: [] },
  { text: 'first_over_time(up[5m])', at: [3, 13], ids: ['promql/feature-flag'] },
  { text: 'first_over_time(up[5m])', at: [3, 14], ids: [] },
  { text: 'rate(up[step() + 5m])', at: [3, 14], ids: [] },
  { text: 'histogram_avg(up)', at: [2, 51], ids: [] },
  { text: 'histogram_avg(up)', at: [2, 50], ids: ['promql/too-new'] },
  { text: 'limitk(1, up)', at: [3, 5], ids: ['promql/feature-flag'] },
  { text: 'info(up, {a="b"})', at: [3, 5], ids: ['promql/feature-flag'] },
  { text: 'info(up, foo)', at: [3, 5], ids: ['promql/feature-flag', 'promql/label-selector-argument'] },
  { text: 'integral(up[5m])', at: [3, 16], ids: ['promql/feature-flag'] },
])('$text with Prometheus $at: $ids', ({ text, at: [major, minor], ids }) => {
  expect(problemsOf(text, { major: major!, minor: minor! }).map(({ id }) => id)).toEqual(ids)
})

test('the tree has every part with its place', () => {
  const text = 'sum by (job) (rate(a:b{c!~"d"}[5m] offset -1h)) > bool on (job) group_left (x) -3'
  expect(parsePromql(text, old).expression).toMatchObject({
    kind: 'binary',
    operator: '>',
    bool: true,
    matching: { on: true, labels: ['job'], group: 'left', include: ['x'] },
    right: { kind: 'number', value: -3 },
    left: {
      kind: 'aggregation',
      operator: 'sum',
      grouping: 'by',
      labels: ['job'],
      expression: {
        kind: 'call',
        name: 'rate',
        arguments: [
          {
            kind: 'range',
            range: 300,
            selector: {
              name: 'a:b',
              offset: -3600,
              matchers: [{ name: 'c', operator: '!~', value: 'd', from: 23, to: 29 }],
            },
          },
        ],
      },
    },
    from: 0,
    to: text.length,
  })
})

test('an offset binds to the selector before it, not to the whole expression', () => {
  expect(parsePromql('a and -b @ 5 < c[1h:5m] @ end()', old).problems.map(({ id }) => id)).toEqual([
    'promql/operand-type',
  ])
  expect(parsePromql('a and -b @ 5', old).expression).toMatchObject({
    left: { name: 'a', at: undefined },
    right: { kind: 'unary', expression: { name: 'b', at: 'time' } },
  })
})

test('an expression that is nested without end is refused and does not break the program', () => {
  const deep = 20_000
  expect(parsePromql(`${'('.repeat(deep)}up${')'.repeat(deep)}`, old).problems).toHaveLength(1)
  expect(parsePromql(`1${'+1'.repeat(deep)}`, old).problems).toHaveLength(1)
})

test('texts in Korean have what the English ones have', () => {
  for (const text of Object.values(badExpressions).flat()) {
    for (const { finding } of parsePromql(text, old).problems) {
      const { en, ko } = finding(inFile('x')).text
      expect(ko.what).not.toBe(en.what)
      expect(`${ko.what}${ko.remedy}${en.what}${en.remedy}`).not.toMatch(
        /\{(got|expected|name|remedy|form|side|label)\}/,
      )
    }
  }
})
