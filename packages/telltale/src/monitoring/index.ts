export type { BoardName } from './dashboards/board.js'
export type {
  GrafanaAnnotation,
  GrafanaDashboard,
  GrafanaPanel,
  GrafanaRow,
  GrafanaTarget,
  GrafanaVariable,
} from './dashboards/classic-model.js'
export { type DashboardOptions, dashboardSignals, dashboards } from './dashboards/dashboards.js'
export type { KnownMetric, MetricSource, MetricTable } from './metrics/known-metric.js'
export {
  type CatalogueMetric,
  catalogueMetrics,
  metricCatalogue,
  metricOfSample,
  type SampleName,
} from './metrics/metric-catalogue.js'
export {
  type BurnWindow,
  burnWindows,
  canFire,
  largestFactor,
  secondsToExhaustion,
  secondsToFire,
} from './objectives/burn-windows.js'
export {
  errorBudget,
  type LatencyIndicator,
  type Objective,
  type RatioIndicator,
} from './objectives/objective.js'
export { type ObjectiveFile, readObjectives } from './objectives/objective-file.js'
export { objectiveRecordNames } from './objectives/objective-records.js'
export { burnLimits, objectiveRules } from './objectives/objective-rules.js'
export { getOptimizationTips, type OptimizationTips, type TipArea } from './optimization-tips.js'
export * as query from './query/build.js'
export { durationSeconds, durationText } from './query/duration-text.js'
export { promql } from './query/promql.js'
export {
  type DurationUse,
  guidePrefixes,
  type PrometheusTarget,
  type PromqlOptions,
} from './query/promql-options.js'
export type {
  Aggregation,
  ArithmeticOperator,
  Binary,
  Call,
  ComparisonOperator,
  Constant,
  Labelled,
  Matcher,
  Now,
  OverTime,
  Query,
  RangeFunction,
  RecordingRule,
  Scalar,
  Selector,
  SetOperator,
} from './query/query.js'
export { resultLabels } from './query/result-labels.js'
export { lookBack, metricsOf, recordsOf, samplesOf, selectorsOf } from './query/walk.js'
export { type AlertPageOptions, alertPage } from './rules/alert-page.js'
export { alertQuery } from './rules/alert-rules.js'
export { dashboardUid, dashboardUids } from './rules/dashboard-link.js'
export { type InhibitRule, inhibitRules } from './rules/inhibition.js'
export type { AlertRuleEntry, RecordingRuleEntry, RuleFile, RuleGroup } from './rules/rule-file.js'
export { neededRetention, type RulePackOptions, rulePack } from './rules/rule-pack.js'
export type { RuleOptions } from './rules/rule-style.js'
export { thresholdText } from './rules/threshold-text.js'
export { recordsFor, signals, type Tuning, tuneSignals } from './signals/catalogue.js'
export { objectiveSignals } from './signals/objective-signals.js'
export type {
  AlertDefinition,
  Language,
  Minimum,
  PanelHint,
  Runbook,
  Severity,
  Signal,
  SignalGroup,
  SignalText,
  SignalUnit,
  Threshold,
  Visualisation,
} from './signals/signal.js'
