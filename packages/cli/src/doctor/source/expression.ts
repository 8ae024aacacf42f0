import {
  childrenOf,
  type Expression,
  parsePromql,
  parseVersion,
  type VectorSelector,
  walk,
} from '../../promql/index.js'

/** Newer than any server: what a server has loaded is valid there. */
const newest = parseVersion('3.99')!

/** An expression, `undefined` when it is none. */
export function readExpression(query: string): Expression | undefined {
  return parsePromql(query, newest).expression
}

/** Every selector in an expression. */
export function selectorsIn(expression: Expression): readonly VectorSelector[] {
  return [...walk(expression)].flatMap(({ expression: part }) => (part.kind === 'selector' ? [part] : []))
}

/** How far back an expression looks at most, in seconds: ranges, subqueries and offsets together. */
export function longestLookBack(expression: Expression): number {
  const inside = Math.max(0, ...childrenOf(expression).map((child) => longestLookBack(child)))
  switch (expression.kind) {
    case 'selector':
      return Math.max(0, expression.offset ?? 0)
    case 'range':
      return inside + (expression.range ?? 0)
    case 'subquery':
      return inside + (expression.range ?? 0) + Math.max(0, expression.offset ?? 0)
    default:
      return inside
  }
}
