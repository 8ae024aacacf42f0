import { TextFormatError, type TextSample, type TextType } from './text-sample.js'

const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y
const TOKEN = /[^ \t]+/y
const BLANKS = /[ \t]*/y
const DECIMAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
])
const types: readonly string[] = ['counter', 'gauge', 'histogram', 'summary', 'untyped']

export interface Metadata {
  readonly keyword: 'HELP' | 'TYPE'
  readonly name: string
  readonly text: string
}

/** Reads one line of the text format from left to right. */
export class LineReader {
  readonly #line: string
  readonly #number: number
  #at = 0

  constructor(line: string, number: number) {
    this.#line = line
    this.#number = number
  }

  fail(message: string): never {
    throw new TextFormatError(this.#number, `${message}: ${this.#line}`)
  }

  /** A HELP or TYPE line; `undefined` for any other comment. */
  metadata(): Metadata | undefined {
    this.#at = 1
    this.#match(BLANKS)
    const keyword = this.#match(TOKEN)
    if (keyword !== 'HELP' && keyword !== 'TYPE') return undefined
    this.#match(BLANKS)
    const name = this.#need(METRIC_NAME, 'a metric name')
    if (!this.#ended && this.#match(BLANKS) === '') this.fail('the metric name is not valid')
    const rest = this.#line.slice(this.#at)
    return { keyword, name, text: keyword === 'HELP' ? this.#unescape(rest, 'n\\') : rest }
  }

  type(text: string): TextType {
    if (types.includes(text)) return text as TextType
    return this.fail(`"${text}" is not a type`)
  }

  sample(): TextSample {
    const name = this.#need(METRIC_NAME, 'a metric name')
    const spaced = this.#match(BLANKS) !== ''
    const labelled = this.#line[this.#at] === '{'
    const labels = labelled ? this.#labels() : {}
    if (this.#match(BLANKS) === '' && !labelled && !spaced) this.fail('the metric name is not valid')
    const value = this.number(this.#need(TOKEN, 'a value'))
    this.#match(BLANKS)
    const stamp = this.#match(TOKEN)
    this.#match(BLANKS)
    if (!this.#ended) this.fail('there is something after the sample')
    const sample = { name, labels, value, line: this.#number }
    if (stamp === '') return sample
    if (!/^-?\d+$/.test(stamp)) this.fail(`"${stamp}" is not a timestamp in milliseconds`)
    return { ...sample, timestamp: Number(stamp) }
  }

  number(text: string): number {
    const special = SPECIAL.get(text.toLowerCase())
    if (special !== undefined) return special
    return DECIMAL.test(text) ? Number(text) : this.fail(`"${text}" is not a number`)
  }

  get #ended(): boolean {
    return this.#at >= this.#line.length
  }

  #labels(): Record<string, string> {
    const labels: Record<string, string> = {}
    this.#at++
    for (;;) {
      this.#match(BLANKS)
      if (this.#skip('}')) return labels
      const name = this.#need(LABEL_NAME, 'a label name')
      if (Object.hasOwn(labels, name)) this.fail(`label ${name} is given twice`)
      this.#match(BLANKS)
      if (!this.#skip('=')) this.fail(`there is no "=" after label ${name}`)
      this.#match(BLANKS)
      labels[name] = this.#quoted()
      this.#match(BLANKS)
      if (!this.#skip(',') && this.#line[this.#at] !== '}') this.fail('the labels are not separated by ","')
    }
  }

  #quoted(): string {
    if (!this.#skip('"')) this.fail('a label value is not quoted')
    const start = this.#at
    while (!this.#ended && this.#line[this.#at] !== '"') this.#at += this.#line[this.#at] === '\\' ? 2 : 1
    const value = this.#line.slice(start, this.#at)
    if (!this.#skip('"')) this.fail('a label value has no end')
    return this.#unescape(value, 'n\\"')
  }

  #unescape(text: string, allowed: string): string {
    return text.replace(/\\(.?)/gs, (found, character: string) => {
      if (character === '' || !allowed.includes(character)) this.fail(`${found} is not an escape`)
      return character === 'n' ? '\n' : character
    })
  }

  #skip(character: string): boolean {
    if (this.#line[this.#at] !== character) return false
    this.#at++
    return true
  }

  #need(pattern: RegExp, what: string): string {
    return this.#match(pattern) || this.fail(`there is no ${what.replace(/^an? /, '')} where one is expected`)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#line)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}
