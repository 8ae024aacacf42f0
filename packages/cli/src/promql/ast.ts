/** What an expression yields. */
export type ValueType = 'scalar' | 'string' | 'vector' | 'range'

/** A piece of the text of an expression, in UTF-16 code units from 0. */
export interface Span {
  readonly from: number
  readonly to: number
}

export interface NumberLiteral extends Span {
  readonly kind: 'number'
  readonly value: number
}

export interface StringLiteral extends Span {
  readonly kind: 'string'
  readonly value: string
}

export type MatchOperator = '=' | '!=' | '=~' | '!~'

export interface Matcher extends Span {
  readonly name: string
  readonly operator: MatchOperator
  readonly value: string
}

/** What moves a selector in time. */
export interface TimeShift {
  /** Seconds. */
  readonly offset: number | undefined
  /** `@` with a time, or with start() or end(). */
  readonly at: 'time' | 'bound' | undefined
}

export interface VectorSelector extends Span, TimeShift {
  readonly kind: 'selector'
  /** The name in front of the braces or alone in quotes. */
  readonly name: string | undefined
  /** Those in the braces, a matcher of `__name__` included. */
  readonly matchers: readonly Matcher[]
}

export interface RangeSelector extends Span {
  readonly kind: 'range'
  readonly selector: VectorSelector
  /** Seconds; undefined when it is an expression. */
  readonly range: number | undefined
}

export interface Subquery extends Span, TimeShift {
  readonly kind: 'subquery'
  readonly expression: Expression
  readonly range: number | undefined
  readonly step: number | undefined
}

export interface Aggregation extends Span {
  readonly kind: 'aggregation'
  readonly operator: string
  readonly grouping: 'by' | 'without' | undefined
  readonly labels: readonly string[]
  readonly parameter: Expression | undefined
  readonly expression: Expression
}

export interface Call extends Span {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Expression[]
}

export interface Matching extends Span {
  readonly on: boolean
  readonly labels: readonly string[]
  readonly group: 'left' | 'right' | undefined
  readonly include: readonly string[]
}

export interface Binary extends Span {
  readonly kind: 'binary'
  readonly operator: string
  /** Where the operator is. */
  readonly at: Span
  readonly left: Expression
  readonly right: Expression
  readonly bool: boolean
  readonly matching: Matching | undefined
}

export interface Unary extends Span {
  readonly kind: 'unary'
  readonly operator: '+' | '-'
  readonly expression: Expression
}

export interface Parenthesis extends Span {
  readonly kind: 'parenthesis'
  readonly expression: Expression
}

/** A PromQL expression with the place of each part in its text. */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | VectorSelector
  | RangeSelector
  | Subquery
  | Aggregation
  | Call
  | Binary
  | Unary
  | Parenthesis

/** The place of something, alone. */
export function spanOf({ from, to }: Span): Span {
  return { from, to }
}

/** The expressions directly inside one. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return []
    case 'range':
      return [expression.selector]
    case 'subquery':
    case 'unary':
    case 'parenthesis':
      return [expression.expression]
    case 'aggregation':
      return expression.parameter === undefined
        ? [expression.expression]
        : [expression.parameter, expression.expression]
    case 'call':
      return expression.arguments
    case 'binary':
      return [expression.left, expression.right]
  }
}

/** An expression and all inside it, each with the expressions around it from the outermost on. */
export function* walk(
  expression: Expression,
  around: readonly Expression[] = [],
): Generator<{ readonly expression: Expression; readonly around: readonly Expression[] }> {
  yield { expression, around }
  for (const child of childrenOf(expression)) yield* walk(child, [...around, expression])
}

/** An expression without the parentheses around it. */
export function bare(expression: Expression): Exclude<Expression, Parenthesis> {
  return expression.kind === 'parenthesis' ? bare(expression.expression) : expression
}

/** The metric that a selector means, when it is a single one. */
export function metricOf({ name, matchers }: VectorSelector): string | undefined {
  if (name !== undefined) return name
  return matchers.find((matcher) => matcher.name === '__name__' && matcher.operator === '=')?.value
}

export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>='])
export const setOperators: ReadonlySet<string> = new Set(['and', 'or', 'unless'])
