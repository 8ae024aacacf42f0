import type { Span } from './ast.js'
import { type ParsedPromql, parsePromql } from './parse-promql.js'
import type { Version } from './version.js'

/** A variable in an expression of a dashboard. */
export interface VariableUse extends Span {
  readonly name: string
}

/** An expression of a dashboard, read with something fitting in the place of each variable. */
export interface ParsedTemplate {
  /** The expression that was read: as long as the original, so that places are the same in both. */
  readonly parsed: ParsedPromql
  readonly variables: readonly VariableUse[]
}

const pattern = /\$\{(\w+)(?:\.[\w.]+)?(?::[^}]*)?\}|\[\[(\w+)(?::[^\]]*)?\]\]|\$(\w+)/g

/** The variables in a text, in all three ways to write them. */
export function variablesIn(text: string): readonly VariableUse[] {
  return Array.from(text.matchAll(pattern), (match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    return { name, from: match.index, to: match.index + match[0].length }
  })
}

type Role = 'text' | 'duration' | 'name' | 'number'

/** Reads an expression in which Grafana replaces variables before Prometheus sees it. */
export function parseTemplate(text: string, version: Version): ParsedTemplate {
  const variables = variablesIn(text)
  const roles = variables.map((use) => roleOf(text, use, variables))
  const attempts = [
    roles,
    roles.map((role) => other(role, 'name')),
    roles.map((role) => other(role, 'number')),
  ]
  const readings = attempts.map((attempt) => parsePromql(filled(text, variables, attempt), version))
  const best = readings.find(({ expression, problems }) => expression !== undefined && problems.length === 0)
  return { parsed: best ?? readings[0]!, variables }
}

function other(role: Role, wanted: Role): Role {
  return role === 'text' || role === 'duration' ? role : wanted
}

function roleOf(text: string, { from, to, name }: VariableUse, variables: readonly VariableUse[]): Role {
  const before = filled(
    text,
    variables,
    variables.map(() => 'name'),
  ).slice(0, from)
  if (isInString(before)) return 'text'
  if (/\[[^\]]*$/.test(before) || /\boffset\s+-?\s*$/i.test(before)) return 'duration'
  const after = text.slice(to)
  if (/[\w:]$/.test(before) || /^\s*[{[(]|^[\w:]/.test(after)) return 'name'
  if (/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*$/i.test(before)) return 'name'
  if (/^__(?:range|interval|rate_interval|from|to)/.test(name)) return 'number'
  return /(?:[-+*/%^<>]|[=!]=|bool|\b(?:topk|bottomk|quantile|histogram_quantile)\s*(?:by\s*\([^)]*\)\s*)?\()\s*$/.test(
    before,
  )
    ? 'number'
    : 'name'
}

function isInString(before: string): boolean {
  let quote = ''
  for (let at = 0; at < before.length; at++) {
    const character = before[at]!
    if (quote === '') {
      if (/["'`]/.test(character)) quote = character
    } else if (character === '\\' && quote !== '`') at++
    else if (character === quote) quote = ''
  }
  return quote !== ''
}

/** The text with something of the same length in the place of each variable. */
function filled(text: string, variables: readonly VariableUse[], roles: readonly Role[]): string {
  let result = ''
  for (const [index, { from, to }] of variables.entries()) {
    result += text.slice(result.length, from)
    const length = to - from
    const role = roles[index]
    // A long duration, because a variable is never too short a range.
    if (role === 'duration') result += '9d'.padStart(length, '0')
    else result += (role === 'number' ? '1' : 'x').repeat(length)
  }
  return result + text.slice(result.length)
}
