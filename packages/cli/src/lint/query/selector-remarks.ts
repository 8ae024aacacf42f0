import { type Matcher, readRe2, type VectorSelector } from '../../promql/index.js'
import { type Remark, remark } from './remark.js'

/** What may be said about the matchers of a selector. */
export function selectorRemarks(selector: VectorSelector): readonly Remark[] {
  const { matchers, name } = selector
  const remarks = matchers.flatMap((matcher) => regexpRemarks(matcher))
  const contradicted = contradiction(matchers)
  if (contradicted !== undefined)
    remarks.push(remark('query/contradiction', selector, { label: contradicted }))
  const onlyName = matchers.every((matcher) => matcher.name === '__name__')
  if (name === undefined && onlyName && matchers.every(({ operator }) => operator !== '=')) {
    remarks.push(remark('query/name-regexp', selector, {}))
  }
  return remarks
}

function regexpRemarks(matcher: Matcher): readonly Remark[] {
  const { name, operator, value } = matcher
  if (operator === '=' || operator === '!=') return []
  const written = `${name}${operator}"${value}"`
  if (value === '.*' && operator === '=~')
    return [remark('query/regexp-wildcard', matcher, { matcher: written })]
  const plain = value.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')
  if (plain !== value) {
    const suggestion = `${name}${operator}"${plain}"`
    return [remark('query/regexp-anchors', matcher, { matcher: written, suggestion })]
  }
  const regexp = readRe2(value)
  if ('fault' in regexp || regexp.literal === undefined) return []
  const suggestion = `${name}${operator === '=~' ? '=' : '!='}"${regexp.literal}"`
  return [remark('query/regexp-literal', matcher, { matcher: written, suggestion })]
}

/** The label whose plain matchers cannot all be true. */
function contradiction(matchers: readonly Matcher[]): string | undefined {
  return matchers.find(({ name, operator, value }) =>
    matchers.some(
      (other) =>
        operator === '=' &&
        other.name === name &&
        ((other.operator === '=' && other.value !== value) ||
          (other.operator === '!=' && other.value === value)),
    ),
  )?.name
}
