import { and, binary, call, eq, MINUTE, num, over, recorded } from '../query/build.js'
import { durationText } from '../query/duration-text.js'
import { promql } from '../query/promql.js'
import type { Query, RecordingRule } from '../query/query.js'
import { dashboardLink } from '../rules/alert-rules.js'
import type { AlertRuleEntry, RuleFile, RuleGroup } from '../rules/rule-file.js'
import { recordEntry } from '../rules/rule-pack.js'
import { type RuleOptions, RuleStyle } from '../rules/rule-style.js'
import type { Severity } from '../signals/signal.js'
import { type ObjectiveAlertName, objectiveTexts } from '../texts/objective-texts.js'
import { type BurnWindow, burnWindows, canFire } from './burn-windows.js'
import { errorBudget, type Objective, round } from './objective.js'
import { type ObjectiveRecords, objectiveRecords } from './objective-records.js'

/** Rules over the whole period of an objective read many samples; a minute is often enough for them. */
const PERIOD_INTERVAL = MINUTE

/**
 * The recording rules of objectives, and their alerts: the budget burns too fast (over two windows at once, with a
 * minimum of events), errors at low traffic, the budget is used up, and nothing is measured.
 */
export function objectiveRules(objectives: readonly Objective[], options: RuleOptions = {}): RuleFile {
  const style = new RuleStyle(options)
  return { groups: objectives.flatMap((objective) => new ObjectiveGroups(objective, style).all()) }
}

interface AlertShape {
  readonly name: ObjectiveAlertName
  readonly severity: Severity
  readonly forSeconds: number
  readonly query: Query
}

class ObjectiveGroups {
  readonly #objective: Objective
  readonly #style: RuleStyle
  readonly #records: ObjectiveRecords
  readonly #budget: number
  readonly #windows: readonly BurnWindow[]

  constructor(objective: Objective, style: RuleStyle) {
    this.#objective = objective
    this.#style = style
    this.#records = objectiveRecords(objective)
    this.#budget = errorBudget(objective)
    this.#windows = burnWindows(objective.window)
  }

  all(): readonly RuleGroup[] {
    const { service, name } = this.#objective
    const { events, errors, ratios, target, periodRatio, burnRate, remaining, exhaustion } = this.#records
    const entries = (rules: readonly RecordingRule[]) => rules.map((rule) => recordEntry(rule, this.#style))
    const interval = this.#style.wait(PERIOD_INTERVAL)
    return [
      {
        name: `telltale-slo-${service}-${name}`,
        rules: [...entries([target, events, errors, ...ratios.values(), burnRate]), ...this.#burnAlerts()],
      },
      {
        name: `telltale-slo-${service}-${name}-period`,
        ...(interval !== undefined && { interval }),
        rules: [...entries([periodRatio, remaining, exhaustion]), ...this.#periodAlerts()],
      },
    ]
  }

  #burnAlerts(): readonly AlertRuleEntry[] {
    const shapes = (['critical', 'warning'] as const).flatMap((severity): readonly AlertShape[] => {
      const query = this.#burning(severity)
      if (query === undefined) return []
      const forSeconds = severity === 'critical' ? 2 * MINUTE : 15 * MINUTE
      return [{ name: 'ErrorBudgetBurn', severity, forSeconds, query }]
    })
    return [...shapes, this.#lowTraffic()].map((shape) => this.#alert(shape))
  }

  #periodAlerts(): readonly AlertRuleEntry[] {
    const { remaining, errors } = this.#records
    const used = binary(this.#of(remaining), '<=', num(0))
    const shapes: readonly AlertShape[] = [
      {
        name: 'ErrorBudgetExhausted',
        severity: 'warning',
        forSeconds: 5 * MINUTE,
        query: and(used, this.#enough(this.#objective.window)),
      },
      {
        name: 'ObjectiveAbsent',
        severity: 'warning',
        forSeconds: 15 * MINUTE,
        query: binary(call('absent', this.#of(errors)), '>', num(0)),
      },
    ]
    return shapes.map((shape) => this.#alert(shape))
  }

  /** Any of the pairs of windows of this severity that can fire; `undefined` when none can. */
  #burning(severity: BurnWindow['severity']): Query | undefined {
    return this.#windows
      .filter((window) => window.severity === severity && canFire(window, this.#budget))
      .map(({ short, long, factor }): Query => {
        const limit = round(factor * this.#budget)
        return and(and(this.#above(short, limit), this.#above(long, limit)), this.#enough(long))
      })
      .reduce<Query | undefined>((all, one) => (all === undefined ? one : binary(all, 'or', one)), undefined)
  }

  /** Too few events for a share, but errors that somebody should look at. */
  #lowTraffic(): AlertShape {
    const [, slow] = this.#windows
    const { long, factor } = slow!
    const limit = Math.min(round(factor * this.#budget), 0.5)
    const errors = this.#count(this.#records.errors, long)
    const few = binary(this.#count(this.#records.events, long), '<=', num(this.#objective.minimumEvents))
    const failed = binary(errors, '>=', num(leastErrors(this.#objective)))
    const query = and(and(this.#above(long, limit), few), failed)
    return { name: 'ErrorsAtLowTraffic', severity: 'warning', forSeconds: 5 * MINUTE, query }
  }

  #above(window: number, limit: number): Query {
    return binary(this.#of(this.#records.ratios.get(window)!), '>', num(limit))
  }

  #enough(window: number): Query {
    return binary(this.#count(this.#records.events, window), '>', num(this.#objective.minimumEvents))
  }

  /**
   * How many within the window. Each recorded rate stands for the time until the next one, which its number in five
   * minutes tells; where nothing was recorded, nothing is made up.
   */
  #count(rate: RecordingRule, window: number): Query {
    const sum = binary(over('sum_over_time', this.#of(rate), window), '*', num(5 * MINUTE))
    return binary(sum, '/', over('count_over_time', this.#of(rate), 5 * MINUTE))
  }

  #of(rule: RecordingRule) {
    return recorded(rule, eq('service', this.#objective.service), eq('slo', this.#objective.name))
  }

  #alert({ name, severity, forSeconds, query }: AlertShape): AlertRuleEntry {
    const wait = this.#style.wait(forSeconds)
    const text = objectiveTexts[name][this.#style.language]
    const fill = (line: string) =>
      line.replaceAll(/\{(target|window|exhaustion)\}/g, (_, key) => this.#word(key))
    return {
      alert: name,
      expr: promql(query, this.#style.promql([])),
      ...(wait !== undefined && { for: wait }),
      labels: { severity, service: this.#objective.service, slo: this.#objective.name },
      annotations: {
        summary: fill(text.summary),
        description: fill(`${text.cause} ${text.remedy}`),
        runbook_url: this.#style.runbook(name),
        dashboard_url: dashboardLink('objective', [], this.#style),
      },
    }
  }

  #word(key: string): string {
    if (key === 'target') return `${round(this.#objective.target * 100)} %`
    if (key === 'window') return durationText(this.#objective.window)
    const selector = promql(this.#of(this.#records.exhaustion), this.#style.promql([]))
    const { gone, left } = objectiveTexts.ErrorBudgetBurn[this.#style.language].exhaustion
    const [before, after] = left
    const words = `${before}{{ . | first | value | humanizeDuration }}${after}`
    return `{{ with query \`${selector}\` }}{{ if gt (. | first | value) 0.0 }}${words}{{ else }}${gone}{{ end }}{{ end }}`
  }
}

/** How many errors within the slow page's window are worth a look when there are few events. */
export function leastErrors({ minimumEvents }: Objective): number {
  return Math.max(3, Math.round(minimumEvents / 10))
}

/** The windows of an objective, each with the share of errors above which it counts as burning too fast. */
export function burnLimits(objective: Objective): readonly (BurnWindow & { readonly limit: number })[] {
  const budget = errorBudget(objective)
  return burnWindows(objective.window).map((window) => ({ ...window, limit: round(window.factor * budget) }))
}
