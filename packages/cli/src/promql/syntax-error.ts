import type { Localised } from '../finding/index.js'
import { type Problem, problem } from './problem.js'
import { endOf, tokenFrom } from './scanner.js'
import { aggregations, type Token } from './token.js'

const expected = {
  expression: { en: 'an expression', ko: '식' },
  operator: { en: 'an operator or the end', ko: '연산자 또는 끝' },
  label: { en: 'a label name', ko: '레이블 이름' },
  labelOrEnd: { en: 'a label name or "}"', ko: '레이블 이름 또는 "}"' },
  matchOperator: { en: 'one of = != =~ !~', ko: '= != =~ !~ 가운데 하나' },
  text: { en: 'a text in quotes', ko: '따옴표로 감싼 문자열' },
  nextMatcher: { en: '"," or "}"', ko: '"," 또는 "}"' },
  nextLabel: { en: '"," or ")"', ko: '"," 또는 ")"' },
  nextArgument: { en: 'an operator, "," or ")"', ko: '연산자, "," 또는 ")"' },
  duration: { en: 'a duration such as 5m', ko: '5m 같은 기간' },
  rangeEnd: { en: '"]", or ":" for a subquery', ko: '"]" 또는 서브쿼리의 ":"' },
  time: { en: 'a time in seconds, start() or end()', ko: '초로 쓴 시각, start(), end() 가운데 하나' },
  parenthesis: { en: '"("', ko: '"("' },
} as const satisfies Readonly<Record<string, Localised>>

const end: Localised = { en: 'the end', ko: '끝' }
const labelLists = /^(?:by|without|on|ignoring|group_left|group_right)$/i

/** The problem of a text whose words do not fit together, the first of which is at `position`. */
export function syntaxError(text: string, tokens: readonly Token[], position: number): Problem {
  const token = tokenFrom(tokens, position)
  const before = tokens.filter((other) => other.to <= (token?.from ?? text.length))
  return problem('promql/syntax', token ?? endOf(text), {
    got: token === undefined ? end : token.kind === 'string' ? token.text : `"${token.text}"`,
    expected: expectedAfter(before, token),
  })
}

function expectedAfter(before: readonly Token[], token: Token | undefined): Localised {
  const last = before.at(-1)
  const opener = openBracket(before)
  if (opener?.text === '{') return inBraces(last, opener)
  if (opener?.text === '[')
    return last === opener || last?.text === ':' ? expected.duration : expected.rangeEnd
  if (opener !== undefined && labelLists.test(tokenBefore(before, opener)?.text ?? '')) {
    return last === opener || last?.text === ',' ? expected.label : expected.nextLabel
  }
  return inExpression(last, opener, token)
}

function inBraces(last: Token | undefined, opener: Token): Localised {
  if (last === opener) return expected.labelOrEnd
  if (last?.kind === 'name') return expected.matchOperator
  if (last?.kind === 'string') return expected.nextMatcher
  return last?.text === ',' ? expected.labelOrEnd : expected.text
}

function inExpression(
  last: Token | undefined,
  opener: Token | undefined,
  token: Token | undefined,
): Localised {
  if (last === undefined) return expected.expression
  const word = last.text.toLowerCase()
  if (word === 'offset') return expected.duration
  if (word === '@') return expected.time
  if (labelLists.test(word)) return expected.parenthesis
  if (aggregations.has(word) && token?.text !== '{') return expected.parenthesis
  const closes = /^[)\]}]$/.test(word)
  if ((last.kind === 'mark' && !closes) || /^(?:and|or|unless|atan2|bool)$/.test(word))
    return expected.expression
  return opener === undefined ? expected.operator : expected.nextArgument
}

function openBracket(tokens: readonly Token[]): Token | undefined {
  const open: Token[] = []
  for (const token of tokens) {
    if (token.kind !== 'mark') continue
    if (/^[([{]$/.test(token.text)) open.push(token)
    else if (/^[)\]}]$/.test(token.text)) open.pop()
  }
  return open.at(-1)
}

function tokenBefore(tokens: readonly Token[], token: Token): Token | undefined {
  return tokens[tokens.indexOf(token) - 1]
}
