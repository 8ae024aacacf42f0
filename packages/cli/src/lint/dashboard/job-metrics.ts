import { metricOf, parseTemplate, walk } from '../../promql/index.js'
import type { Dashboard } from './dashboard-model.js'

/** Servers that are beside every application, and whose metrics are of jobs of their own. */
const beside = /^(?:node|prometheus|alertmanager|pushgateway)_/

/**
 * Whether a metric is one of the jobs that the variable `job` offers: not what rules have recorded, not alerts, and not a
 * server beside the application, unless the variable asks for that very server.
 */
export function belongsToJobs(metric: string, dashboard: Dashboard): boolean {
  if (metric.includes(':') || /^ALERTS(?:_FOR_STATE)?$/.test(metric)) return false
  const prefix = beside.exec(metric)?.[0]
  if (prefix === undefined) return true
  const variable = dashboard.variable('job')?.node
  return (variable?.text('query') ?? variable?.map('query')?.text('query') ?? '').includes(prefix)
}

/** Whether any query of a dashboard is about the metrics of a job. */
export function usesJobs(dashboard: Dashboard): boolean {
  const expressions = dashboard.panels.flatMap(({ targets }) =>
    targets.map((target) => target.text('expr') ?? ''),
  )
  return expressions.some((text) => {
    const { expression } = parseTemplate(text, dashboard.settings.prometheus).parsed
    if (expression === undefined) return false
    return [...walk(expression)].some(({ expression: node }) => {
      const metric = node.kind === 'selector' ? metricOf(node) : undefined
      return metric !== undefined && belongsToJobs(metric, dashboard)
    })
  })
}
