import { metricOfSample } from '../metrics/metric-catalogue.js'
import { durationText } from './duration-text.js'
import { matcherText } from './label-matching.js'
import type { DurationUse, PrometheusTarget, PromqlOptions } from './promql-options.js'
import type { Aggregation, Binary, Call, Matcher, OverTime, Query, Selector } from './query.js'

// How tightly an operator binds, from the loosest.
const precedence: Readonly<Record<Binary['op'], number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '<': 3,
  '>=': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  '^': 6,
}

/** The resolution of the subquery that a recording rule becomes when it is written out below a range. */
const INLINE_STEP = 60

/** A query as PromQL. The text is the same for the same query and options. */
export function promql(query: Query, options: PromqlOptions = {}): string {
  return new PromqlWriter(options).write(query)
}

class PromqlWriter {
  readonly #match: readonly Matcher[]
  readonly #prefixes: readonly string[]
  readonly #inline: boolean
  readonly #target: PrometheusTarget
  readonly #duration: (seconds: number, use: DurationUse) => string
  readonly #lines: 'one' | 'broken'

  constructor(options: PromqlOptions) {
    this.#match = options.match ?? []
    this.#prefixes = options.prefixes ?? ['']
    this.#inline = options.recorded === 'inline'
    this.#target = options.target ?? '2.42'
    this.#duration = options.duration ?? durationText
    this.#lines = options.lines ?? 'one'
  }

  write(query: Query): string {
    return this.#text(query, 0, this.#lines === 'broken' ? '\n' : ' ')
  }

  /** `past` is the offset, in seconds, that the query stands below. */
  #text(query: Query, past: number, space = ' '): string {
    switch (query.kind) {
      case 'selector':
        return this.#selector(query, past)
      case 'over':
        return this.#over(query, past)
      case 'call':
        return this.#call(query, past)
      case 'aggregate':
        return this.#aggregate(query, past)
      case 'binary':
        return this.#binary(query, past, space)
      case 'label':
        return `label_replace(${this.#text(query.of, past)}, "${query.label}", "${query.value}", "", "")`
      case 'vector':
        return `vector(${query.value})`
      case 'number':
        return String(query.value)
      case 'time':
        return 'time()'
    }
  }

  #selector(selector: Selector, past: number): string {
    const { of } = selector
    if (this.#inline && typeof of !== 'string') return `(${this.#text(of.query, past + selector.offset)})`
    const texts = this.#selectors(selector, past + selector.offset)
    return texts.length === 1 ? texts[0]! : `(${texts.join(' or ')})`
  }

  #over(query: OverTime, past: number): string {
    const { of } = query
    const range = this.#duration(query.range, 'range')
    if (of.kind === 'selector' && query.step === undefined && !(this.#inline && typeof of.of !== 'string')) {
      const texts = this.#selectors(of, past + of.offset, `[${range}]`)
      const calls = texts.map((text) => overCall(query, text))
      return calls.length === 1 ? calls[0]! : `(${calls.join(' or ')})`
    }
    const step = this.#duration(query.step ?? INLINE_STEP, 'step')
    const inner = this.#text(of, past)
    const enclosed = of.kind === 'binary' ? `(${inner})` : inner
    return overCall(query, `${enclosed}[${range}:${step}]`)
  }

  #call({ fn, argument, of }: Call, past: number): string {
    const text = this.#text(of, past)
    if (argument === undefined) return `${fn}(${text})`
    return fn === 'histogram_quantile' ? `${fn}(${argument}, ${text})` : `${fn}(${text}, ${argument})`
  }

  #aggregate({ fn, of, grouping, labels, argument }: Aggregation, past: number): string {
    const clause = grouping === 'by' && labels.length === 0 ? '' : ` ${grouping} (${labels.join(', ')})`
    const text = this.#text(of, past)
    return `${fn}${clause}${clause && ' '}(${argument === undefined ? '' : `${argument}, `}${text})`
  }

  #binary({ op, left, right, on, group }: Binary, past: number, space: string): string {
    const own = precedence[op]
    // `^` groups from the right, all others from the left.
    const between = own <= precedence.and ? space : ' '
    const leftText = this.#operand(left, op === '^' ? own + 1 : own, past, between)
    const rightText = this.#operand(right, op === '^' ? own : own + 1, past, between)
    const matching = on === undefined ? '' : ` on (${on.join(', ')})`
    const side = group === undefined ? '' : ` group_${group.side} (${group.include.join(', ')})`
    return `${leftText}${between}${op}${matching}${side} ${rightText}`
  }

  #operand(query: Query, atLeast: number, past: number, space: string): string {
    if (query.kind !== 'binary') return this.#text(query, past)
    const enclose = precedence[query.op] < atLeast
    const text = this.#text(query, past, enclose ? ' ' : space)
    return enclose ? `(${text})` : text
  }

  /** One selector for each name that the series may have. */
  #selectors({ of, match }: Selector, past: number, range = ''): readonly string[] {
    const labels = matcherText([...match, ...this.#added(of, match)], this.#target)
    const offset = past === 0 ? '' : ` offset ${this.#duration(past, 'offset')}`
    return this.#names(of).map((name) => `${name}${labels}${range}${offset}`)
  }

  #added(of: Selector['of'], own: readonly Matcher[]): readonly Matcher[] {
    const isFree = ({ label }: Matcher) =>
      !own.some((matcher) => matcher.label === label && matcher.op === '=')
    if (typeof of !== 'string') {
      return this.#match.filter((matcher) => of.labels.includes(matcher.label) && isFree(matcher))
    }
    const source = metricOfSample(of)?.source
    return source === 'server' || source === 'machine' ? [] : this.#match.filter(isFree)
  }

  #names(of: Selector['of']): readonly string[] {
    if (typeof of !== 'string') return [of.record]
    if (metricOfSample(of)?.source !== 'runtime') return [of]
    return [...new Set(this.#prefixes.map((prefix) => (of.startsWith(prefix) ? of : prefix + of)))]
  }
}

function overCall({ fn, argument }: OverTime, range: string): string {
  if (argument === undefined) return `${fn}(${range})`
  return fn === 'quantile_over_time' ? `${fn}(${argument}, ${range})` : `${fn}(${range}, ${argument})`
}
