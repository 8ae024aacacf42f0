import type { Finding } from '../../finding/finding.js'
import { atUrl, inFile, type Place } from '../../finding/place.js'
import { type Expression, metricOf, nearest, walk } from '../../promql/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { withoutVariables } from '../source/dashboard.js'
import { readExpression, selectorsIn } from '../source/expression.js'
import { QueryError } from '../source/query-error.js'
import { queries } from '../texts/queries.js'
import { allDashboards, panelQueries } from './dashboard-queries.js'
import { scrapedEndpoint } from './scraped-endpoint.js'

const weekSeconds = 7 * 86_400

/** More queries would take longer than a person waits; dashboards repeat themselves. */
const mostQueries = 200

async function rulesSucceed({ prometheus }: Setup): Promise<readonly Finding[]> {
  return (await prometheus.groups()).flatMap(({ file, rules }) =>
    rules
      .filter(({ health }) => health === 'err')
      .map(({ name: rule, query, lastError: error = '' }) =>
        queries.finding('queries/rule-fails', inFile(file, { within: rule }), { rule, query, error }),
      ),
  )
}

/** One use of a metric in a rule. */
interface Use {
  readonly rule: string
  readonly metric: string
  readonly place: Place
  readonly matchers: readonly { readonly name: string; readonly operator: string; readonly value: string }[]
}

async function metricsOfRulesExist(setup: Setup): Promise<readonly Finding[]> {
  const { prometheus } = setup
  await scrapedEndpoint(setup)
  const uses = await usesInRules(setup)
  const seen = new Set(await prometheus.names(weekSeconds))
  const present = await presentNow(setup, [...new Set(uses.map(({ metric }) => metric))])
  const findings = await Promise.all(
    uses.map(async (use): Promise<readonly Finding[]> => {
      const { rule, metric, place } = use
      const subject = { subject: metric }
      if (present.has(metric)) return labelFindings(setup, use)
      if (seen.has(metric) && (await hasPast(setup, metric)))
        return [queries.finding('queries/gone', place, { rule, metric }, subject)]
      return [queries.finding('queries/never-seen', place, { rule, metric }, subject)]
    }),
  )
  return findings.flat()
}

/** Head blocks tell names that were there once, without saying when. */
async function hasPast({ prometheus }: Setup, metric: string): Promise<boolean> {
  return (
    (await prometheus.query(`count(last_over_time({__name__=${JSON.stringify(metric)}}[1d]))`)).length > 0
  )
}

async function usesInRules({ prometheus }: Setup): Promise<readonly Use[]> {
  return (await prometheus.groups()).flatMap(({ file, rules }) =>
    rules.flatMap(({ name: rule, query }) => {
      const expression = readExpression(query)
      const place = inFile(file, { within: rule })
      return expression === undefined
        ? []
        : requiredSelectors(expression).map(({ metric, matchers }) => ({ rule, metric, matchers, place }))
    }),
  )
}

/** What has to be there for an expression to mean anything: not what `absent` looks for, nor what `or` stands in for. */
function requiredSelectors(expression: Expression) {
  return [...walk(expression)].flatMap(({ expression: part, around }) => {
    if (part.kind !== 'selector') return []
    const metric = metricOf(part)
    const optional = around.some(
      (outer) =>
        (outer.kind === 'call' && outer.name.startsWith('absent')) ||
        (outer.kind === 'binary' && outer.operator === 'or'),
    )
    return metric === undefined || optional ? [] : [{ metric, matchers: part.matchers }]
  })
}

async function presentNow({ prometheus }: Setup, metrics: readonly string[]): Promise<ReadonlySet<string>> {
  if (metrics.length === 0) return new Set()
  const names = JSON.stringify(metrics.join('|'))
  const found = await prometheus.query(`count by (__name__) ({__name__=~${names}})`)
  return new Set(found.flatMap(({ labels }) => labels.__name__ ?? []))
}

async function labelFindings({ prometheus }: Setup, use: Use): Promise<readonly Finding[]> {
  const { rule, metric, matchers, place } = use
  const named = matchers.filter(({ name, operator, value }) => {
    return name !== '__name__' && value !== '' && (operator === '=' || operator === '=~')
  })
  const findings = await Promise.all(
    named.map(async ({ name: label, operator, value }): Promise<readonly Finding[]> => {
      const found = await prometheus.query(
        `count by (${label}) (last_over_time(${metric}{${label}!=""}[1d]))`,
      )
      const subject = { subject: `${metric} ${label}` }
      if (found.length === 0)
        return [queries.finding('queries/label-never-seen', place, { rule, metric, label }, subject)]
      const values = found.flatMap(({ labels }) => labels[label] ?? [])
      const other = operator === '=' && !values.includes(value) ? nearest(value, values) : undefined
      if (other === undefined) return []
      return [
        queries.finding('queries/value-misspelt', place, { rule, metric, label, value, other }, subject),
      ]
    }),
  )
  return findings.flat()
}

async function trafficHasARate(setup: Setup): Promise<readonly Finding[]> {
  await scrapedEndpoint(setup)
  const { prometheus } = setup
  const metric = 'http_requests_total'
  const [stored, rate] = await Promise.all([
    // Two samples make a rate; what is newer has none so far.
    prometheus.query(`count(${metric} offset 1m)`),
    prometheus.query(`count(rate(${metric}[5m]))`),
  ])
  if (stored.length === 0 || rate.length > 0) return []
  return [queries.finding('queries/no-traffic', atUrl(prometheus.url), { metric })]
}

async function panelsHaveData(setup: Setup): Promise<readonly Finding[]> {
  await scrapedEndpoint(setup)
  const { prometheus } = setup
  const seen = new Set(await prometheus.names(weekSeconds))
  const panels = panelQueries(await allDashboards(setup)).slice(0, mostQueries)
  const findings = await Promise.all(
    panels.map(async ({ panel, expression, place }): Promise<readonly Finding[]> => {
      const query = withoutVariables(expression)
      const parsed = readExpression(query)
      // What is no PromQL is told by the item of the dashboards.
      if (parsed === undefined) return []
      const where = { ...place, within: panel }
      try {
        if ((await prometheus.query(query)).length > 0) return []
      } catch (error) {
        if (!(error instanceof QueryError)) throw error
        return [
          queries.finding('queries/panel-fails', where, { panel, error: error.reason, query: expression }),
        ]
      }
      const missing = selectorsIn(parsed).flatMap((selector) => metricOf(selector) ?? [])
      const metric = missing.find((name) => !seen.has(name))
      if (metric === undefined) return []
      const id = metric.includes(':') ? 'queries/not-recorded' : 'queries/panel-empty'
      return [queries.finding(id, where, { panel, metric }, { subject: metric })]
    }),
  )
  return findings.flat()
}

export const queriesChecks = checksOf('queries', [
  rulesSucceed,
  metricsOfRulesExist,
  trafficHasARate,
  panelsHaveData,
])
