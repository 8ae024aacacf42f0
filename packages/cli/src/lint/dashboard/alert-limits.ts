import type { Finding } from '../../finding/index.js'
import { type Limit, limitsIn, parseTemplate } from '../../promql/index.js'
import { isSameMeasure, type Measure, measureOf } from '../query/same-query.js'
import type { Rule } from '../rules/rule-model.js'
import { type Dashboard, type Panel, placeOf } from './dashboard-model.js'
import { panelLimits } from './panel-limits.js'

/** The rules of one file. */
export interface RuleSource {
  readonly file: string
  readonly rules: readonly Rule[]
}

interface AlertLimit extends Pick<Limit, 'operator' | 'threshold'> {
  readonly alert: string
  readonly file: string
  readonly measure: Measure
}

/** Panels that change their colour at another number than that at which an alert on the same expression fires. */
export function alertLimitFindings(
  dashboards: readonly Dashboard[],
  sources: readonly RuleSource[],
): readonly Finding[] {
  const limits = sources.flatMap((source) => alertLimits(source))
  if (limits.length === 0) return []
  return dashboards.flatMap((dashboard) =>
    dashboard.panels.flatMap((panel) => panelFindings(dashboard, panel, limits)),
  )
}

function alertLimits({ file, rules }: RuleSource): readonly AlertLimit[] {
  return rules.flatMap(({ kind, name: alert, parsed: { expression } }) => {
    if (kind !== 'alert' || expression === undefined) return []
    return limitsIn(expression).flatMap(({ value, operator, threshold }) => {
      const measure = measureOf(value, [])
      return measure === undefined || !/^[<>]=?$/.test(operator)
        ? []
        : [{ alert, file, measure, operator, threshold }]
    })
  })
}

function panelFindings(
  dashboard: Dashboard,
  panel: Panel,
  limits: readonly AlertLimit[],
): readonly Finding[] {
  const steps = panelLimits(panel)
  const [target, ...more] = panel.targets.filter((candidate) => candidate.text('hide') !== 'true')
  // With several queries nobody knows whose thresholds they are.
  if (steps.length === 0 || target === undefined || more.length > 0) return []
  const { parsed, variables } = parseTemplate(target.text('expr') ?? '', dashboard.settings.prometheus)
  const measure = parsed.expression === undefined ? undefined : measureOf(parsed.expression, variables)
  if (measure === undefined) return []
  const same = limits.filter((limit) => isSameMeasure(measure, limit.measure))
  const free = steps.filter((step) => !same.some((limit) => agrees(limit, step)))
  if (free.length === 0) return []
  return same
    .filter((limit) => !steps.some((step) => agrees(limit, step)))
    .map(({ alert, file, operator, threshold }) => {
      const step = nearestTo(threshold, free)
      const thresholds = panel.node.map('fieldConfig')?.map('defaults')
      const place = thresholds === undefined ? panel.node.place : placeOf(thresholds, 'thresholds')
      const values = { step, alert, file, operator, threshold }
      return dashboard.finding('dashboard/alert-threshold', place, panel.within, values, { subject: alert })
    })
}

/** A panel colours what is as large as its number or larger: of whole numbers, those above 4 are those from 5 on. */
function agrees({ operator, threshold }: AlertLimit, step: number): boolean {
  if (Math.abs(step - threshold) <= 1e-9 * Math.max(Math.abs(step), Math.abs(threshold))) return true
  // A panel says "above 0" with the smallest number that its author found small enough.
  if (operator === '>' && threshold === 0 && step > 0 && step <= 1e-6) return true
  return /^(?:>|<=)$/.test(operator) && Number.isInteger(threshold) && step === threshold + 1
}

function nearestTo(wanted: number, numbers: readonly number[]): number {
  return numbers.reduce((best, number) =>
    Math.abs(number - wanted) < Math.abs(best - wanted) ? number : best,
  )
}
