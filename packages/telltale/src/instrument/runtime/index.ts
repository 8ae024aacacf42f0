export { collectRuntimeMetrics, type RuntimeMetricsOptions } from './runtime-metrics.js'
export { type RuntimeCollector, runtimeCollectors } from './sources.js'
