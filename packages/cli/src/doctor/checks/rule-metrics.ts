import type { Finding } from '../../finding/finding.js'
import { atUrl, inFile, type Place } from '../../finding/place.js'
import { nearest } from '../../nearest.js'
import { type Expression, metricOf, walk } from '../../promql/index.js'
import type { Setup } from '../setup.js'
import { readExpression } from '../source/expression.js'
import { queries } from '../texts/queries.js'
import { type MetricOrigin, originsIn, type ScrapedServer } from './metric-origin.js'
import { scrapedEndpoint } from './scraped-endpoint.js'

const weekSeconds = 7 * 86_400

/** One use of a metric in a rule. */
interface Use {
  readonly rule: string
  readonly metric: string
  readonly place: Place
  readonly matchers: readonly { readonly name: string; readonly operator: string; readonly value: string }[]
}

/** Whether what rules ask for is there: its name, its labels, and values that look like a slip of the pen. */
export async function metricsOfRulesExist(setup: Setup): Promise<readonly Finding[]> {
  const { prometheus } = setup
  await scrapedEndpoint(setup)
  const uses = await usesInRules(setup)
  const originOf = originsIn(await prometheus.groups())
  const names = await prometheus.names(weekSeconds)
  const seen = new Set(names)
  const present = await presentNow(setup, [...new Set(uses.map(({ metric }) => metric))])
  const missing: { readonly use: Use; readonly origin: MetricOrigin }[] = []
  const findings = await Promise.all(
    uses.map(async (use): Promise<readonly Finding[]> => {
      const { rule, metric, place } = use
      const subject = { subject: metric }
      if (present.has(metric)) return labelFindings(setup, use)
      const origin = originOf(metric)
      if (origin === 'recorded') return []
      if (seen.has(metric) && (await hasPast(setup, metric)))
        return [queries.finding('queries/gone', place, { rule, metric }, subject)]
      missing.push({ use, origin })
      return origin === undefined
        ? [queries.finding('queries/never-seen', place, { rule, metric }, subject)]
        : []
    }),
  )
  return [...distinct(findings.flat()), ...(await notScraped(setup, missing, names))]
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

/** A rule often asks for the same metric twice. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ id, where, subject }: Finding) => JSON.stringify([id, where.name, where.within, subject])
  return [...new Map(findings.map((finding) => [key(finding), finding])).values()]
}

const servers = {
  prometheus: { product: 'Prometheus', job: 'prometheus', severity: 'warning' },
  alertmanager: { product: 'Alertmanager', job: 'alertmanager', severity: 'warning' },
  node: { product: 'node_exporter', job: 'node-exporter', severity: 'info' },
} as const

/** One finding for each server that rules ask for and nothing scrapes. */
async function notScraped(
  setup: Setup,
  missing: readonly { readonly use: Use; readonly origin: MetricOrigin }[],
  names: readonly string[],
): Promise<readonly Finding[]> {
  const place = atUrl(setup.prometheus.url)
  const findings = (Object.keys(servers) as readonly ScrapedServer[]).map(async (server) => {
    const rules = new Set(
      missing.flatMap(({ use, origin }) =>
        typeof origin === 'object' && origin.server === server ? use.rule : [],
      ),
    )
    // Of a server that is scraped, only what its version or its configuration does not have is missing.
    if (rules.size === 0 || names.some((name) => name.startsWith(`${server}_`))) return []
    const { product, job, severity } = servers[server]
    const values = { rules: someOf([...rules]), product, job, target: await addressOf(setup, server) }
    return [queries.finding('queries/not-scraped', place, values, { severity, subject: job })]
  })
  return (await Promise.all(findings)).flat()
}

function someOf(names: readonly string[]) {
  const [shown, more] = [names.slice(0, 3).join(', '), names.length - 3]
  if (more <= 0) return shown
  return { en: `${shown} and ${more} more`, ko: `${shown} 외 ${more}개` }
}

async function addressOf(setup: Setup, server: ScrapedServer): Promise<string> {
  if (server === 'prometheus') return new URL(setup.prometheus.url).host
  if (server === 'node') return 'localhost:9100'
  try {
    return new URL((await setup.alertmanager()).url).host
  } catch {
    return 'localhost:9093'
  }
}
