import { getMetricsConfig } from 'telltale'
import { type RuleFile, type RulePackOptions, rulePack } from 'telltale/monitoring'
import { commentedYaml } from './commented-yaml.js'
import { applicationJob, type MonitoringPlan } from './monitoring-plan.js'

/** The text of alert_rules.yml: the guide's four alerts, as the guide has them. */
export function guideRulesFile({ language }: MonitoringPlan): string {
  const about = {
    en: "The guide's four alerts. rules.yml has others for the same troubles, which know how much traffic there is.",
    ko: '가이드의 알림 네 개입니다. rules.yml에는 같은 문제를 트래픽까지 고려해 알리는 규칙이 있습니다.',
  }
  return commentedYaml([{ about, data: { groups: [{ name: 'nodejs-app', rules: guideRules }] } }], language)
}

/** The text of rules.yml: the pack of the catalogue, for this environment and version. */
export function packRulesFile(plan: MonitoringPlan): string {
  return commentedYaml([{ data: packRules(plan, [applicationJob]) }], plan.language)
}

/** The pack for these scrape jobs. */
export function packRules(plan: MonitoringPlan, jobs: readonly string[]): RuleFile {
  const { language, target } = plan
  const prefixes = runtimePrefixes(plan)
  const options: RulePackOptions = { language, target: target.rules, jobs }
  return rulePack(prefixes === undefined ? options : { ...options, prefixes })
}

/** What stands before runtime metrics in this environment; `undefined` for all that the guide has. */
export function runtimePrefixes({ environment }: MonitoringPlan): readonly string[] | undefined {
  return environment === undefined ? undefined : [getMetricsConfig(environment).default.prefix]
}

const alert = (
  name: string,
  expr: string,
  lasting: string,
  severity: string,
  summary: string,
  description: string,
) => ({
  alert: name,
  expr,
  for: lasting,
  labels: { severity },
  annotations: { summary, description },
})

export const guideRules = [
  alert(
    'HighErrorRate',
    'rate(errors_total[5m]) > 0.1',
    '2m',
    'warning',
    'High error rate detected',
    'Error rate is {{ $value }} errors per second',
  ),
  alert(
    'HighResponseTime',
    'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m])) > 1',
    '2m',
    'warning',
    'High response time detected',
    '95th percentile response time is {{ $value }} seconds',
  ),
  alert(
    'HighMemoryUsage',
    'nodejs_memory_usage_bytes{type="heapUsed"} > 1000000000',
    '2m',
    'warning',
    'High memory usage detected',
    'Memory usage is {{ $value }} bytes',
  ),
  alert(
    'DatabaseConnectionIssue',
    'database_connections_active{state="active"} == 0',
    '1m',
    'critical',
    'Database connection issue',
    'No active database connections',
  ),
]
