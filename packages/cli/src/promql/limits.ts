import { bare, type Expression } from './ast.js'

/** A comparison of something with a number, as alerts end in. */
export interface Limit {
  readonly value: Expression
  readonly operator: string
  readonly threshold: number
}

/** The comparisons with a number that decide an alert: those at the top, also on each side of `and`. */
export function limitsIn(expression: Expression): readonly Limit[] {
  const node = bare(expression)
  if (node.kind !== 'binary') return []
  if (node.operator === 'and' || node.operator === 'unless') return limitsIn(node.left)
  const right = bare(node.right)
  return right.kind === 'number'
    ? [{ value: bare(node.left), operator: node.operator, threshold: right.value }]
    : []
}
