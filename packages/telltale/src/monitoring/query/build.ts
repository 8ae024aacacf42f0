import type { SampleName } from '../metrics/metric-catalogue.js'
import type {
  Aggregation,
  ArithmeticOperator,
  Binary,
  Call,
  ComparisonOperator,
  Labelled,
  Matcher,
  OverTime,
  Query,
  RangeFunction,
  RecordingRule,
  Scalar,
  Selector,
  SetOperator,
} from './query.js'

// Seconds, as every duration of a query.
export const MINUTE = 60
export const HOUR = 3600
export const DAY = 86_400
export const WEEK = 7 * DAY

/** Series of a sample that the catalogue has. */
export function metric(sample: SampleName, ...match: readonly Matcher[]): Selector {
  return { kind: 'selector', of: sample, match, offset: 0 }
}

/** Series of a sample that the catalogue does not know, such as one of a custom metric. */
export function customMetric(sample: string, match: readonly Matcher[]): Selector {
  return { kind: 'selector', of: sample, match, offset: 0 }
}

/** Series that a recording rule writes. */
export function recorded(rule: RecordingRule, ...match: readonly Matcher[]): Selector {
  return { kind: 'selector', of: rule, match, offset: 0 }
}

/** The same series as they were `seconds` ago. */
export function ago(selector: Selector, seconds: number): Selector {
  return { ...selector, offset: selector.offset + seconds }
}

export const eq = (label: string, value: string): Matcher => ({ label, op: '=', value })
export const not = (label: string, value: string): Matcher => ({ label, op: '!=', value })
/** The whole value matches the regular expression. */
export const like = (label: string, value: string): Matcher => ({ label, op: '=~', value })
/** The whole value does not match the regular expression. */
export const unlike = (label: string, value: string): Matcher => ({ label, op: '!~', value })

export const num = (value: number): Scalar => ({ kind: 'number', value })

export function over(fn: RangeFunction, of: Selector, range: number): OverTime {
  return { kind: 'over', fn, of, range }
}

export const rate = (of: Selector, range = 5 * MINUTE) => over('rate', of, range)
export const increase = (of: Selector, range = 5 * MINUTE) => over('increase', of, range)

/** A function over a subquery: `of` evaluated every `step` seconds. */
export function overSubquery(fn: RangeFunction, of: Query, range: number, step: number): OverTime {
  return { kind: 'over', fn, of, range, step }
}

/** What a straight line through the range would give in `ahead` seconds. */
export function predict(of: Query, range: number, ahead: number, step?: number): OverTime {
  return {
    kind: 'over',
    fn: 'predict_linear',
    of,
    range,
    argument: ahead,
    ...(step !== undefined && { step }),
  }
}

export function aggregate(fn: Aggregation['fn'], by: readonly string[], of: Query): Aggregation {
  return { kind: 'aggregate', fn, grouping: 'by', labels: by, of }
}

export const sumBy = (by: readonly string[], of: Query) => aggregate('sum', by, of)
export const maxBy = (by: readonly string[], of: Query) => aggregate('max', by, of)
export const minBy = (by: readonly string[], of: Query) => aggregate('min', by, of)
export const countBy = (by: readonly string[], of: Query) => aggregate('count', by, of)

export function sumWithout(labels: readonly string[], of: Query): Aggregation {
  return { kind: 'aggregate', fn: 'sum', grouping: 'without', labels, of }
}

export function topk(count: number, of: Query): Aggregation {
  return { kind: 'aggregate', fn: 'topk', grouping: 'by', labels: [], of, argument: count }
}

/** The quantile of classic buckets; `of` must keep `le`. */
export function histogramQuantile(quantile: number, of: Query): Call {
  return { kind: 'call', fn: 'histogram_quantile', argument: quantile, of }
}

export const call = (fn: Call['fn'], of: Query, argument?: number): Call => ({
  kind: 'call',
  fn,
  of,
  ...(argument !== undefined && { argument }),
})

export const labelled = (of: Query, label: string, value: string): Labelled => ({
  kind: 'label',
  of,
  label,
  value,
})

export function binary(
  left: Query,
  op: ArithmeticOperator | ComparisonOperator | SetOperator,
  right: Query,
  on?: readonly string[],
): Binary {
  return { kind: 'binary', op, left, right, ...(on !== undefined && { on }) }
}

/** `left / right` where `right` is above zero: no 0/0. */
export function ratio(left: Query, right: Query, on?: readonly string[]): Binary {
  return binary(left, '/', binary(right, '>', num(0)), on)
}

/** `of`, or zero for each series of `all` that `of` lacks: errors exist before the first error. */
export function orZero(of: Query, all: Query): Binary {
  return binary(of, 'or', binary(num(0), '*', all))
}

export const and = (left: Query, right: Query, on?: readonly string[]) => binary(left, 'and', right, on)

/**
 * The increase of counters that do not exist before they count: a series that is new within the range counts in
 * full, unless its target was not up before.
 */
export function increaseFromNothing(of: Selector, range: number): Binary {
  const born = binary(of, 'unless', ago(of, range))
  const wasUp = binary(ago(metric('up'), range), '==', num(1))
  const known = and(born, wasUp, ['job', 'instance'])
  return binary(known, 'or', increase(of, range))
}
