import { defaultRegistry } from './registry/default-registry.js'
import { joinThreads } from './serve/threads/thread-member.js'

export {
  AdvancedPrometheusClient,
  type AdvancedPrometheusClientOptions,
} from './application/advanced-prometheus-client.js'
export type { EndpointOptions } from './application/endpoint-options.js'
export type { HTTPMetricsOptions } from './application/http-recorder.js'
export {
  MetricsCollectionService,
  type MetricsCollectionServiceOptions,
} from './application/metrics-collection-service.js'
export { getMetricsConfig, type MetricsConfig, metricsConfig } from './application/metrics-config.js'
export { type FetchHandler, metricsFetchHandler } from './application/metrics-fetch-handler.js'
export {
  type ErrorMiddleware,
  MetricsMiddleware,
  type MetricsMiddlewareOptions,
  type Middleware,
} from './application/metrics-middleware.js'
export { metricsRouter } from './application/metrics-router.js'
export { MetricsRoutes, type MetricsRoutesOptions } from './application/metrics-routes.js'
export { MetricsServer, type MetricsServerOptions } from './application/metrics-server.js'
export type { MountedOptions } from './application/mounted-options.js'
export { PrometheusClient, type PrometheusClientOptions } from './application/prometheus-client.js'
export {
  type SetupAreaResult,
  type SetupFinding,
  type SetupOptions,
  validatePrometheusSetup,
  validationChecklist,
} from './application/validate-setup.js'
export { type BridgeOptions, bridge, type ForeignRegistry } from './bridge/bridge.js'
export {
  type ByteExposition,
  type ExposeOptions,
  type Exposition,
  expose,
  exposeBytes,
  exposeJson,
  type GatherOptions,
} from './exposition/expose.js'
export type { JsonFamily, JsonSample } from './exposition/json-encoder.js'
export { OPENMETRICS_2_CONTENT_TYPE } from './exposition/open-metrics-2-encoder.js'
export { OPENMETRICS_CONTENT_TYPE } from './exposition/open-metrics-encoder.js'
export { PROTOBUF_CONTENT_TYPE } from './exposition/protobuf-encoder.js'
export { TEXT_1_CONTENT_TYPE, TEXT_CONTENT_TYPE } from './exposition/text-encoder.js'
export {
  collectRuntimeMetrics,
  type RuntimeCollector,
  type RuntimeMetricsOptions,
  runtimeCollectors,
} from './instrument/runtime/index.js'
export type { Across } from './metrics/across.js'
export { defaultBuckets, exponentialBuckets, linearBuckets } from './metrics/bucket-bounds.js'
export { Counter, type CounterOptions, CounterSeries } from './metrics/counter.js'
export type { DropReason } from './metrics/drop-reason.js'
export {
  EXEMPLAR_CODE_POINTS,
  type Exemplar,
  type ExemplarLabels,
  type ExemplarProvider,
} from './metrics/exemplar.js'
export type { ExemplarTimes } from './metrics/exemplar-sampler.js'
export { type Family, OVERFLOW } from './metrics/family.js'
export { Gauge, type GaugeOptions, GaugeSeries } from './metrics/gauge.js'
export { Histogram, type HistogramOptions, HistogramSeries } from './metrics/histogram.js'
export { Info, type InfoOptions, InfoSeries } from './metrics/info.js'
export {
  type NativeCounts,
  type NativeHistogram,
  type NativeLayout,
  type NativeSpan,
  nativeLayout,
} from './metrics/native-histogram.js'
export { nativeBound, nativeIndex, nativeSchema } from './metrics/native-index.js'
export { mergeNative } from './metrics/native-merge.js'
export type { NativeOptions, NativePlan } from './metrics/native-options.js'
export type {
  FamilyHeader,
  LineShape,
  SeriesIdentity,
  SeriesRange,
  Sink,
} from './metrics/sample-line.js'
export { StateSet, type StateSetOptions, StateSetSeries } from './metrics/state-set.js'
export { Summary, type SummaryOptions, SummarySeries } from './metrics/summary.js'
export type { Timer } from './metrics/timer.js'
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
export type { EscapingScheme, NameRule } from './model/name-escaping.js'
export { getOptimizationTips, type OptimizationTips } from './monitoring/optimization-tips.js'
export type { Language, SetupArea } from './monitoring/setup/setup-checklist.js'
export type { Collected, Collector } from './registry/collector-set.js'
export { defaultRegistry } from './registry/default-registry.js'
export { openTelemetryExemplars } from './registry/open-telemetry-exemplars.js'
export { Registry, type RegistryOptions } from './registry/registry.js'
export type { Gathering, ScrapeSource } from './registry/scrape-source.js'
export type { EndpointLimits } from './serve/endpoint-settings.js'
export type { MountedLimits } from './serve/mounted-pages.js'

// Loading the library in a worker thread is all it takes for its metrics to be in the scrape of the process.
joinThreads(defaultRegistry)
