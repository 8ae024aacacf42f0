import {
  bare,
  type Call,
  comparisons,
  durationText,
  type Expression,
  metricOf,
  type VectorSelector,
  walk,
} from '../../promql/index.js'
import type { LintSettings } from '../subject.js'
import { sampleType } from './metric-type.js'
import { type Remark, remark } from './remark.js'

/** Functions that need two samples of each series. */
const needTwo = /^(?:rate|irate|increase|delta|idelta|deriv|predict_linear)$/
/** Functions that take a fall for a restart. */
const forCounters = /^(?:rate|irate|increase)$/

/** Ranges that are too short, and rates of what does not count. */
export function rateRemarks(node: Call, settings: LintSettings): readonly Remark[] {
  if (!needTwo.test(node.name)) return []
  const range = node.arguments.find((argument) => argument.kind === 'range')
  if (range?.kind !== 'range') return []
  const name = metricOf(range.selector)
  return [
    ...rangeRemarks(node, range.range, settings),
    ...(name === undefined ? [] : typeRemarks(node, name, settings)),
  ]
}

function rangeRemarks(
  node: Call,
  range: number | undefined,
  { scrapeInterval }: LintSettings,
): readonly Remark[] {
  if (range === undefined || range >= 4 * scrapeInterval) return []
  const interval = durationText(scrapeInterval)
  const good = durationText(4 * scrapeInterval)
  if (range >= 2 * scrapeInterval) {
    const isTight = node.name === 'rate' || node.name === 'increase'
    return isTight ? [remark('query/tight-range', node, { range: durationText(range), interval, good })] : []
  }
  const least = durationText(2 * scrapeInterval)
  const values = { range: durationText(range), interval, function: node.name, least, good }
  return [remark('query/short-range', node, values)]
}

function typeRemarks(node: Call, metric: string, settings: LintSettings): readonly Remark[] {
  if (!forCounters.test(node.name)) return []
  if (metric.includes(':')) return [remark('query/rate-of-aggregate', node, { function: node.name, metric })]
  if (sampleType(metric, settings) !== 'gauge') return []
  return [remark('query/rate-of-gauge', node, { function: node.name, metric })]
}

const indifferent =
  /^(?:absent|timestamp|present_over_time|absent_over_time|count_over_time|changes|resets|label_replace|label_join)$/

/** A counter whose value itself is used. `around` are the expressions around it, from the outermost on. */
export function counterRemarks(
  selector: VectorSelector,
  around: readonly Expression[],
  settings: LintSettings,
): readonly Remark[] {
  const metric = metricOf(selector)
  if (metric === undefined || sampleType(metric, settings) !== 'counter') return []
  if (around.some((outer, index) => excuses(outer, around[index + 1] ?? selector))) return []
  const range = durationText(Math.max(300, 4 * settings.scrapeInterval))
  return [remark('query/counter-without-rate', selector, { metric, range })]
}

/** Whether an expression asks of a counter something else than its value. */
function excuses(outer: Expression, inner: Expression): boolean {
  if (outer.kind === 'range') return true
  if (outer.kind === 'call') return indifferent.test(outer.name)
  if (outer.kind === 'aggregation') return /^(?:count|group)$/.test(outer.operator)
  if (outer.kind !== 'binary') return false
  const isFilter = /^(?:and|unless)$/.test(outer.operator) && outer.right === inner
  return isFilter || isDifference(outer) || isAppearance(outer)
}

/** `x unless x offset 15m` asks which series are new. */
function isAppearance({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): boolean {
  const one = bare(left)
  if (operator !== 'unless' || one.kind !== 'selector') return false
  return [...walk(right)].some(
    ({ expression }) =>
      expression.kind === 'selector' &&
      expression.offset !== undefined &&
      metricOf(expression) === metricOf(one),
  )
}

/** `x - x offset 1h` takes the difference by hand. */
function isDifference({ operator, left, right }: Extract<Expression, { kind: 'binary' }>): boolean {
  const [one, other] = [bare(left), bare(right)]
  return (
    operator === '-' &&
    one.kind === 'selector' &&
    other.kind === 'selector' &&
    metricOf(one) === metricOf(other)
  )
}

const poisoned = /^(?:sum|avg|stddev|stdvar)$/

/** A division inside an aggregation where the divisor can be zero. */
export function nanRemarks(node: Extract<Expression, { kind: 'aggregation' }>): readonly Remark[] {
  const inner = bare(node.expression)
  if (!poisoned.test(node.operator) || inner.kind !== 'binary' || inner.operator !== '/') return []
  return isGuarded(inner.right) ? [] : [remark('query/nan', node, { operator: node.operator })]
}

function isGuarded(divisor: Expression): boolean {
  const inner = bare(divisor)
  if (inner.kind === 'number') return inner.value !== 0
  if (inner.kind === 'call') return /^(?:clamp_min|clamp|time|count_over_time|scalar)$/.test(inner.name)
  if (inner.kind === 'aggregation') return /^(?:count|group)$/.test(inner.operator)
  return inner.kind === 'binary' && comparisons.has(inner.operator)
}
