import {
  OpenMetricsError,
  type OpenMetricsSample,
  type OpenMetricsType,
  openMetricsTypes,
} from './openmetrics-sample.js'

const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y
const NUMBER = /[^ \n]+/y
const REAL = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['-inf', -Infinity],
])

export interface OpenMetricsMetadata {
  readonly keyword: 'TYPE' | 'UNIT' | 'HELP'
  readonly name: string
  readonly text: string
}

/** Reads one line of OpenMetrics from left to right; quoted names are read where they are permitted. */
export class OpenMetricsLine {
  readonly #line: string
  readonly #number: number
  readonly #quotedNames: boolean
  #at = 0

  constructor(line: string, number: number, quotedNames: boolean) {
    this.#line = line
    this.#number = number
    this.#quotedNames = quotedNames
  }

  fail(message: string): never {
    throw new OpenMetricsError(this.#number, `${message}: ${this.#line}`)
  }

  metadata(): OpenMetricsMetadata {
    const keyword = /^# (TYPE|UNIT|HELP) /.exec(this.#line)?.[1]
    if (keyword !== 'TYPE' && keyword !== 'UNIT' && keyword !== 'HELP') {
      return this.fail('a line with "#" that is neither TYPE, UNIT, HELP nor EOF')
    }
    this.#at = 7
    const name = this.#quoteOpens ? this.#quotedName() : this.#need(METRIC_NAME, 'a metric name')
    this.#expect(' ')
    const text = this.#line.slice(this.#at)
    return { keyword, name, text: keyword === 'HELP' ? this.#unescape(text) : text }
  }

  type(text: string): OpenMetricsType {
    return openMetricsTypes.find((type) => type === text) ?? this.fail(`"${text}" is not a type`)
  }

  sample(): OpenMetricsSample {
    this.#at = 0
    let name = this.#match(METRIC_NAME)
    const labels: Record<string, string> = {}
    if (this.#skip('{')) {
      if (name === '' && this.#quoteOpens) {
        name = this.#quotedName()
        if (this.#line[this.#at] !== '}') this.#expect(',')
        else if (this.#line[this.#at - 1] === ',') this.fail('a comma that nothing follows')
      }
      this.#labels(labels)
    }
    if (name === '') this.fail('no metric name')
    this.#expect(' ')
    const value = this.#value()
    const timestamp = this.#timestamp()
    const exemplar = this.#exemplar()
    if (this.#at < this.#line.length) this.fail('something after the sample')
    return { name, labels, value, ...timestamp, ...exemplar, line: this.#number }
  }

  #exemplar() {
    if (this.#at >= this.#line.length) return {}
    this.#expect(' # {')
    const labels: Record<string, string> = {}
    this.#labels(labels)
    this.#expect(' ')
    return { exemplar: { labels, value: this.#value(), ...this.#timestamp() } }
  }

  #timestamp(): { timestamp?: number } {
    if (this.#line[this.#at] !== ' ' || this.#line[this.#at + 1] === '#') return {}
    this.#at++
    const text = this.#need(NUMBER, 'a timestamp')
    return REAL.test(text) ? { timestamp: Number(text) } : this.fail(`"${text}" is not a timestamp`)
  }

  #value(): number {
    const text = this.#need(NUMBER, 'a value')
    const special = SPECIAL.get(text.toLowerCase())
    if (special !== undefined) return special
    return REAL.test(text) ? Number(text) : this.fail(`"${text}" is not a number`)
  }

  /** Up to and with the closing brace. */
  #labels(labels: Record<string, string>): void {
    if (this.#skip('}')) return
    for (;;) {
      const name = this.#quoteOpens ? this.#quotedName() : this.#need(LABEL_NAME, 'a label name')
      if (Object.hasOwn(labels, name)) this.fail(`label ${name} is given twice`)
      this.#expect('="')
      labels[name] = this.#untilQuote()
      if (this.#skip('}')) return
      this.#expect(',')
    }
  }

  get #quoteOpens(): boolean {
    return this.#line[this.#at] === '"'
  }

  #quotedName(): string {
    if (!this.#quotedNames) this.fail('a quoted name')
    this.#at++
    return this.#untilQuote() || this.fail('an empty name')
  }

  #untilQuote(): string {
    const start = this.#at
    while (this.#at < this.#line.length && this.#line[this.#at] !== '"') {
      this.#at += this.#line[this.#at] === '\\' ? 2 : 1
    }
    const text = this.#line.slice(start, this.#at)
    this.#expect('"')
    return this.#unescape(text)
  }

  #unescape(text: string): string {
    return text.replace(/\\(.?)|"/gs, (found, character: string | undefined) => {
      if (character === undefined || character === '' || !'n\\"'.includes(character)) {
        return this.fail(`${found} is not an escape`)
      }
      return character === 'n' ? '\n' : character
    })
  }

  #expect(text: string): void {
    if (!this.#line.startsWith(text, this.#at)) this.fail(`no "${text}" at column ${this.#at + 1}`)
    this.#at += text.length
  }

  #skip(character: string): boolean {
    if (this.#line[this.#at] !== character) return false
    this.#at++
    return true
  }

  #need(pattern: RegExp, what: string): string {
    return this.#match(pattern) || this.fail(`no ${what.replace(/^an? /, '')} at column ${this.#at + 1}`)
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#line)?.[0] ?? ''
    this.#at += found.length
    return found
  }
}
