import type { ParsedExposition } from 'telltale/testing'
import type { Finding } from '../../finding/finding.js'
import { atUrl, type Place } from '../../finding/place.js'
import { durationText, type Expression, limitsIn, type Matcher, metricOf, walk } from '../../promql/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { readExpression, selectorsIn } from '../source/expression.js'
import type { LoadedRule } from '../source/prometheus-answers.js'
import { thresholds } from '../texts/thresholds.js'
import { alertExpressions } from './alert-expressions.js'

const staleSeconds = 7 * 86_400
const mostInstances = 100
const mostADay = 20

/** An alert that is meant to fire always: a dead man's switch. */
function isWatchdog({ name, labels }: LoadedRule): boolean {
  return labels?.severity === 'none' || /watchdog|dead.?man/i.test(name)
}

async function alertsEnd({ prometheus, now }: Setup): Promise<readonly Finding[]> {
  const place = atUrl(prometheus.url)
  return (await loadedAlerts(prometheus.groups())).flatMap((rule) => {
    if (isWatchdog(rule)) return []
    const since = Math.min(
      ...(rule.alerts ?? [])
        .filter(({ state }) => state === 'firing')
        .map(({ activeAt }) => Date.parse(activeAt)),
    )
    const seconds = (now - since) / 1000
    if (!Number.isFinite(seconds) || seconds <= staleSeconds) return []
    const values = {
      alert: rule.name,
      query: rule.query,
      age: durationText(Math.floor(seconds / 86_400) * 86_400),
    }
    return [thresholds.finding('thresholds/stale', place, values, { subject: rule.name })]
  })
}

async function alertsAreFew({ prometheus }: Setup): Promise<readonly Finding[]> {
  const place = atUrl(prometheus.url)
  return (await loadedAlerts(prometheus.groups())).flatMap(({ name: alert, query, alerts = [] }) => {
    if (alerts.length <= mostInstances) return []
    const values = { alert, query, count: alerts.length, most: mostInstances }
    return [thresholds.finding('thresholds/noisy', place, values, { subject: alert })]
  })
}

async function alertsStay({ prometheus }: Setup): Promise<readonly Finding[]> {
  const place = atUrl(prometheus.url)
  const often = await prometheus.query(`sum by (alertname) (changes(ALERTS_FOR_STATE[1d])) > ${mostADay}`)
  const rules = await loadedAlerts(prometheus.groups())
  return often.map(({ labels, value: count }) => {
    const alert = labels.alertname ?? '?'
    const query = rules.find(({ name }) => name === alert)?.query ?? '?'
    return thresholds.finding(
      'thresholds/flapping',
      place,
      { alert, query, count, most: mostADay },
      { subject: alert },
    )
  })
}

async function loadedAlerts(
  groups: ReturnType<Setup['prometheus']['groups']>,
): Promise<readonly LoadedRule[]> {
  return (await groups).flatMap(({ rules }) => rules).filter(({ type }) => type === 'alerting')
}

/** What alerts compare with must be within reach: of a ratio, and of the buckets of a histogram. */
async function thresholdsAreInReach(setup: Setup): Promise<readonly Finding[]> {
  const rules = await alertExpressions(setup)
  const exposition = await exposed(setup)
  return rules.flatMap(({ alert, query, place }) => {
    const expression = readExpression(query)
    if (expression === undefined) return []
    return limitsIn(expression).flatMap(({ value, operator, threshold }) => {
      if (operator !== '>' && operator !== '>=') return []
      return [
        ...ratioFinding(alert, value, threshold, place),
        ...(exposition === undefined ? [] : bucketFinding(alert, value, threshold, exposition, place)),
      ]
    })
  })
}

async function exposed(setup: Setup): Promise<ParsedExposition | undefined> {
  try {
    return await setup.endpoint.exposition()
  } catch {
    return undefined
  }
}

function ratioFinding(alert: string, value: Expression, threshold: number, place: Place): readonly Finding[] {
  if (threshold < 1 || value.kind !== 'binary' || value.operator !== '/' || !isShare(value.left, value.right))
    return []
  const values = { alert, threshold }
  return [thresholds.finding('thresholds/impossible-ratio', place, values, { subject: alert })]
}

/** Whether one is a part of the other: the same metric over the same time, with all the matchers of the whole. */
function isShare(part: Expression, whole: Expression): boolean {
  const [one, ...more] = selectorsIn(part)
  const [all, ...others] = selectorsIn(whole)
  if (one === undefined || all === undefined || more.length + others.length > 0) return false
  if (metricOf(one) === undefined || metricOf(one) !== metricOf(all)) return false
  if (one.offset !== all.offset || functionsIn(part) !== functionsIn(whole)) return false
  const same = (a: Matcher, b: Matcher) =>
    a.name === b.name && a.operator === b.operator && a.value === b.value
  return all.matchers.every((matcher) => one.matchers.some((other) => same(matcher, other)))
}

/** A forecast or a maximum may be any multiple of the value itself. */
function functionsIn(expression: Expression): string {
  return [...walk(expression)]
    .flatMap(({ expression: part }) => (part.kind === 'call' ? part.name : []))
    .join(' ')
}

function bucketFinding(
  alert: string,
  value: Expression,
  threshold: number,
  { families }: ParsedExposition,
  place: Place,
): readonly Finding[] {
  if (value.kind !== 'call' || value.name !== 'histogram_quantile') return []
  const [selector] = selectorsIn(value)
  const metric = selector === undefined ? undefined : metricOf(selector)?.replace(/_bucket$/, '')
  const family = families.find(({ name, natives }) => name === metric && natives.length === 0)
  const bounds = (family?.samples ?? []).flatMap(({ labels }) =>
    labels.le === undefined ? [] : [Number(labels.le)],
  )
  const bound = Math.max(...bounds.filter(Number.isFinite))
  // The quantile of what lies above all buckets is told as the highest bound.
  if (metric === undefined || !Number.isFinite(bound) || threshold < bound) return []
  const values = { alert, metric, threshold, bound }
  return [thresholds.finding('thresholds/beyond-buckets', place, values, { subject: alert })]
}

export const thresholdsChecks = checksOf('thresholds', [
  alertsEnd,
  alertsAreFew,
  alertsStay,
  thresholdsAreInReach,
])
