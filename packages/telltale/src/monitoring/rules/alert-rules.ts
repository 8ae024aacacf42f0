import { binary, num } from '../query/build.js'
import { promql } from '../query/promql.js'
import type { Query } from '../query/query.js'
import { resultLabels } from '../query/result-labels.js'
import type { AlertDefinition, Signal, SignalGroup, Threshold } from '../signals/signal.js'
import { dashboardUid } from './dashboard-link.js'
import type { AlertRuleEntry } from './rule-file.js'
import type { RuleStyle } from './rule-style.js'

/** The alerting rules of a signal: one for each threshold, and for each job where the signal asks for that. */
export function alertRules(signal: Signal, style: RuleStyle): readonly AlertRuleEntry[] {
  const { alert } = signal
  if (alert === undefined) return []
  return jobSets(alert, style).flatMap((jobs) =>
    alert.thresholds.map((threshold) => alertRule(signal, alert, threshold, jobs, style)),
  )
}

/** When an alert of this threshold holds. */
export function alertQuery(signal: Signal, alert: AlertDefinition, threshold: Threshold): Query {
  const crossed = binary(signal.query, alert.op, num(threshold.value))
  if (alert.minimum === undefined) return crossed
  const { query, above, on } = alert.minimum
  return binary(crossed, 'and', binary(query, '>', num(above)), on)
}

function alertRule(
  signal: Signal,
  alert: AlertDefinition,
  threshold: Threshold,
  jobs: readonly string[],
  style: RuleStyle,
): AlertRuleEntry {
  const wait = style.wait(threshold.forSeconds)
  const keep = style.wait(threshold.keepFiringSeconds)
  return {
    alert: alert.name,
    expr: promql(alertQuery(signal, alert, threshold), style.promql(jobs)),
    ...(wait !== undefined && { for: wait }),
    ...(keep !== undefined && { keep_firing_for: keep }),
    // Rules of the same name and severity are told apart by the job that each is for.
    labels: {
      severity: threshold.severity,
      ...(alert.jobs === 'each' && jobs[0] !== undefined && { job: jobs[0] }),
    },
    annotations: annotations(signal, alert.name, style),
  }
}

function annotations(signal: Signal, name: string, style: RuleStyle): Readonly<Record<string, string>> {
  const { runbook } = signal.text[style.language]
  return {
    summary: runbook?.summary ?? signal.text[style.language].title,
    description: runbook === undefined ? '' : `${runbook.cause} ${runbook.remedy}`,
    runbook_url: style.runbook(name),
    dashboard_url: dashboardLink(signal.group, resultLabels(signal.query) ?? [], style),
  }
}

/** A link to the dashboard that shows the job and the instance of the alert. */
export function dashboardLink(group: SignalGroup, labels: readonly string[], style: RuleStyle): string {
  const variables = ['job', 'instance']
    .filter((label) => labels.includes(label))
    .map((label) => `var-${label}={{ $labels.${label} }}`)
  return style.dashboard(dashboardUid(group), variables.length === 0 ? '' : `?${variables.join('&')}`)
}

function jobSets(alert: AlertDefinition, style: RuleStyle): readonly (readonly string[])[] {
  if (alert.jobs === 'all') return [[]]
  if (alert.jobs === 'each' && style.jobs.length > 0) return style.jobs.map((job) => [job])
  return [style.jobs]
}
