import { catalogueMetrics } from '../metrics/metric-catalogue.js'
import { durationText } from '../query/duration-text.js'
import { burnWindows, canFire, largestFactor } from './burn-windows.js'
import { refuse } from './file-reader.js'
import { errorBudget, type Objective, round } from './objective.js'

/**
 * What is allowed and still hardly meant: windows whose alert can never fire, a period longer than what Prometheus
 * keeps, a metric that Telltale does not expose. Throws `TELLTALE_OBJECTIVE` when no alert could ever fire.
 */
export function objectiveWarnings(objective: Objective, retention: number | undefined): readonly string[] {
  return [...silentWindows(objective), ...shortRetention(objective, retention), ...unknownMetric(objective)]
}

function silentWindows(objective: Objective): readonly string[] {
  const budget = errorBudget(objective)
  const windows = burnWindows(objective.window)
  const silent = windows.filter((window) => !canFire(window, budget))
  const percent = (ratio: number) => `${round(ratio * 100)} %`
  if (silent.length === windows.length) {
    refuse(
      `objectives.${objective.name}.target`,
      `no alert could ever fire: even with nothing but errors the budget of ${percent(budget)} burns ` +
        `${round(largestFactor(budget))} times too fast, and the slowest alert waits for ` +
        `${Math.min(...windows.map(({ factor }) => factor))} times`,
      'raise the target or shorten the window',
    )
  }
  return silent.map(
    ({ severity, long, factor }) =>
      `${named(objective)}: the ${severity} alert over ${durationText(long)} can never fire and is left out: ` +
      `it waits for ${percent(factor * budget)} errors (${factor} times the budget of ${percent(budget)}; ` +
      `${round(largestFactor(budget))} times is the most there can be). The slower windows stay.`,
  )
}

function shortRetention(objective: Objective, retention: number | undefined): readonly string[] {
  if (retention === undefined || retention >= objective.window) return []
  return [
    `${named(objective)}: its window of ${durationText(objective.window)} is longer than the ` +
      `${durationText(retention)} for which Prometheus keeps samples, so the error budget is that of ` +
      `${durationText(retention)}; raise --storage.tsdb.retention.time or shorten the window.`,
  ]
}

function unknownMetric(objective: Objective): readonly string[] {
  const { metric } = objective.indicator
  const known = catalogueMetrics().some(({ name, type }) => {
    return name === metric || (type === 'histogram' && `${name}_count` === metric)
  })
  if (known) return []
  return [
    `${named(objective)}: ${metric} is not a metric of Telltale's own; ObjectiveAbsent fires if nobody exposes it.`,
  ]
}

function named({ service, name }: Objective): string {
  return `objective ${name} of ${service}`
}
