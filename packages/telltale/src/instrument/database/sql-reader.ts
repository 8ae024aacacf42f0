/** A piece of a statement: a bare word, a quoted name, a literal or parameter, or one other character. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'value' | 'symbol'
  readonly text: string
}

/** Longer statements are read up to here; their table stands near the beginning in practice. */
const readLimit = 16_384

const blanks = /\s+/y
const word = /[\p{L}_][\p{L}\p{M}\p{N}_$]*/uy
const value = /\d[\w.]*|\$\d+|[:@]+[\p{L}\p{N}_]*|\?/uy
const dollarQuote = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy
const bracketed = /\[[^[\]'"`]*\]/y
const quotes = /['"`]/

/**
 * Reads a statement token by token, in time linear in its length. Dialects disagree on some literals and
 * comments (`'\'`, `#`, nested comments): where they do, the reader stops and `readable` becomes false,
 * because to go on might take the content of a literal for SQL.
 */
export class SqlReader {
  readonly #text: string
  #at = 0
  #depth = 0
  #readable: boolean

  constructor(text: string) {
    this.#text = text.length > readLimit ? text.slice(0, readLimit) : text
    this.#readable = text.length <= readLimit
  }

  /** How many parentheses are open. */
  get depth(): number {
    return this.#depth
  }

  /** False when the end was not the end of the statement. */
  get readable(): boolean {
    return this.#readable
  }

  next(): SqlToken | undefined {
    while (this.#at < this.#text.length) {
      if (this.#match(blanks) !== undefined || this.#skipComment()) continue
      return this.#at < this.#text.length ? this.#token() : undefined
    }
    return undefined
  }

  /** Steps over a dot that joins two names. */
  skipDot(): boolean {
    this.#match(blanks)
    if (this.#text[this.#at] !== '.') return false
    this.#at += 1
    return true
  }

  #token(): SqlToken | undefined {
    const first = this.#text[this.#at] ?? ''
    if (first === "'") return this.#quoted(first, 'value')
    if (first === '"' || first === '`') return this.#quoted(first, 'name')
    if (first === '[') return this.#bracketed()
    const name = this.#match(word)
    if (name !== undefined) return this.#word(name)
    const tag = this.#match(dollarQuote)
    if (tag !== undefined) return this.#dollarQuoted(tag)
    const text = this.#match(value)
    return text === undefined ? this.#symbol(first) : { kind: 'value', text }
  }

  #word(text: string): SqlToken | undefined {
    // Oracle's q'[…]' may hold quotes.
    if (this.#text[this.#at] === "'" && /^n?q$/i.test(text)) return this.#stop()
    return { kind: 'word', text }
  }

  #symbol(text: string): SqlToken {
    this.#at += 1
    if (text === '(') this.#depth += 1
    if (text === ')') this.#depth -= 1
    return { kind: 'symbol', text }
  }

  #quoted(quote: string, kind: 'value' | 'name'): SqlToken | undefined {
    const start = this.#at + 1
    let end = this.#text.indexOf(quote, start)
    while (end !== -1 && !this.#escapedAt(end)) {
      if (this.#text[end + 1] !== quote) {
        this.#at = end + 1
        return { kind, text: kind === 'name' ? this.#text.slice(start, end) : '' }
      }
      end = this.#text.indexOf(quote, end + 2)
    }
    return this.#stop()
  }

  /** An odd number of backslashes escapes a quote in MySQL and does not in standard SQL. */
  #escapedAt(end: number): boolean {
    let first = end
    while (this.#text[first - 1] === '\\') first -= 1
    return (end - first) % 2 === 1
  }

  #bracketed(): SqlToken {
    const text = this.#match(bracketed)
    return text === undefined ? this.#symbol('[') : { kind: 'name', text: text.slice(1, -1) }
  }

  #dollarQuoted(tag: string): SqlToken | undefined {
    const end = this.#text.indexOf(tag, this.#at)
    if (end === -1) return this.#stop()
    this.#at = end + tag.length
    return { kind: 'value', text: '' }
  }

  #skipComment(): boolean {
    const [first, second, third] = this.#text.slice(this.#at, this.#at + 3)
    if (first === '/' && second === '*') return this.#skipBlock()
    if (first === '#' && second !== '>') return this.#skipLine(false)
    if (first !== '-' || second !== '-') return false
    return this.#skipLine(third === undefined || /\s/.test(third))
  }

  #skipBlock(): boolean {
    const end = this.#text.indexOf('*/', this.#at + 2)
    const inner = this.#text.indexOf('/*', this.#at + 2)
    if (end === -1 || (inner !== -1 && inner < end)) this.#stop()
    else this.#at = end + 2
    return true
  }

  /** `#` and `--x` begin a comment in some dialects and are operators in others. */
  #skipLine(certain: boolean): boolean {
    const newline = this.#text.indexOf('\n', this.#at)
    const end = newline === -1 ? this.#text.length : newline
    if (!certain && quotes.test(this.#text.slice(this.#at, end))) this.#stop()
    this.#readable &&= certain
    this.#at = Math.max(this.#at, end)
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #stop(): undefined {
    this.#at = this.#text.length
    this.#readable = false
  }
}
