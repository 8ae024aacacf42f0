import type { Finding } from '../../finding/index.js'
import { bare, comparisons, type Expression, typeName, typeOf, walk } from '../../promql/index.js'
import { lintChecks } from '../lint-checks.js'
import { queryRemarks } from '../query/query-remarks.js'
import type { LintSettings, Subject } from '../subject.js'
import type { Rule } from './rule-model.js'

/** What is wrong with the expression of a rule, each at its place in the file. */
export function expressionFindings(rule: Rule, subject: Subject, settings: LintSettings): readonly Finding[] {
  const { expr, within, parsed } = rule
  const at = (offset: number) => {
    const { line, column } = expr.placeOf(offset)
    return subject.at({ line, column, within })
  }
  const problems = parsed.problems.map((found) =>
    found.finding(at(found.from), { subject: parsed.text.slice(found.from, found.to) }),
  )
  const { expression } = parsed
  if (expression === undefined || problems.some(({ severity }) => severity === 'error')) return problems
  const remarks = queryRemarks(expression, settings).map((found) =>
    found.finding(at(found.from), { subject: parsed.text.slice(found.from, found.to) }),
  )
  return [...problems, ...remarks, ...resultFindings(rule, expression, at)]
}

function resultFindings(
  rule: Rule,
  expression: Expression,
  at: (offset: number) => ReturnType<Subject['at']>,
) {
  const type = typeOf(expression)
  if (type === 'range' || type === 'string') {
    return [lintChecks.finding('rules/result-type', at(0), { got: typeName(type) })]
  }
  if (rule.kind !== 'alert') return []
  const compares = canBeEmpty(expression) ? [] : [lintChecks.finding('rules/no-comparison', at(0), {})]
  return [...compares, ...orderFindings(expression, at)]
}

/**
 * Whether an expression leaves series out by their values: a comparison, a set operation, absent(). `vector(1)` and the
 * like, which are to fire always, count as such.
 */
function canBeEmpty(expression: Expression): boolean {
  const node = bare(expression)
  switch (node.kind) {
    case 'number':
      return true
    case 'call':
      if (/^(?:vector|absent|absent_over_time)$/.test(node.name)) return true
      return node.arguments.some((argument) => typeOf(argument) === 'vector' && canBeEmpty(argument))
    case 'aggregation':
    case 'unary':
      return canBeEmpty(node.expression)
    case 'binary':
      if (comparisons.has(node.operator)) return !node.bool || canBeEmpty(node.left)
      if (node.operator === 'or') return canBeEmpty(node.left) && canBeEmpty(node.right)
      if (node.operator === 'unless') return true
      return canBeEmpty(node.left) || canBeEmpty(node.right)
    default:
      return false
  }
}

function orderFindings(
  expression: Expression,
  at: (offset: number) => ReturnType<Subject['at']>,
): readonly Finding[] {
  return [...walk(expression)].flatMap(({ expression: node }) => {
    if (node.kind !== 'aggregation' || !/^(?:topk|bottomk|limitk|limit_ratio)$/.test(node.operator)) return []
    return [lintChecks.finding('rules/fragile-order', at(node.from), { operator: node.operator })]
  })
}
