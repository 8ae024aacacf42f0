/** Where the samples of a metric come from. */
export type MetricSource =
  | 'application'
  | 'runtime'
  | 'telltale'
  | 'delivery'
  | 'target'
  | 'server'
  | 'machine'

/** A metric that a query may name. */
export interface KnownMetric {
  readonly type: 'counter' | 'gauge' | 'histogram'
  /** Its own labels; Prometheus adds `job` and `instance`. */
  readonly labels: readonly string[]
}

/** Names of metrics, and what they are. */
export type MetricTable = Readonly<Record<string, KnownMetric>>

/** The names under which the samples of a table's metrics are stored. */
export type SampleOf<T extends MetricTable> = {
  [N in keyof T & string]: T[N]['type'] extends 'histogram' ? `${N}_${'bucket' | 'sum' | 'count'}` : N
}[keyof T & string]
