import type { Span } from './ast.js'
import type { Problem } from './problem.js'
import { unquote } from './string-literal.js'
import { syntaxError } from './syntax-error.js'
import type { Token } from './token.js'

/** The text of an expression as it was written, where the grammar read a plainer one. */
export class WrittenText {
  readonly #text: string
  readonly #tokens: readonly Token[]
  /** Strings by where they begin: the grammar read others of the same length in their place. */
  readonly #strings: ReadonlyMap<number, string>

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text
    this.#tokens = tokens
    this.#strings = new Map(
      tokens.filter(({ kind }) => kind === 'string').map(({ from, text: literal }) => [from, literal]),
    )
  }

  /** The error of something that the grammar let pass. */
  errorAt(position: number): Problem {
    return syntaxError(this.#text, this.#tokens, position)
  }

  slice({ from, to }: Span): string {
    return this.#text.slice(from, to)
  }

  /** The value of the string that begins where `place` does. */
  string({ from }: Span): string {
    const result = unquote(this.#strings.get(from) ?? '""')
    // The scanner let no bad escape pass.
    return 'value' in result ? result.value : ''
  }
}
