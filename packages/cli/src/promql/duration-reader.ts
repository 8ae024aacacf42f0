import type { SyntaxNode } from '@lezer/common'
import { parseDuration } from './duration.js'
import type { Features } from './features.js'
import { type Problem, problem } from './problem.js'
import type { Token } from './token.js'
import { isAtLeast, type Version } from './version.js'

const moreThanZero = { en: 'a duration that is more than zero', ko: '0보다 긴 기간' }
const aDuration = { en: 'a duration', ko: '기간' }

/** Reads numbers and durations where they stand in an expression. */
export class DurationReader {
  readonly #tokens: ReadonlyMap<number, Token>
  readonly #version: Version
  readonly #problems: Problem[]
  readonly #features: Features

  constructor(tokens: readonly Token[], version: Version, problems: Problem[], features: Features) {
    this.#tokens = new Map(tokens.map((token) => [token.from, token]))
    this.#version = version
    this.#problems = problems
    this.#features = features
  }

  /** A number, perhaps with a sign. */
  number(node: SyntaxNode): number {
    const first = this.#tokens.get(node.from)
    const signed = first?.text === '-' || first?.text === '+'
    const token = signed ? this.#behind(first!, node.to) : first
    if (token === undefined) return Number.NaN
    const value = this.#value(token, 'duration-as-number')
    return first?.text === '-' ? -value : value
  }

  /** The seconds of a range or a step; undefined when they are calculated. */
  positive(node: SyntaxNode): number | undefined {
    const seconds = this.#seconds(node)
    if (seconds !== undefined && !(seconds > 0)) this.#refuse(node, moreThanZero)
    return seconds
  }

  /** The seconds of an offset, with their sign; undefined when they are calculated. */
  offset(node: SyntaxNode): number | undefined {
    const sign = node.getChild('UnaryOp')
    const inner = node.getChild('OffsetDurationExpr')
    if (sign !== null && inner !== null) {
      const positive = this.#tokens.get(sign.from)?.text === '+'
      if (positive || inner.getChild('UnaryOp') !== null) this.#features.use('duration-expression', node)
      const seconds = this.offset(inner)
      return seconds === undefined || positive ? seconds : -seconds
    }
    const seconds = this.#seconds(node)
    if (seconds === 0 && !isAtLeast(this.#version, '2.54')) this.#refuse(node, moreThanZero)
    return seconds
  }

  #seconds(node: SyntaxNode): number | undefined {
    const literal = node.firstChild
    const alone = literal !== null && literal.nextSibling === null && literal.from === node.from
    if (!alone || literal.name !== 'NumberDurationLiteralInDurationContext') {
      this.#features.use('duration-expression', node)
      return undefined
    }
    const token = this.#tokens.get(literal.from)
    if (token === undefined || token.kind === 'name') {
      this.#refuse(node, aDuration)
      return undefined
    }
    return this.#value(token, 'number-as-duration')
  }

  #value(token: Token, feature: 'duration-as-number' | 'number-as-duration'): number {
    const { kind, text } = token
    if (kind === 'duration') {
      const seconds = parseDuration(text)
      if (feature === 'duration-as-number') this.#features.use(feature, token)
      if (seconds === undefined) this.#refuse(token, aDuration)
      return seconds ?? Number.NaN
    }
    if (feature === 'number-as-duration') this.#features.use(feature, token)
    if (text.includes('_')) this.#features.use('underscore', token)
    return numberOf(text)
  }

  #refuse(where: { readonly from: number; readonly to: number }, expected: typeof aDuration): void {
    const got = this.#tokens.get(where.from)?.text ?? ''
    this.#problems.push(
      problem('promql/duration', { from: where.from, to: where.to }, { got: `"${got}"`, expected }),
    )
  }

  #behind(token: Token, end: number): Token | undefined {
    for (let at = token.to; at < end; at++) {
      const next = this.#tokens.get(at)
      if (next !== undefined) return next
    }
    return undefined
  }
}

function numberOf(text: string): number {
  if (/^inf$/i.test(text)) return Number.POSITIVE_INFINITY
  if (/^nan$/i.test(text)) return Number.NaN
  const plain = text.replaceAll('_', '')
  return /^0[0-7]+$/.test(plain) ? Number.parseInt(plain, 8) : Number(plain)
}
