export {
  AdvancedPrometheusClient,
  type AdvancedPrometheusClientOptions,
} from './application/advanced-prometheus-client.js'
export {
  MetricsCollectionService,
  type MetricsCollectionServiceOptions,
} from './application/metrics-collection-service.js'
export { getMetricsConfig, type MetricsConfig, metricsConfig } from './application/metrics-config.js'
export {
  type ErrorMiddleware,
  type HTTPMetricsOptions,
  MetricsMiddleware,
  type MetricsMiddlewareOptions,
  type Middleware,
} from './application/metrics-middleware.js'
export { MetricsRoutes, type MetricsRoutesOptions } from './application/metrics-routes.js'
export { MetricsServer, type MetricsServerOptions } from './application/metrics-server.js'
export { PrometheusClient, type PrometheusClientOptions } from './application/prometheus-client.js'
export {
  type SetupAreaResult,
  type SetupFinding,
  type SetupOptions,
  validatePrometheusSetup,
  validationChecklist,
} from './application/validate-setup.js'
export {
  type ByteExposition,
  type ExposeOptions,
  type Exposition,
  expose,
  exposeBytes,
  exposeJson,
} from './exposition/expose.js'
export type { JsonFamily, JsonSample } from './exposition/json-encoder.js'
export { TEXT_CONTENT_TYPE } from './exposition/text-encoder.js'
export { defaultBuckets, exponentialBuckets, linearBuckets } from './metrics/bucket-bounds.js'
export { Counter, type CounterOptions, CounterSeries } from './metrics/counter.js'
export { type Family, OVERFLOW } from './metrics/family.js'
export { Gauge, type GaugeOptions, GaugeSeries } from './metrics/gauge.js'
export { Histogram, type HistogramOptions, HistogramSeries } from './metrics/histogram.js'
export type { DropReason } from './metrics/home.js'
export type { FamilyHeader, LineShape, SeriesIdentity, Sink } from './metrics/sample-line.js'
export { Summary, type SummaryOptions, SummarySeries } from './metrics/summary.js'
export { type Clock, systemClock } from './model/clock.js'
export { TelltaleError } from './model/error.js'
export { type ErrorCode, errorCodes } from './model/error-code.js'
export type {
  LabelNames,
  LabelSchema,
  LabelsByName,
  LabelsByPosition,
  LabelValue,
  NoLabels,
} from './model/label-schema.js'
export type { MetricType } from './model/metric-name.js'
export { getOptimizationTips, type OptimizationTips } from './monitoring/optimization-tips.js'
export type { Language, SetupArea } from './monitoring/setup/setup-checklist.js'
export type { Collector } from './registry/collector-set.js'
export { defaultRegistry } from './registry/default-registry.js'
export { type Gathering, Registry, type RegistryOptions } from './registry/registry.js'
