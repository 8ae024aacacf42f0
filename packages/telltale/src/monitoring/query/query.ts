/** A condition on a label. */
export interface Matcher {
  readonly label: string
  readonly op: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

/** The result of a query under a name, written anew by Prometheus at each evaluation. */
export interface RecordingRule {
  /** `level:metric:operation`. */
  readonly record: string
  readonly query: Query
  /** The labels that its series have. */
  readonly labels: readonly string[]
  /** Labels that are put on its series, with their values. */
  readonly added?: Readonly<Record<string, string>>
}

/** Which series: those of a stored sample, or those that a recording rule writes. */
export interface Selector {
  readonly kind: 'selector'
  readonly of: string | RecordingRule
  readonly match: readonly Matcher[]
  /** How long ago, in seconds. */
  readonly offset: number
}

/** A function over a range of a selector, or with `step` over a subquery. */
export interface OverTime {
  readonly kind: 'over'
  readonly fn: RangeFunction
  readonly of: Query
  /** Seconds. */
  readonly range: number
  /** Seconds between the evaluations of a subquery. */
  readonly step?: number
  /** Of `predict_linear`: how far ahead, in seconds. Of `quantile_over_time`: the quantile. */
  readonly argument?: number
}

export type RangeFunction =
  | 'rate'
  | 'increase'
  | 'delta'
  | 'deriv'
  | 'changes'
  | 'resets'
  | 'avg_over_time'
  | 'min_over_time'
  | 'max_over_time'
  | 'sum_over_time'
  | 'count_over_time'
  | 'stddev_over_time'
  | 'last_over_time'
  | 'present_over_time'
  | 'quantile_over_time'
  | 'predict_linear'

/** A function of one instant vector; `histogram_quantile`, `clamp_min` and `clamp_max` with a number. */
export interface Call {
  readonly kind: 'call'
  readonly fn: 'histogram_quantile' | 'clamp_min' | 'clamp_max' | 'abs' | 'absent' | 'sort_desc'
  readonly argument?: number
  readonly of: Query
}

/** `vector(n)`. */
export interface Constant {
  readonly kind: 'vector'
  readonly value: number
}

/** A number, one operand of an operation. */
export interface Scalar {
  readonly kind: 'number'
  readonly value: number
}

/** The seconds since 1970 at the moment of the evaluation. */
export interface Now {
  readonly kind: 'time'
}

/** The same series with a label set to a fixed value. */
export interface Labelled {
  readonly kind: 'label'
  readonly of: Query
  readonly label: string
  readonly value: string
}

export interface Aggregation {
  readonly kind: 'aggregate'
  readonly fn: 'sum' | 'avg' | 'min' | 'max' | 'count' | 'group' | 'quantile' | 'topk' | 'bottomk'
  readonly of: Query
  readonly grouping: 'by' | 'without'
  readonly labels: readonly string[]
  /** Of `topk` and `bottomk` how many, of `quantile` which. */
  readonly argument?: number
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^'
export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<='
export type SetOperator = 'and' | 'or' | 'unless'

export interface Binary {
  readonly kind: 'binary'
  readonly op: ArithmeticOperator | ComparisonOperator | SetOperator
  readonly left: Query
  readonly right: Query
  /** The labels by which the two sides are matched; all of them when absent. */
  readonly on?: readonly string[]
  /** The side on which several series may match one, and the labels taken from the one. */
  readonly group?: { readonly side: 'left' | 'right'; readonly include: readonly string[] }
}

/** A question to the stored samples: a small tree that is written as PromQL by {@link promql}. */
export type Query = Selector | OverTime | Call | Constant | Scalar | Now | Labelled | Aggregation | Binary
