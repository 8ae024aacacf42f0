import type { Aggregator } from '../aggregate/aggregator.js'
import type { MetricType } from '../model/metric-name.js'
import type { LabelValues } from './label-values.js'

export type { Aggregator, MetricType }

/** What there is to know of a metric without its values. */
export interface MetricObject {
  name: string
  help: string
  type: MetricType
  aggregator: Aggregator
}

export interface MetricValue<T extends string> {
  value: number
  labels: LabelValues<T>
}

/** A value that has a name of its own, such as `http_request_duration_seconds_count`. */
export interface MetricValueWithName<T extends string> extends MetricValue<T> {
  metricName?: string
}

export interface MetricObjectWithValues<T extends MetricValue<string>> extends MetricObject {
  values: T[]
}
