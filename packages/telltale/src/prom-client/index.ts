import { defaultRegistry } from '../registry/default-registry.js'
import { joinThreads } from '../serve/threads/thread-member.js'

export type { MetricJson } from '../aggregate/metric-json.js'
export { isMetricName as validateMetricName } from '../model/metric-name.js'
export { AggregatorRegistry, type AggregatorRegistryOptions } from './aggregator-registry.js'
export { type AggregatorFunction, aggregators } from './aggregators.js'
export { exponentialBuckets, linearBuckets } from './buckets.js'
export type { CollectFunction, MetricConfiguration } from './configuration.js'
export {
  type Charset,
  type OpenMetricsContentType,
  type OpenMetricsMIME,
  type OpenMetricsVersion,
  openMetricsContentType,
  type PrometheusContentType,
  type PrometheusMetricsVersion,
  type PrometheusMIME,
  prometheusContentType,
  type RegistryContentType,
} from './content-type.js'
export { Counter, type CounterConfiguration } from './counter.js'
export { collectDefaultMetrics, type DefaultMetricsCollectorConfiguration } from './default-metrics.js'
export type { IncreaseDataWithExemplar, ObserveDataWithExemplar } from './exemplar-recording.js'
export { Gauge, type GaugeConfiguration } from './gauge.js'
export { contentType, globalRegistry, register } from './global-registry.js'
export { Histogram, type HistogramConfiguration } from './histogram.js'
export type { LabelValues } from './label-values.js'
export type { Metric } from './metric.js'
export type {
  Aggregator,
  MetricObject,
  MetricObjectWithValues,
  MetricType,
  MetricValue,
  MetricValueWithName,
} from './metric-object.js'
export { Pushgateway, type PushgatewayAnswer, type PushgatewayOptions } from './pushgateway.js'
export { Registry } from './registry.js'
export { Summary, type SummaryConfiguration } from './summary.js'
export type { EndTimer } from './timer.js'

// Loading the library in a worker thread is all it takes for its metrics to be in the scrape of the process.
joinThreads(defaultRegistry)
