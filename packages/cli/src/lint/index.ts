export { lintAlertmanager } from './alertmanager/lint-alertmanager.js'
export { lintPrometheus } from './config/lint-prometheus.js'
export { lintDashboard } from './dashboard/lint-dashboard.js'
export { type DocumentKind, documentKinds, recognise } from './document-kind.js'
export { filesMatching } from './file-patterns.js'
export { withoutIgnored } from './ignored.js'
export { knownMetrics } from './known-metrics.js'
export { lintCheckIds, lintChecks } from './lint-checks.js'
export { lintMetrics, readMetrics } from './metrics/lint-metrics.js'
export { labelsOf } from './query/label-flow.js'
export { queryRemarks } from './query/query-remarks.js'
export { lintRules } from './rules/lint-rules.js'
export { type LintRun, runLint } from './run-lint.js'
export {
  fileSubject,
  type KnownMetrics,
  type LintSettings,
  type MetricType,
  type Subject,
  urlSubject,
} from './subject.js'
export { yamlFindings } from './yaml-findings.js'
