import type { Span } from './ast.js'
import { type Problem, problem } from './problem.js'
import { unquote } from './string-literal.js'
import type { Token, TokenKind } from './token.js'

/** Where the scanner is: Prometheus reads a colon and an equals sign in each of them in its own way. */
const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

/** Sticky patterns keep a position, so each scanner has its own. */
const newPatterns = () => ({
  space: /[ \t\n\r]+/y,
  comment: /#[^\n\r]*/y,
  name: /[A-Za-z_:][A-Za-z0-9_:]*/y,
  label: /[A-Za-z_][A-Za-z0-9_]*/y,
  figure: /(?:[0-9]|\.[0-9])[0-9A-Za-z_.]*/y,
  exponent: /[+-][0-9][0-9_]*/y,
  mark: /==|=~|!=|!~|<=|>=|<\/|>\/|[-+*/%^=<>(){}[\],@:]/y,
  text: /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|`[^`]*`/y,
})

const isNumber =
  /^(?:0[xX][0-9a-fA-F]+(?:_[0-9a-fA-F]+)*|(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?)$/
const isDuration = /^(?=\d)(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/

/** What a text is made of, up to the first thing that is no part of the language. */
export interface Scan {
  readonly tokens: readonly Token[]
  readonly problem: Problem | undefined
}

/** Reads the words, numbers, strings and signs of an expression. */
export function scan(text: string): Scan {
  const scanner = new Scanner(text)
  const found = scanner.run()
  return { tokens: scanner.tokens, problem: found }
}

class Scanner {
  readonly tokens: Token[] = []
  readonly #text: string
  readonly #open: Token[] = []
  readonly #patterns = newPatterns()
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  run(): Problem | undefined {
    while (this.#skipSpace() < this.#text.length) {
      const found = this.#next()
      if (found !== undefined) return found
    }
    const unclosed = this.#open.at(-1)
    if (unclosed === undefined) return undefined
    return problem('promql/unclosed', unclosed, { bracket: unclosed.text, closing: closing[unclosed.text]! })
  }

  #skipSpace(): number {
    while (this.#match('space') !== undefined || this.#match('comment') !== undefined);
    return this.#at
  }

  #next(): Problem | undefined {
    const from = this.#at
    const character = this.#text[from]!
    if (/["'`]/.test(character)) return this.#string(from)
    if (/[0-9.]/.test(character)) return this.#figure(from)
    const inside = this.#open.at(-1)?.text
    const withColons = inside === undefined || inside === '('
    if (/[A-Za-z_]/.test(character) || (withColons && character === ':')) return this.#name(from, withColons)
    const mark = this.#match('mark')
    if (mark === undefined) return this.#unknown(from)
    return this.#mark(this.#push('mark', from))
  }

  #name(from: number, withColons: boolean): undefined {
    this.#match(withColons ? 'name' : 'label')
    this.#push('name', from)
  }

  #string(from: number): Problem | undefined {
    const literal = this.#match('text')
    if (literal === undefined) {
      return problem('promql/unclosed-string', { from, to: this.#text.length }, { quote: this.#text[from]! })
    }
    const result = unquote(literal)
    if ('badEscape' in result) {
      const start = from + result.badEscape
      const sequence = this.#text.slice(start, start + 2)
      return problem('promql/escape', { from: start, to: start + 2 }, { sequence, doubled: `\\${sequence}` })
    }
    this.#push('string', from)
    return undefined
  }

  #figure(from: number): Problem | undefined {
    let figure = this.#match('figure') ?? ''
    if (figure === '') return this.#unknown(from)
    if (/[eE]$/.test(figure) && !/^0[xX]/.test(figure)) figure += this.#match('exponent') ?? ''
    const kind = isNumber.test(figure) ? 'number' : isDuration.test(figure) ? 'duration' : undefined
    if (kind === undefined) return problem('promql/number', { from, to: this.#at }, { got: figure })
    this.#push(kind, from)
    return undefined
  }

  #mark(token: Token): Problem | undefined {
    const { text } = token
    if (Object.hasOwn(closing, text)) {
      this.#open.push(token)
      return undefined
    }
    if (!/^[)\]}]$/.test(text)) return undefined
    const open = this.#open.pop()
    if (open === undefined) return problem('promql/unopened', token, { bracket: text })
    const expected = closing[open.text]!
    if (expected === text) return undefined
    return problem('promql/unclosed', open, { bracket: open.text, closing: expected })
  }

  #unknown(from: number): Problem {
    const character = String.fromCodePoint(this.#text.codePointAt(from)!)
    return problem('promql/character', { from, to: from + character.length }, { character: named(character) })
  }

  #push(kind: TokenKind, from: number): Token {
    const token = { kind, from, to: this.#at, text: this.#text.slice(from, this.#at) }
    this.tokens.push(token)
    return token
  }

  /** Takes what a pattern matches here. */
  #match(name: keyof ReturnType<typeof newPatterns>): string | undefined {
    const pattern = this.#patterns[name]
    pattern.lastIndex = this.#at
    const text = pattern.exec(this.#text)?.[0]
    if (text === undefined) return undefined
    this.#at += text.length
    return text
  }
}

/** A character that can be seen: others by their number. */
function named(character: string): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return /[\p{C}\p{Z}]/u.test(character) ? `U+${code}` : `"${character}"`
}

/** The token that begins at or behind a position. */
export function tokenFrom(tokens: readonly Token[], position: number): Token | undefined {
  return tokens.find((token) => token.from >= position || token.to > position)
}

/** A span of nothing at the end of a text. */
export function endOf(text: string): Span {
  return { from: text.length, to: text.length }
}
