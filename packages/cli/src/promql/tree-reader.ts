import type { SyntaxNode } from '@lezer/common'
import type {
  Binary,
  Expression,
  Matcher,
  Matching,
  RangeSelector,
  Span,
  Subquery,
  TimeShift,
  VectorSelector,
} from './ast.js'
import { DurationReader } from './duration-reader.js'
import { Features } from './features.js'
import { type Problem, problem } from './problem.js'
import { unquote } from './string-literal.js'
import { syntaxError } from './syntax-error.js'
import type { Token } from './token.js'
import type { Version } from './version.js'

/** Thrown for an expression that is nested more deeply than anyone writes. */
export class TooDeep extends Error {}

const deepest = 400

/** Makes our tree of the grammar's, and collects what the grammar allows and Prometheus does not. */
export class TreeReader {
  readonly problems: Problem[] = []
  readonly #text: string
  readonly #tokens: readonly Token[]
  readonly #features: Features
  readonly #durations: DurationReader
  /** Strings by where they begin: the grammar read shorter ones in their place. */
  readonly #strings: ReadonlyMap<number, string>
  #depth = 0

  constructor(text: string, tokens: readonly Token[], version: Version) {
    this.#text = text
    this.#tokens = tokens
    this.#strings = new Map(
      tokens.filter(({ kind }) => kind === 'string').map(({ from, text: literal }) => [from, literal]),
    )
    this.#features = new Features(version, this.problems)
    this.#durations = new DurationReader(tokens, version, this.problems, this.#features)
  }

  /** Reads the whole tree, which has no error. */
  read(top: SyntaxNode): Expression {
    return this.#expression(top.getChild('Expr')!)
  }

  #expression(node: SyntaxNode): Expression {
    if (++this.#depth > deepest) throw new TooDeep()
    try {
      return this.#byName(node)
    } finally {
      this.#depth--
    }
  }

  #byName(node: SyntaxNode): Expression {
    switch (node.name) {
      case 'NumberDurationLiteral':
        return { kind: 'number', value: this.#durations.number(node), ...span(node) }
      case 'StringLiteral':
        return { kind: 'string', value: this.#string(node), ...span(node) }
      case 'VectorSelector':
        return this.#selector(node)
      case 'MatrixSelector':
        return this.#range(node)
      case 'SubqueryExpr':
        return this.#subquery(node)
      case 'AggregateExpr':
        return this.#aggregation(node)
      case 'FunctionCall':
        return this.#call(node)
      case 'BinaryExpr':
        return this.#binary(node)
      case 'UnaryExpr':
        return this.#unary(node)
      case 'OffsetExpr':
        return this.#offset(node)
      case 'StepInvariantExpr':
        return this.#at(node)
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        this.#features.use(node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed', node)
        return this.#inner(node)
      default:
        return { kind: 'parenthesis', expression: this.#inner(node), ...span(node) }
    }
  }

  #inner(node: SyntaxNode): Expression {
    return this.#expression(node.getChild('Expr')!)
  }

  #selector(node: SyntaxNode): VectorSelector {
    const identifier = node.getChild('Identifier')
    if (identifier !== null && /^atan2$/i.test(this.#slice(identifier))) {
      this.problems.push(syntaxError(this.#text, this.#tokens, identifier.from))
    }
    const braces = node.getChild('LabelMatchers')
    const names = braces?.getChildren('QuotedLabelName') ?? []
    for (const quoted of names) this.#features.use('quoted-name', quoted)
    const written = [
      ...(identifier === null ? [] : [this.#slice(identifier)]),
      ...names.map((n) => this.#string(n)),
    ]
    if (written.length > 1) this.#nameTwice(node, written[0]!, written[1]!)
    const matchers = [
      ...(braces?.getChildren('UnquotedLabelMatcher') ?? []),
      ...(braces?.getChildren('QuotedLabelMatcher') ?? []),
    ].map((matcher) => this.#matcher(matcher))
    const second = written.length === 0 ? undefined : matchers.find(({ name }) => name === '__name__')
    if (second !== undefined) this.#nameTwice(node, written[0]!, second.value)
    return { kind: 'selector', name: written[0], matchers, offset: undefined, at: undefined, ...span(node) }
  }

  #nameTwice(node: SyntaxNode, first: string, second: string): void {
    this.problems.push(problem('promql/name-twice', span(node), { first, second }))
  }

  #matcher(node: SyntaxNode): Matcher {
    const quoted = node.getChild('QuotedLabelName')
    if (quoted !== null) this.#features.use('quoted-name', quoted)
    const name = quoted === null ? this.#slice(node.getChild('LabelName')!) : this.#string(quoted)
    const operator = this.#slice(node.getChild('MatchOp')!)
    const value = this.#string(node.getChild('StringLiteral')!)
    return { name, operator: matchOperator(operator), value, ...span(node) }
  }

  #range(node: SyntaxNode): Expression {
    const range = this.#durations.positive(node.getChild('DurationExpr')!)
    return lastOperand(this.#inner(node), (inner) => this.#rangeOf(inner, range, node))
  }

  #rangeOf(inner: Expression, range: number | undefined, node: SyntaxNode): Expression {
    if (inner.kind === 'selector' && inner.offset === undefined && inner.at !== 'time') {
      return { kind: 'range', selector: inner, range, ...span(node) }
    }
    const rangeText = this.#slice(node)
      .slice(inner.to - node.from)
      .trim()
    if (inner.kind === 'selector') {
      const modifier = inner.offset === undefined ? '@' : 'offset'
      this.problems.push(
        problem('promql/shift-before-range', span(node), {
          modifier,
          form: `metric${rangeText} ${modifier} …`,
        }),
      )
      return { kind: 'range', selector: inner, range, ...span(node) }
    }
    const subquery = `${this.#slice(inner)}${rangeText.replace(/\]$/, ':]')}`
    this.problems.push(problem('promql/range-of-expression', span(node), { subquery }))
    return {
      kind: 'subquery',
      expression: inner,
      range,
      step: undefined,
      offset: undefined,
      at: undefined,
      ...span(node),
    }
  }

  #subquery(node: SyntaxNode): Expression {
    const [range, step] = node
      .getChildren('DurationExpr')
      .map((duration) => this.#durations.positive(duration))
    return lastOperand(this.#inner(node), (expression) => ({
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

  #aggregation(node: SyntaxNode): Expression {
    const operator = this.#slice(node.getChild('AggregateOp')!).toLowerCase()
    if (operator === 'limitk' || operator === 'limit_ratio') this.#features.use(operator, node)
    const modifier = node.getChild('AggregateModifier')
    const given = this.#arguments(node)
    const grouping = modifier === null ? undefined : modifier.getChild('By') !== null ? 'by' : 'without'
    const labels = this.#labels(modifier?.getChild('GroupingLabels') ?? null)
    return this.#features.aggregation({ operator, grouping, labels, given, where: span(node) })
  }

  #call(node: SyntaxNode): Expression {
    const name = this.#slice(node.getChild('FunctionIdentifier')!)
    this.#features.call(name, node)
    return { kind: 'call', name, arguments: this.#arguments(node), ...span(node) }
  }

  #arguments(node: SyntaxNode): readonly Expression[] {
    return node
      .getChild('FunctionCallBody')!
      .getChildren('Expr')
      .map((argument) => this.#expression(argument))
  }

  #binary(node: SyntaxNode): Binary {
    const [left, right] = node.getChildren('Expr')
    const sign = left!.nextSibling!
    const operator = this.#slice(sign).toLowerCase()
    if (operator === '</' || operator === '>/') this.#features.use('trim', sign)
    const fill = node.getChild('FillModifier')
    if (fill !== null) this.#features.use('fill', fill)
    const clause = node.getChild('MatchingModifierClause')
    return {
      kind: 'binary',
      operator,
      at: span(sign),
      left: this.#expression(left!),
      right: this.#expression(right!),
      bool: node.getChild('BoolModifier') !== null,
      matching: clause === null ? undefined : this.#matching(clause),
      ...span(node),
    }
  }

  #matching(node: SyntaxNode): Matching {
    const on = node.getChild('On') !== null
    const group =
      node.getChild('GroupLeft') !== null
        ? 'left'
        : node.getChild('GroupRight') !== null
          ? 'right'
          : undefined
    const [labels, include] = node.getChildren('GroupingLabels')
    return {
      on,
      labels: this.#labels(labels ?? null),
      group,
      include: this.#labels(include ?? null),
      ...span(node),
    }
  }

  #labels(node: SyntaxNode | null): readonly string[] {
    if (node === null) return []
    const quoted = node.getChildren('QuotedLabelName')
    for (const name of quoted) this.#features.use('quoted-name', name)
    return [
      ...node.getChildren('LabelName').map((name) => this.#slice(name)),
      ...quoted.map((name) => this.#string(name)),
    ]
  }

  #unary(node: SyntaxNode): Expression {
    const operator = this.#slice(node.getChild('UnaryOp')!) === '-' ? '-' : '+'
    return { kind: 'unary', operator, expression: this.#inner(node), ...span(node) }
  }

  #offset(node: SyntaxNode): Expression {
    const offset = this.#durations.offset(node.getChild('OffsetDurationExpr')!)
    return this.#shifted(node, 'offset', ({ at, offset: set }) =>
      set === undefined ? { offset, at } : undefined,
    )
  }

  #at(node: SyntaxNode): Expression {
    const number = node.getChild('NumberDurationLiteral')
    if (number !== null) this.#time(number)
    const at = number === null ? 'bound' : 'time'
    return this.#shifted(node, '@', ({ at: set, offset }) => (set === undefined ? { offset, at } : undefined))
  }

  #time(node: SyntaxNode): void {
    const value = this.#durations.number(node)
    // Milliseconds of a time are a signed 64-bit integer.
    if (Number.isFinite(value) && Math.abs(value) < 2 ** 63) return
    this.problems.push(problem('promql/timestamp', span(node), { got: this.#slice(node) }))
  }

  /** What `node` shifts in time; `change` gives undefined for what is shifted already. */
  #shifted(
    node: SyntaxNode,
    modifier: string,
    change: (shift: TimeShift) => TimeShift | undefined,
  ): Expression {
    return lastOperand(this.#inner(node), (inner) => {
      const target = inner.kind === 'range' ? inner.selector : inner
      const isPlace = target.kind === 'selector' || target.kind === 'subquery'
      const shift = isPlace ? change(target) : undefined
      if (isPlace && shift !== undefined) {
        return inner.kind === 'range' ? rangeWith(inner, shift, node.to) : withShift(target, shift, node.to)
      }
      const id = isPlace ? 'promql/shift-twice' : 'promql/shift-place'
      this.problems.push(problem(id, { from: inner.from, to: node.to }, { modifier }))
      return inner
    })
  }

  #string(node: SyntaxNode): string {
    const result = unquote(this.#strings.get(node.from) ?? '""')
    // The scanner let no bad escape pass.
    return 'value' in result ? result.value : ''
  }

  #slice({ from, to }: Span): string {
    return this.#text.slice(from, to)
  }
}

function span({ from, to }: Span): Span {
  return { from, to }
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

function matchOperator(text: string): Matcher['operator'] {
  return text === '=' || text === '!=' || text === '=~' ? text : '!~'
}
