import type { Call, Labelled, Matcher, OverTime, Query, Selector } from '../query/query.js'
import { aggregated } from './aggregation.js'
import type { History, Point, Series } from './history.js'
import { asVector, operated } from './operation.js'
import { histogramQuantile } from './quantile.js'
import { overPoints } from './range-functions.js'
import { dropLabels, type Element, labelKey, type Value } from './vector.js'

/** Seconds between the moments at which a recording rule below a range is evaluated. */
const RECORDED_STEP = 60

/** How long a range is looked at that a query says to be so long, in seconds. */
export type Widen = (query: OverTime) => number

/**
 * The meaning of queries over a {@link History} at one moment, as PromQL has it in Prometheus 3. Recording rules are
 * evaluated where they are read. What several queries share is evaluated once.
 */
export class Evaluation {
  readonly #history: History
  readonly #at: number
  readonly #range: Widen
  readonly #known = new Map<Query, Value>()
  readonly #past = new Map<number, Evaluation>()

  constructor(history: History, at: number, range: Widen = (query) => query.range) {
    this.#history = history
    this.#at = at
    this.#range = range
  }

  /** The elements of the result; a number is one without labels. */
  vector(query: Query): readonly Element[] {
    return asVector(this.value(query))
  }

  value(query: Query): Value {
    const known = this.#known.get(query)
    if (known !== undefined) return known
    const value = this.#evaluate(query)
    this.#known.set(query, value)
    return value
  }

  #evaluate(query: Query): Value {
    switch (query.kind) {
      case 'selector':
        return this.#select(query)
      case 'over':
        return this.#over(query)
      case 'call':
        return this.#call(query)
      case 'aggregate':
        return aggregated(query, this.vector(query.of))
      case 'binary':
        return operated(query, this.value(query.left), this.value(query.right))
      case 'label':
        return this.vector(query.of).map((element) => relabelled(query, element))
      case 'vector':
        return [{ labels: {}, value: query.value }]
      case 'number':
        return query.value
      case 'time':
        return this.#at
    }
  }

  #select({ of, match, offset }: Selector): readonly Element[] {
    if (offset !== 0) return this.#ago(offset).vector({ kind: 'selector', of, match, offset: 0 })
    if (typeof of !== 'string') {
      const added = { ...of.added }
      const recorded = this.vector(of.query).map(({ labels, value }) => ({
        labels: { ...labels, ...added },
        value,
      }))
      return recorded.filter(testFor(match))
    }
    return this.#series(of, match).flatMap((series) => {
      const value = series.at(this.#at)
      return value === undefined ? [] : [{ labels: series.labels, value }]
    })
  }

  #series(name: string, match: readonly Matcher[]): readonly Series[] {
    return [...this.#history.series(name)].filter(testFor(match))
  }

  #over(query: OverTime): readonly Element[] {
    const { of, step } = query
    const length = this.#range(query)
    const isStored = of.kind === 'selector' && typeof of.of === 'string' && step === undefined
    const end = this.#at - (isStored ? of.offset : 0)
    const range = { start: end - length, end }
    const all = isStored
      ? this.#series(of.of, of.match).map((series) => ({
          labels: series.labels,
          points: series.between(range.start, range.end),
        }))
      : this.#subquery(of, range, step ?? RECORDED_STEP)
    return all.flatMap(({ labels, points }) => {
      const value = overPoints(query, points, range)
      return value === undefined ? [] : [{ labels, value }]
    })
  }

  /** The query at each whole multiple of the step within the range. */
  #subquery(of: Query, range: { readonly start: number; readonly end: number }, step: number) {
    const found = new Map<string, { labels: Element['labels']; points: Point[] }>()
    for (let at = (Math.floor(range.start / step) + 1) * step; at <= range.end; at += step) {
      for (const { labels, value } of this.#ago(this.#at - at).vector(of)) {
        const key = labelKey(labels)
        const series = found.get(key) ?? { labels, points: [] }
        found.set(key, series)
        series.points.push({ at, value })
      }
    }
    return [...found.values()]
  }

  #ago(seconds: number): Evaluation {
    const known = this.#past.get(seconds) ?? new Evaluation(this.#history, this.#at - seconds, this.#range)
    this.#past.set(seconds, known)
    return known
  }

  #call({ fn, of, argument = 0 }: Call): readonly Element[] {
    const vector = this.vector(of)
    switch (fn) {
      case 'histogram_quantile':
        return histogramQuantile(argument, vector)
      case 'clamp_min':
        return vector.map(({ labels, value }) => ({ labels, value: Math.max(value, argument) }))
      case 'clamp_max':
        return vector.map(({ labels, value }) => ({ labels, value: Math.min(value, argument) }))
      case 'abs':
        return vector.map(({ labels, value }) => ({ labels, value: Math.abs(value) }))
      case 'absent':
        return vector.length > 0 ? [] : [{ labels: namedLabels(of), value: 1 }]
      case 'sort_desc':
        return [...vector].sort((a, b) => b.value - a.value)
    }
  }
}

/** The labels that a selector fixes. */
function namedLabels(query: Query): Element['labels'] {
  if (query.kind !== 'selector') return {}
  return Object.fromEntries(
    query.match.flatMap(({ op, label, value }) => (op === '=' ? [[label, value]] : [])),
  )
}

function relabelled({ label, value }: Labelled, element: Element): Element {
  const rest = dropLabels(element.labels, [label])
  return { labels: value === '' ? rest : { ...rest, [label]: value }, value: element.value }
}

type LabelTest = (labelled: Pick<Element, 'labels'>) => boolean

/** Whether labels fulfil all matchers. */
function testFor(match: readonly Matcher[]): LabelTest {
  const tests = match.map(matcherTest)
  return (labelled) => tests.every((test) => test(labelled))
}

/** A label that is missing is empty, as in Prometheus; a regular expression matches the whole value. */
function matcherTest({ label, op, value }: Matcher): LabelTest {
  const isNegative = op === '!=' || op === '!~'
  if (op === '=' || op === '!=') return ({ labels }) => ((labels[label] ?? '') === value) !== isNegative
  const pattern = new RegExp(`^(?:${value})$`, 's')
  return ({ labels }) => pattern.test(labels[label] ?? '') !== isNegative
}
