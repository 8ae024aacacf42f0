import fc from 'fast-check'

const name = fc.constantFrom('up', 'http_requests_total', 'a:b:rate5m', 'x_bucket', 'sum', 'start')
const label = fc.constantFrom('job', 'instance', 'le', 'code', 'on', 'by')
const duration = fc.constantFrom('5m', '1h', '30s', '1h30m', '1d', '0s', '1y2w', '7ms')
const number = fc.constantFrom('0', '1', '0.5', '-1', '1e3', '0x1f', 'Inf', 'NaN', '.5', '3.')
const text = fc.constantFrom(
  '"a"',
  "'b'",
  '`c`',
  '""',
  '".*"',
  '"a|b"',
  '"("',
  '"5.."',
  '"(?i)a"',
  '"[a-z]+"',
)
const matchOperator = fc.constantFrom('=', '!=', '=~', '!~')
const comparison = fc.constantFrom('==', '!=', '>', '<', '>=', '<=')
const arithmetic = fc.constantFrom('+', '-', '*', '/', '%', '^', 'atan2')
const setOperator = fc.constantFrom('and', 'or', 'unless')
const aggregation = fc.constantFrom(
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'group',
  'stddev',
  'topk',
  'quantile',
  'count_values',
)
const call = fc.constantFrom(
  'rate',
  'increase',
  'abs',
  'absent',
  'histogram_quantile',
  'label_replace',
  'time',
  'vector',
  'scalar',
  'clamp',
  'round',
  'hour',
  'max_over_time',
  'predict_linear',
  'holt_winters',
  'nope',
)

const join = (parts: readonly string[]) => parts.join(' ')
const labels = fc.array(label, { maxLength: 3 }).map((all) => `(${all.join(', ')})`)
const grouping = fc.oneof(fc.constant(''), fc.tuple(fc.constantFrom('by', 'without'), labels).map(join))
const matchers = fc
  .array(
    fc.tuple(label, matchOperator, text).map((parts) => parts.join('')),
    { maxLength: 3 },
  )
  .map((all) => `{${all.join(',')}}`)
const shift = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: duration.map((d) => ` offset ${d}`) },
  { weight: 1, arbitrary: duration.map((d) => ` offset -${d}`) },
  { weight: 1, arbitrary: fc.constantFrom(' @ start()', ' @ end()', ' @ 100', ' @ 1e300') },
)
const modifier = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('on', 'ignoring'), labels).map(join) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('on', 'ignoring'), labels, fc.constantFrom('group_left', 'group_right'), labels)
      .map(join),
  },
)

/** Expressions that follow the grammar, most of them with types that fit. */
export const expression: fc.Arbitrary<string> = fc.letrec<{
  scalar: string
  vector: string
  range: string
  any: string
}>((tie) => {
  const vector = tie('vector')
  const scalar = tie('scalar')
  const range = tie('range')
  return {
    scalar: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      number,
      fc.tuple(scalar, arithmetic, scalar).map(join),
      fc.tuple(scalar, comparison, fc.constantFrom('bool', ''), scalar).map(join),
      vector.map((v) => `scalar(${v})`),
      fc.constant('time()'),
      scalar.map((s) => `(${s})`),
    ),
    vector: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.tuple(name, shift).map((parts) => parts.join('')),
      fc.tuple(name, matchers, shift).map((parts) => parts.join('')),
      matchers,
      fc.tuple(vector, fc.oneof(arithmetic, comparison), modifier, fc.oneof(vector, scalar)).map(join),
      fc.tuple(vector, setOperator, modifier, vector).map(join),
      fc.tuple(aggregation, grouping, vector).map(([op, by, v]) => `${op} ${by} (${parameter(op)}${v})`),
      fc
        .tuple(fc.constantFrom('rate', 'increase', 'max_over_time', 'changes'), range)
        .map(([f, r]) => `${f}(${r})`),
      fc.tuple(number, vector).map(([q, v]) => `histogram_quantile(${q}, ${v})`),
      vector.map((v) => `label_replace(${v}, "a", "$1", "b", "(.*)")`),
      scalar.map((s) => `vector(${s})`),
      vector.map((v) => `-(${v})`),
    ),
    range: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.tuple(name, matchers, duration, shift).map(([n, m, d, s]) => `${n}${m}[${d}]${s}`),
      fc
        .tuple(vector, duration, fc.oneof(duration, fc.constant('')), shift)
        .map(([v, d, step, s]) => `(${v})[${d}:${step}]${s}`),
    ),
    any: fc.oneof(
      { weight: 8, arbitrary: vector },
      { weight: 2, arbitrary: scalar },
      { weight: 1, arbitrary: range },
      {
        weight: 2,
        arbitrary: fc
          .tuple(call, fc.array(fc.oneof(vector, scalar, range, text), { maxLength: 3 }))
          .map(([f, all]) => `${f}(${all.join(', ')})`),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(
            fc.oneof(vector, scalar, range, text),
            fc.oneof(arithmetic, comparison, setOperator),
            modifier,
            fc.oneof(vector, scalar, range, text),
          )
          .map(join),
      },
    ),
  }
}).any

function parameter(operator: string): string {
  if (operator === 'topk') return '5, '
  if (operator === 'quantile') return '0.9, '
  return operator === 'count_values' ? '"v", ' : ''
}

const inserted = fc.constantFrom(
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  '5m',
  ' up ',
  ' by ',
  ' on ',
  '=',
  '!',
  ':',
  '@',
  'offset',
  '0',
  '-',
  ' ',
  '#',
  '\\',
  'é',
)

/** An expression with a few random edits: most of them are broken. */
export const mutated: fc.Arbitrary<string> = fc
  .tuple(
    expression,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('delete', 'insert', 'cut'), inserted), {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((all, [place, kind, piece]) => {
      const at = place % (all.length + 1)
      if (kind === 'insert') return all.slice(0, at) + piece + all.slice(at)
      if (kind === 'delete') return all.slice(0, at) + all.slice(at + 1)
      return all.slice(0, at) + all.slice(at + 4)
    }, text),
  )
