import type { SyntaxNode } from '@lezer/common'
import { type Matcher, spanOf, type VectorSelector } from './ast.js'
import type { Features } from './features.js'
import { type Problem, problem } from './problem.js'
import type { WrittenText } from './written-text.js'

/** Reads what names series: metrics, matchers and lists of labels. */
export class SelectorReader {
  readonly #written: WrittenText
  readonly #features: Features
  readonly #problems: Problem[]

  constructor(written: WrittenText, features: Features, problems: Problem[]) {
    this.#written = written
    this.#features = features
    this.#problems = problems
  }

  /** Reads a metric, its matchers, or both. */
  selector(node: SyntaxNode): VectorSelector {
    const identifier = node.getChild('Identifier')
    if (identifier !== null && /^atan2$/i.test(this.#written.slice(identifier))) {
      this.#problems.push(this.#written.errorAt(identifier.from))
    }
    const braces = node.getChild('LabelMatchers')
    const names = braces?.getChildren('QuotedLabelName') ?? []
    for (const quoted of names) this.#features.use('quoted-name', quoted)
    const written = [
      ...(identifier === null ? [] : [this.#written.slice(identifier)]),
      ...names.map((n) => this.#written.string(n)),
    ]
    if (written.length > 1) this.#nameTwice(node, written[0]!, written[1]!)
    const matchers = [
      ...(braces?.getChildren('UnquotedLabelMatcher') ?? []),
      ...(braces?.getChildren('QuotedLabelMatcher') ?? []),
    ].map((matcher) => this.#matcher(matcher))
    const second = written.length === 0 ? undefined : matchers.find(({ name }) => name === '__name__')
    if (second !== undefined) this.#nameTwice(node, written[0]!, second.value)
    return { kind: 'selector', name: written[0], matchers, offset: undefined, at: undefined, ...spanOf(node) }
  }

  #nameTwice(node: SyntaxNode, first: string, second: string): void {
    this.#problems.push(problem('promql/name-twice', spanOf(node), { first, second }))
  }

  #matcher(node: SyntaxNode): Matcher {
    const quoted = node.getChild('QuotedLabelName')
    if (quoted !== null) this.#features.use('quoted-name', quoted)
    const name =
      quoted === null ? this.#written.slice(node.getChild('LabelName')!) : this.#written.string(quoted)
    const operator = this.#written.slice(node.getChild('MatchOp')!)
    const value = this.#written.string(node.getChild('StringLiteral')!)
    return { name, operator: matchOperator(operator), value, ...spanOf(node) }
  }

  /** Reads a list of labels; without one there are none. */
  labels(node: SyntaxNode | null): readonly string[] {
    if (node === null) return []
    const quoted = node.getChildren('QuotedLabelName')
    for (const name of quoted) this.#features.use('quoted-name', name)
    return [
      ...node.getChildren('LabelName').map((name) => this.#written.slice(name)),
      ...quoted.map((name) => this.#written.string(name)),
    ]
  }
}

function matchOperator(text: string): Matcher['operator'] {
  return text === '=' || text === '!=' || text === '=~' ? text : '!~'
}
