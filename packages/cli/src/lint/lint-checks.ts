import {
  type Catalogue,
  type CheckDefinition,
  CheckSet,
  type FindingText,
  type Severity,
} from '../finding/index.js'
import { promqlChecks } from '../promql/index.js'
import { alertmanagerEnglish } from './texts/alertmanager-english.js'
import { alertmanagerKorean } from './texts/alertmanager-korean.js'
import { configEnglish } from './texts/config-english.js'
import { configKorean } from './texts/config-korean.js'
import { dashboardEnglish } from './texts/dashboard-english.js'
import { dashboardKorean } from './texts/dashboard-korean.js'
import { lintEnglish } from './texts/lint-english.js'
import { lintKorean } from './texts/lint-korean.js'
import { metricsEnglish } from './texts/metrics-english.js'
import { metricsKorean } from './texts/metrics-korean.js'
import { queryEnglish } from './texts/query-english.js'
import { queryKorean } from './texts/query-korean.js'
import { rulesEnglish } from './texts/rules-english.js'
import { rulesKorean } from './texts/rules-korean.js'
import { yamlEnglish } from './texts/yaml-english.js'
import { yamlKorean } from './texts/yaml-korean.js'

const english = {
  ...yamlEnglish,
  ...rulesEnglish,
  ...queryEnglish,
  ...configEnglish,
  ...alertmanagerEnglish,
  ...dashboardEnglish,
  ...metricsEnglish,
  ...lintEnglish,
} as const satisfies Catalogue

/** An id of a check of lint that is not about the form of an expression. */
export type LintCheckId = keyof typeof english

const korean: Readonly<Record<LintCheckId, FindingText>> = {
  ...yamlKorean,
  ...rulesKorean,
  ...queryKorean,
  ...configKorean,
  ...alertmanagerKorean,
  ...dashboardKorean,
  ...metricsKorean,
  ...lintKorean,
}

/** Where the pages about an area are. */
const links: Readonly<Record<string, string>> = {
  rules: 'https://prometheus.io/docs/practices/alerting/',
  query: 'https://prometheus.io/docs/prometheus/latest/querying/functions/',
  config: 'https://prometheus.io/docs/prometheus/latest/configuration/configuration/',
  alertmanager: 'https://prometheus.io/docs/alerting/latest/configuration/',
  dashboard: 'https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/',
}

/** Errors are what the server refuses, or what can never work. Everything that is not named here is a warning. */
const severities: Partial<Record<LintCheckId, Severity>> = {
  'yaml/syntax': 'error',
  'yaml/duplicate-key': 'error',
  'yaml/too-large': 'error',
  'yaml/unknown-field': 'error',
  'yaml/missing-field': 'error',
  'yaml/wrong-type': 'error',
  'yaml/bad-value': 'error',
  'yaml/too-new': 'error',
  'yaml/removed-field': 'error',
  'rules/group-name-twice': 'error',
  'rules/record-or-alert': 'error',
  'rules/record-name': 'error',
  'rules/alert-only-field': 'error',
  'rules/label-name': 'error',
  'rules/template': 'error',
  'rules/result-type': 'error',
  'rules/value-in-label': 'error',
  'rules/zero-for': 'info',
  'rules/no-runbook': 'info',
  'rules/record-form': 'info',
  'rules/humanize': 'info',
  'rules/unused-keep-firing': 'info',
  'query/impossible-label': 'error',
  'query/contradiction': 'error',
  'query/histogram-le': 'error',
  'query/short-range': 'error',
  'query/tight-range': 'info',
  'query/regexp-literal': 'info',
  'query/regexp-anchors': 'info',
  'query/regexp-wildcard': 'info',
  'config/duplicate-job': 'error',
  'config/timeout-above-interval': 'error',
  'config/rule-file-missing': 'error',
  'config/file-missing': 'error',
  'config/tls-pair': 'error',
  'config/two-authentications': 'error',
  'config/reserved-header': 'error',
  'config/target': 'error',
  'config/relabel': 'error',
  'config/relabel-unused': 'error',
  'config/long-interval': 'info',
  'config/no-external-labels': 'info',
  'config/no-limits': 'info',
  'config/no-rules': 'info',
  'alertmanager/no-receiver': 'error',
  'alertmanager/root-matcher': 'error',
  'alertmanager/undefined-receiver': 'error',
  'alertmanager/duplicate-receiver': 'error',
  'alertmanager/duplicate-group-by': 'error',
  'alertmanager/group-by-all': 'error',
  'alertmanager/zero-interval': 'error',
  'alertmanager/matcher': 'error',
  'alertmanager/undefined-time-interval': 'error',
  'alertmanager/duplicate-time-interval': 'error',
  'alertmanager/missing-setting': 'error',
  'alertmanager/both-settings': 'error',
  'alertmanager/old-matcher': 'info',
  'alertmanager/unused-receiver': 'info',
  'dashboard/json': 'error',
  'dashboard/panel-id': 'error',
  'dashboard/ref-id': 'error',
  'dashboard/undefined-variable': 'error',
  'dashboard/angular': 'error',
  'dashboard/import-only': 'error',
  'dashboard/duplicate-uid': 'error',
  'dashboard/target-logql': 'error',
  'dashboard/template-promql': 'error',
  'dashboard/unused-variable': 'info',
  'dashboard/editable': 'info',
  'dashboard/target-logql-auto': 'info',
  'metrics/duplicate-series': 'error',
  'metrics/unit-suffix': 'error',
  'metrics/bucket-counts': 'error',
  'metrics/unreadable': 'error',
  'metrics/html': 'error',
  'metrics/one-bucket': 'info',
  'metrics/target-label': 'info',
  'metrics/constant-label': 'info',
  'lint/broken-json': 'error',
  'lint/unreadable': 'error',
  'lint/unreachable': 'error',
  'lint/too-large': 'error',
}

function definition(id: LintCheckId): CheckDefinition {
  const severity = severities[id] ?? 'warning'
  const link = links[id.slice(0, id.indexOf('/'))]
  return link === undefined ? { severity } : { severity, link }
}

const ids = Object.keys(english).filter((id): id is LintCheckId => Object.hasOwn(english, id))

/** Everything that lint can find, but for the form of expressions, which is in `promqlChecks`. */
export const lintChecks = new CheckSet(
  // The keys of ids, one by one.
  Object.fromEntries(ids.map((id) => [id, definition(id)])) as Record<LintCheckId, CheckDefinition>,
  english,
  korean,
)

/** The ids of all checks, for `--only` and `--skip`. */
export const lintCheckIds: readonly string[] = [...lintChecks.ids, ...promqlChecks.ids]
