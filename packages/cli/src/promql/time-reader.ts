import type { SyntaxNode } from '@lezer/common'
import {
  type Expression,
  type RangeSelector,
  type Subquery,
  spanOf,
  type TimeShift,
  type VectorSelector,
} from './ast.js'
import type { DurationReader } from './duration-reader.js'
import { type Problem, problem } from './problem.js'
import type { WrittenText } from './written-text.js'

/** Reads what stands behind an expression and says over which time it is looked at: ranges, offsets and `@`. */
export class TimeReader {
  readonly #written: WrittenText
  readonly #durations: DurationReader
  readonly #problems: Problem[]

  constructor(written: WrittenText, durations: DurationReader, problems: Problem[]) {
    this.#written = written
    this.#durations = durations
    this.#problems = problems
  }

  /** `operand[range]`. */
  range(node: SyntaxNode, operand: Expression): Expression {
    const range = this.#durations.positive(node.getChild('DurationExpr')!)
    return lastOperand(operand, (inner) => this.#rangeOf(inner, range, node))
  }

  #rangeOf(inner: Expression, range: number | undefined, node: SyntaxNode): Expression {
    if (inner.kind === 'selector' && inner.offset === undefined && inner.at !== 'time') {
      return { kind: 'range', selector: inner, range, ...spanOf(node) }
    }
    const rangeText = this.#written
      .slice(node)
      .slice(inner.to - node.from)
      .trim()
    if (inner.kind === 'selector') {
      const modifier = inner.offset === undefined ? '@' : 'offset'
      this.#problems.push(
        problem('promql/shift-before-range', spanOf(node), {
          modifier,
          form: `metric${rangeText} ${modifier} …`,
        }),
      )
      return { kind: 'range', selector: inner, range, ...spanOf(node) }
    }
    const subquery = `${this.#written.slice(inner)}${rangeText.replace(/\]$/, ':]')}`
    this.#problems.push(problem('promql/range-of-expression', spanOf(node), { subquery }))
    return {
      kind: 'subquery',
      expression: inner,
      range,
      step: undefined,
      offset: undefined,
      at: undefined,
      ...spanOf(node),
    }
  }

  /** `operand[range:step]`. */
  subquery(node: SyntaxNode, operand: Expression): Expression {
    const [range, step] = node
      .getChildren('DurationExpr')
      .map((duration) => this.#durations.positive(duration))
    return lastOperand(operand, (expression) => ({
      kind: 'subquery',
      expression,
      range,
      step,
      offset: undefined,
      at: undefined,
      from: expression.from,
      to: node.to,
    }))
  }

  /** `operand offset …`. */
  offset(node: SyntaxNode, operand: Expression): Expression {
    const offset = this.#durations.offset(node.getChild('OffsetDurationExpr')!)
    return this.#shifted(node, operand, 'offset', ({ at, offset: set }) =>
      set === undefined ? { offset, at } : undefined,
    )
  }

  /** `operand @ …`. */
  at(node: SyntaxNode, operand: Expression): Expression {
    const number = node.getChild('NumberDurationLiteral')
    if (number !== null) this.#time(number)
    const at = number === null ? 'bound' : 'time'
    return this.#shifted(node, operand, '@', ({ at: set, offset }) =>
      set === undefined ? { offset, at } : undefined,
    )
  }

  #time(node: SyntaxNode): void {
    const value = this.#durations.number(node)
    // Milliseconds of a time are a signed 64-bit integer.
    if (Number.isFinite(value) && Math.abs(value) < 2 ** 63) return
    this.#problems.push(problem('promql/timestamp', spanOf(node), { got: this.#written.slice(node) }))
  }

  /** What `node` shifts in time; `change` gives undefined for what is shifted already. */
  #shifted(
    node: SyntaxNode,
    operand: Expression,
    modifier: string,
    change: (shift: TimeShift) => TimeShift | undefined,
  ): Expression {
    return lastOperand(operand, (inner) => {
      const target = inner.kind === 'range' ? inner.selector : inner
      const isPlace = target.kind === 'selector' || target.kind === 'subquery'
      const shift = isPlace ? change(target) : undefined
      if (isPlace && shift !== undefined) {
        return inner.kind === 'range' ? rangeWith(inner, shift, node.to) : withShift(target, shift, node.to)
      }
      const id = isPlace ? 'promql/shift-twice' : 'promql/shift-place'
      this.#problems.push(problem(id, { from: inner.from, to: node.to }, { modifier }))
      return inner
    })
  }
}

function withShift<Target extends VectorSelector | Subquery>(
  target: Target,
  { offset, at }: TimeShift,
  to: number,
): Target {
  return { ...target, offset, at, to }
}

function rangeWith({ selector, range, from }: RangeSelector, shift: TimeShift, to: number): RangeSelector {
  return { kind: 'range', selector: withShift(selector, shift, selector.to), range, from, to }
}

/**
 * Applies what stands behind an expression to its last operand: it binds more tightly than any operator, and the
 * grammar gives it no precedence.
 */
function lastOperand(expression: Expression, apply: (operand: Expression) => Expression): Expression {
  if (expression.kind === 'binary') {
    const right = lastOperand(expression.right, apply)
    return { ...expression, right, to: right.to }
  }
  if (expression.kind !== 'unary') return apply(expression)
  const operand = lastOperand(expression.expression, apply)
  return { ...expression, expression: operand, to: operand.to }
}
