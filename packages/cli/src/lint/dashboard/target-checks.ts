import type { Finding } from '../../finding/index.js'
import {
  type Expression,
  metricOf,
  type ParsedTemplate,
  parseTemplate,
  type Span,
  type VectorSelector,
  walk,
} from '../../promql/index.js'
import { type YamlMap, type YamlPlace, YamlScalar } from '../../yaml-document/index.js'
import { labelsOf } from '../query/label-flow.js'
import { queryRemarks } from '../query/query-remarks.js'
import { type Dashboard, type Panel, placeOf, targetName } from './dashboard-model.js'
import { belongsToJobs } from './job-metrics.js'
import { logqlFindings } from './logql-checks.js'
import { unitsFor } from './units.js'

/** The rules for the queries of a panel. */
export function targetFindings(dashboard: Dashboard, panel: Panel): readonly Finding[] {
  return panel.targets.flatMap((target) => {
    const expr = target.get('expr')
    if (!(expr instanceof YamlScalar) || expr.text === '' || target.text('hide') === 'true') return []
    if (isLoki(target, panel)) return logqlFindings(dashboard, panel, target, expr)
    return new TargetCheck(dashboard, panel, target, expr).findings()
  })
}

function isLoki(target: YamlMap, { node }: Panel): boolean {
  return (target.map('datasource')?.text('type') ?? node.map('datasource')?.text('type')) === 'loki'
}

class TargetCheck {
  readonly #dashboard: Dashboard
  readonly #panel: Panel
  readonly #target: YamlMap
  readonly #expr: YamlScalar
  readonly #template: ParsedTemplate

  constructor(dashboard: Dashboard, panel: Panel, target: YamlMap, expr: YamlScalar) {
    this.#dashboard = dashboard
    this.#panel = panel
    this.#target = target
    this.#expr = expr
    this.#template = parseTemplate(expr.text, dashboard.settings.prometheus)
  }

  findings(): readonly Finding[] {
    const { parsed } = this.#template
    const problems = parsed.problems.map((found) =>
      found.finding(this.#where(found.from), this.#about(found)),
    )
    if (parsed.expression === undefined) return problems
    const remarks = queryRemarks(parsed.expression, this.#dashboard.settings)
      .filter((found) => !this.#isAboutVariable(found))
      .map((found) => found.finding(this.#where(found.from), this.#about(found)))
    return [
      ...problems,
      ...remarks,
      ...this.#ranges(parsed.expression),
      ...this.#selectors(parsed.expression),
      ...this.#legend(parsed.expression),
      ...this.#unit(parsed.expression),
    ]
  }

  /** Fixed ranges of rates, which are too short for some intervals and too long for others. */
  #ranges(expression: Expression): readonly Finding[] {
    return [...walk(expression)].flatMap(({ expression: node }) => {
      if (node.kind !== 'call' || !/^(?:rate|irate|increase)$/.test(node.name)) return []
      const [range] = node.arguments
      if (range?.kind !== 'range') return []
      const written = this.#expr.text.slice(range.selector.to, range.to)
      const isFixed = !written.includes('$') && !written.includes('[[')
      if ((isFixed && node.name === 'increase') || written.includes('__rate_interval')) return []
      if (!isFixed && !/\$_{0,2}interval|\$\{__interval/.test(written)) return []
      const got = /\[[^\]]*\]/.exec(written)?.[0] ?? written
      const values = { target: targetName(this.#target), function: node.name, got }
      return [
        this.#dashboard.finding(
          'dashboard/target-rate-interval',
          this.#place(range.from),
          this.#panel.within,
          values,
          this.#about(range),
        ),
      ]
    })
  }

  #selectors(expression: Expression): readonly Finding[] {
    const selectors = [...walk(expression)].flatMap(({ expression: node }) =>
      node.kind === 'selector' ? [node] : [],
    )
    return selectors.flatMap((selector) => [...this.#matchers(selector), ...this.#metric(selector)])
  }

  /** Only where the dashboard has the variable: without it, that is said once for the whole dashboard. */
  #matchers(selector: VectorSelector): readonly Finding[] {
    const metric = metricOf(selector)
    if (metric === undefined || !belongsToJobs(metric, this.#dashboard)) return []
    return (['job', 'instance'] as const).flatMap((label) => {
      const isMissing = !selector.matchers.some(({ name }) => name === label)
      if (!isMissing || this.#dashboard.variable(label) === undefined) return []
      const id = label === 'job' ? ('dashboard/target-job' as const) : ('dashboard/target-instance' as const)
      const values = { target: targetName(this.#target), metric }
      return [
        this.#dashboard.finding(
          id,
          this.#place(selector.from),
          this.#panel.within,
          values,
          this.#about(selector),
        ),
      ]
    })
  }

  #metric(selector: VectorSelector): readonly Finding[] {
    const metric = metricOf(selector)
    if (metric === undefined || metric.includes(':') || this.#isVariable(nameSpan(selector, metric)))
      return []
    const { metrics } = this.#dashboard.settings
    if (metrics === undefined || metrics.has(metric)) return []
    const meant = metrics.nearest(metric)
    const remedy =
      meant === undefined
        ? { en: 'Correct the name, or expose the metric.', ko: '이름을 고치거나 메트릭을 내보내세요.' }
        : { en: `Write ${meant}, if that was meant.`, ko: `${meant} 을 뜻했다면 그렇게 쓰세요.` }
    const values = { target: targetName(this.#target), metric, remedy }
    return [
      this.#dashboard.finding(
        'dashboard/unknown-metric',
        this.#place(selector.from),
        this.#panel.within,
        values,
        { subject: metric },
      ),
    ]
  }

  #legend(expression: Expression): readonly Finding[] {
    const legend = this.#target.text('legendFormat') ?? ''
    const used = Array.from(legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g), ([, label]) => label!)
    const given = labelsOf(expression)
    // A variable in by() may be any label.
    if (
      this.#template.variables.length > 0 &&
      given.names !== undefined &&
      [...given.names].some((name) => /^x{2,}$/.test(name))
    )
      return []
    return used
      .filter((label) => !given.has(label))
      .map((label) =>
        this.#dashboard.finding(
          'dashboard/legend-label',
          placeOf(this.#target, 'legendFormat'),
          this.#panel.within,
          { target: targetName(this.#target), label },
          { subject: label },
        ),
      )
  }

  #unit(expression: Expression): readonly Finding[] {
    const defaults = this.#panel.node.map('fieldConfig')?.map('defaults')
    const unit = defaults?.text('unit')
    const metric = plainMetric(expression)
    const fitting = metric === undefined ? undefined : unitsFor(metric)
    if (unit === undefined || metric === undefined || fitting === undefined || fitting.units.includes(unit))
      return []
    if (unit === 'none' || unit === 'short' || unit.includes(':') || defaults === undefined) return []
    const values = { got: unit, metric, unit: fitting.name, suggestion: fitting.units[0]! }
    return [
      this.#dashboard.finding(
        'dashboard/unit-suffix',
        placeOf(defaults, 'unit'),
        this.#panel.within,
        values,
        { subject: metric },
      ),
    ]
  }

  #place(offset: number): YamlPlace {
    return this.#expr.placeOf(offset)
  }

  #where(offset: number) {
    const { line, column } = this.#place(offset)
    return this.#dashboard.subject.at({ line, column, within: this.#panel.within })
  }

  #about({ from, to }: Span): { readonly subject: string } {
    return { subject: this.#expr.text.slice(from, to) }
  }

  /** Whether a remark is about a matcher with a variable, or about a metric whose name is one. */
  #isAboutVariable({ from, to }: Span): boolean {
    const head = /^[^{]*/.exec(this.#expr.text.slice(from, to))?.[0] ?? ''
    return !head.includes('(') && this.#isVariable({ from, to: from + head.length })
  }

  /** Whether a variable stands in a piece of the expression. */
  #isVariable({ from, to }: Span): boolean {
    return this.#template.variables.some((use) => use.from >= from && use.to <= to)
  }
}

function nameSpan({ from }: VectorSelector, metric: string): Span {
  return { from, to: from + metric.length }
}

/** The metric whose values an expression shows without changing their unit. */
function plainMetric(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'selector':
      return metricOf(expression)
    case 'parenthesis':
      return plainMetric(expression.expression)
    case 'aggregation':
      return /^(?:sum|avg|min|max|topk|bottomk|quantile)$/.test(expression.operator)
        ? plainMetric(expression.expression)
        : undefined
    case 'call': {
      if (!/^(?:histogram_quantile|(?:avg|min|max|last|quantile)_over_time)$/.test(expression.name))
        return undefined
      const inner = expression.arguments.at(-1)
      return inner === undefined
        ? undefined
        : inner.kind === 'range'
          ? metricOf(inner.selector)
          : bucketMetric(inner)
    }
    default:
      return undefined
  }
}

/** Under a quantile, the buckets are rates. */
function bucketMetric(expression: Expression): string | undefined {
  const found = [...walk(expression)].find(({ expression: node }) => node.kind === 'selector')
  return found?.expression.kind === 'selector' ? metricOf(found.expression) : undefined
}
