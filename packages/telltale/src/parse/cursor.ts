import { shown } from '../model/metric-name.js'
import { ExpositionError } from './exposition-error.js'
import { parseNumber } from './sample-number.js'

const LETTER = 1
const DIGIT = 2
const COLON = 4
const TAB = 9
const LINE_FEED = 10
const SPACE = 32
const QUOTE = 34
const BACKSLASH = 92

/** Which characters a name may have, by their code. */
const kinds = new Uint8Array(128)
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_')
  kinds[character.charCodeAt(0)] = LETTER
for (const character of '0123456789') kinds[character.charCodeAt(0)] = DIGIT
kinds[58] = COLON

/** Reads a text from left to right, line by line, and knows where it is when something is wrong. */
export class Cursor {
  at = 0
  line = 1
  readonly text: string
  #lineStart = 0

  constructor(text: string) {
    this.text = text
  }

  get ended(): boolean {
    return this.at >= this.text.length
  }

  /** The code of the character here; NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.at)
  }

  get lineEnded(): boolean {
    const { code } = this
    return code === LINE_FEED || Number.isNaN(code)
  }

  nextLine(): void {
    this.at++
    this.line++
    this.#lineStart = this.at
  }

  /** Skips blanks and tabs; true when there was one. */
  skipBlanks(): boolean {
    const start = this.at
    for (let { code } = this; code === SPACE || code === TAB; code = this.text.charCodeAt(this.at)) this.at++
    return this.at > start
  }

  skip(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false
    this.at++
    return true
  }

  /** A name without quotes; `''` when none begins here. */
  name(kind: 'metric' | 'label'): string {
    const start = this.at
    const first = kind === 'metric' ? LETTER | COLON : LETTER
    if ((kinds[this.code]! & first) === 0) return ''
    this.at++
    while ((kinds[this.text.charCodeAt(this.at)]! & (first | DIGIT)) !== 0) this.at++
    return this.text.slice(start, this.at)
  }

  /** What stands up to the next blank, tab or line feed. */
  token(): string {
    const start = this.at
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      // Control characters and NaN end it too, by comparing false.
      if (!(code > SPACE)) break
      this.at++
    }
    return this.text.slice(start, this.at)
  }

  /** Everything up to the end of the line. */
  rest(): string {
    const end = this.text.indexOf('\n', this.at)
    const start = this.at
    this.at = end < 0 ? this.text.length : end
    return this.text.slice(start, this.at)
  }

  /** A text between quotes, unescaped; other escapes than `\\`, `\"` and `\n` are as they stand. */
  quoted(what: string): string {
    const { text } = this
    if (!this.skip(QUOTE)) this.fail(`${what} in quotes`)
    const start = this.at
    let escaped = false
    for (;;) {
      const code = text.charCodeAt(this.at)
      if (code === QUOTE) break
      if (code === LINE_FEED || Number.isNaN(code)) this.fail('the closing quote (") in this line')
      this.at++
      if (code === BACKSLASH) {
        escaped = true
        // Whatever it is, it does not close the text; the end of the line still does not belong to it.
        if (!this.lineEnded) this.at++
      }
    }
    const value = text.slice(start, this.at++)
    return escaped ? value.replace(/\\([\\"n])/g, unescaped) : value
  }

  number(what: string): number {
    const start = this.at
    const value = parseNumber(this.token())
    return value ?? this.fail(`${what}: digits such as 1.5 or 2e-3, NaN, +Inf or -Inf`, start)
  }

  /** Throws an {@link ExpositionError} for what stands at `at`. */
  fail(expected: string, at = this.at): never {
    return this.reject(this.#shownAt(at), expected, at)
  }

  /** The same, with words of its own for what was found. */
  reject(got: string, expected: string, at = this.at): never {
    throw new ExpositionError({ line: this.line, column: at - this.#lineStart + 1, got, expected })
  }

  #shownAt(at: number): string {
    const code = this.text.charCodeAt(at)
    if (Number.isNaN(code)) return 'the end of the text'
    if (code === LINE_FEED) return 'the end of the line'
    return shown(/^[^\n]\S*/u.exec(this.text.slice(at, at + 80))?.[0] ?? '')
  }
}

export function unescaped(_found: string, character: string): string {
  return character === 'n' ? '\n' : character
}
