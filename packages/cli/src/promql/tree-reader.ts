import type { SyntaxNode } from '@lezer/common'
import { type Binary, type Expression, type Matching, spanOf } from './ast.js'
import { DurationReader } from './duration-reader.js'
import { Features } from './features.js'
import type { Problem } from './problem.js'
import { SelectorReader } from './selector-reader.js'
import { TimeReader } from './time-reader.js'
import type { Token } from './token.js'
import type { Version } from './version.js'
import { WrittenText } from './written-text.js'

/** Thrown for an expression that is nested more deeply than anyone writes. */
export class TooDeep extends Error {}

const deepest = 400

/** Makes our tree of the grammar's, and collects what the grammar allows and Prometheus does not. */
export class TreeReader {
  readonly problems: Problem[] = []
  readonly #written: WrittenText
  readonly #features: Features
  readonly #durations: DurationReader
  readonly #selectors: SelectorReader
  readonly #times: TimeReader
  #depth = 0

  constructor(text: string, tokens: readonly Token[], version: Version) {
    this.#written = new WrittenText(text, tokens)
    this.#features = new Features(version, this.problems)
    this.#durations = new DurationReader(tokens, version, this.problems, this.#features)
    this.#selectors = new SelectorReader(this.#written, this.#features, this.problems)
    this.#times = new TimeReader(this.#written, this.#durations, this.problems)
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
        return { kind: 'number', value: this.#durations.number(node), ...spanOf(node) }
      case 'StringLiteral':
        return { kind: 'string', value: this.#written.string(node), ...spanOf(node) }
      case 'VectorSelector':
        return this.#selectors.selector(node)
      case 'MatrixSelector':
        return this.#times.range(node, this.#inner(node))
      case 'SubqueryExpr':
        return this.#times.subquery(node, this.#inner(node))
      case 'AggregateExpr':
        return this.#aggregation(node)
      case 'FunctionCall':
        return this.#call(node)
      case 'BinaryExpr':
        return this.#binary(node)
      case 'UnaryExpr':
        return this.#unary(node)
      case 'OffsetExpr':
        return this.#times.offset(node, this.#inner(node))
      case 'StepInvariantExpr':
        return this.#times.at(node, this.#inner(node))
      case 'AnchoredExpr':
      case 'SmoothedExpr':
        this.#features.use(node.name === 'AnchoredExpr' ? 'anchored' : 'smoothed', node)
        return this.#inner(node)
      default:
        return { kind: 'parenthesis', expression: this.#inner(node), ...spanOf(node) }
    }
  }

  #inner(node: SyntaxNode): Expression {
    return this.#expression(node.getChild('Expr')!)
  }

  #aggregation(node: SyntaxNode): Expression {
    const operator = this.#written.slice(node.getChild('AggregateOp')!).toLowerCase()
    if (operator === 'limitk' || operator === 'limit_ratio') this.#features.use(operator, node)
    const modifier = node.getChild('AggregateModifier')
    const given = this.#arguments(node)
    const grouping = modifier === null ? undefined : modifier.getChild('By') !== null ? 'by' : 'without'
    const labels = this.#selectors.labels(modifier?.getChild('GroupingLabels') ?? null)
    return this.#features.aggregation({ operator, grouping, labels, given, where: spanOf(node) })
  }

  #call(node: SyntaxNode): Expression {
    const name = this.#written.slice(node.getChild('FunctionIdentifier')!)
    this.#features.call(name, node)
    return { kind: 'call', name, arguments: this.#arguments(node), ...spanOf(node) }
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
    const operator = this.#written.slice(sign).toLowerCase()
    if (operator === '</' || operator === '>/') this.#features.use('trim', sign)
    const fill = node.getChild('FillModifier')
    if (fill !== null) this.#features.use('fill', fill)
    const clause = node.getChild('MatchingModifierClause')
    return {
      kind: 'binary',
      operator,
      at: spanOf(sign),
      left: this.#expression(left!),
      right: this.#expression(right!),
      bool: node.getChild('BoolModifier') !== null,
      matching: clause === null ? undefined : this.#matching(clause),
      ...spanOf(node),
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
      labels: this.#selectors.labels(labels ?? null),
      group,
      include: this.#selectors.labels(include ?? null),
      ...spanOf(node),
    }
  }

  #unary(node: SyntaxNode): Expression {
    const operator = this.#written.slice(node.getChild('UnaryOp')!) === '-' ? '-' : '+'
    return { kind: 'unary', operator, expression: this.#inner(node), ...spanOf(node) }
  }
}
