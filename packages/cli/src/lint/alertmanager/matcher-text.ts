import type { Localised } from '../../finding/index.js'
import { type MatchOperator, readRe2 } from '../../promql/index.js'

/** A matcher of Alertmanager. */
export interface AlertMatcher {
  readonly name: string
  readonly operator: MatchOperator
  readonly value: string
}

const form = /^\s*([A-Za-z_:][A-Za-z0-9_:]*)\s*(=~|=|!=|!~)\s*([\s\S]*?)\s*$/

/** Reads `name="value"`, or several in braces or with commas between them. */
export function readMatchers(text: string): readonly AlertMatcher[] | { readonly fault: Localised } {
  const inner = text.trim().replace(/^\{/, '').replace(/\}$/, '')
  const parts = splitAtCommas(inner)
  const matchers: AlertMatcher[] = []
  for (const part of parts) {
    const matcher = readMatcher(part)
    if ('fault' in matcher) return matcher
    matchers.push(matcher)
  }
  return matchers
}

function splitAtCommas(text: string): readonly string[] {
  const parts = text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? ['']
  return parts.filter((part, index) => part.trim() !== '' || index === 0)
}

function readMatcher(text: string): AlertMatcher | { readonly fault: Localised } {
  const [, name, operator, raw] = form.exec(text) ?? []
  if (name === undefined || operator === undefined || raw === undefined) {
    return { fault: { en: 'it has no name, operator and value', ko: '이름, 연산자, 값이 있어야 합니다' } }
  }
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(raw)
  if (quoted === null && raw.includes('"')) {
    return { fault: { en: 'a quote is missing', ko: '따옴표가 빠졌습니다' } }
  }
  const value = (quoted?.[1] ?? raw).replace(/\\(["\\])/g, '$1').replaceAll('\\n', '\n')
  if (operator === '=~' || operator === '!~') {
    const regexp = readRe2(value)
    if ('fault' in regexp) return { fault: regexp.fault }
  }
  return {
    name,
    operator: operator === '=' || operator === '!=' || operator === '=~' ? operator : '!~',
    value,
  }
}
