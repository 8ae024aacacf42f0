import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchText, type PrometheusApi, type Target } from './prometheus-api.js'

/** What the checks look at. */
export interface SetupContext {
  readonly prometheus: PrometheusApi
  readonly metricsUrl: string
  /** Folders with dashboards as JSON files. */
  readonly dashboards: readonly string[]
  /** How long one request may take. */
  readonly seconds: number
}

/** Resolves with what is wrong and its remedy, or with nothing; rejects when it could not be found out. */
export type SetupCheck = (context: SetupContext) => Promise<string | undefined>

const KEY_METRICS = [
  'http_requests_total',
  'http_request_duration_seconds_count',
  'nodejs_memory_usage_bytes',
  'nodejs_cpu_usage_percent',
]
const MOST_SERIES = 1000
const MOST_HEAD_SERIES = 2_000_000
const WEEK_SECONDS = 7 * 24 * 3600
const ID_LIKE =
  /="(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[^"@\s]+@[^"@\s]+\.[a-z]+)"/i

export const serverIsReady: SetupCheck = async ({ prometheus }) =>
  (await prometheus.isReady()) ? undefined : 'Prometheus answers but is not ready: look at its log'

export const metricsAreExposed: SetupCheck = async (context) => {
  const { status, contentType } = await fetchText(context.metricsUrl, context.seconds)
  if (status !== 200) return `${context.metricsUrl} answers ${status}: start the MetricsServer`
  if (/^(text\/plain|application\/openmetrics-text)/.test(contentType)) return undefined
  return `${context.metricsUrl} answers "${contentType}", not metrics: check the address`
}

export const endpointIsScraped: SetupCheck = async (context) => {
  const wanted = new URL(context.metricsUrl)
  const same = (target: Target) => {
    const url = new URL(target.scrapeUrl)
    return url.port === wanted.port && url.pathname === wanted.pathname
  }
  const targets = (await context.prometheus.targets()).filter(same)
  if (targets.length === 0) return `no target has port ${wanted.port}: add the application to prometheus.yml`
  const down = targets.find((target) => target.health !== 'up')
  return down && `target ${down.scrapeUrl} is ${down.health}: ${down.lastError}`
}

export const runtimeIsExposed: SetupCheck = async (context) => {
  const body = await metricsBody(context)
  const missing = [
    'process_cpu_seconds_total',
    'nodejs_eventloop_lag_seconds',
    'nodejs_heap_size_used_bytes',
  ].filter((name) => !body.includes(name))
  return missing.length > 0 ? `missing ${missing.join(', ')}: build a PrometheusClient` : undefined
}

export const configurationIsLoaded: SetupCheck = async ({ prometheus }) =>
  (await prometheus.runtime()).reloadConfigSuccess
    ? undefined
    : 'the last reload failed: run promtool check config prometheus.yml'

export const targetsAreUp: SetupCheck = async ({ prometheus }) => {
  const targets = await prometheus.targets()
  if (targets.length === 0) return 'there is no target: add scrape_configs to prometheus.yml'
  const down = targets.find((target) => target.health !== 'up')
  if (down) return `${down.scrapeUrl} is ${down.health}: ${down.lastError || 'not scraped so far'}`
  const slow = targets.find((target) => secondsOf(target.scrapeInterval) > 120)
  return slow && `${slow.scrapeUrl} is scraped every ${slow.scrapeInterval}: at most 2m, or graphs have gaps`
}

export const alertsAreDefined: SetupCheck = async ({ prometheus }) => {
  const alerts = (await prometheus.rules()).filter((rule) => rule.type === 'alerting')
  return alerts.length === 0 ? 'no alert rule is loaded: add alert_rules.yml to rule_files' : undefined
}

export const labelsAreBounded: SetupCheck = async (context) => {
  const lines = (await metricsBody(context))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const idLike = lines.find((line) => ID_LIKE.test(line))
  if (idLike !== undefined) return `a label value looks like an id or an address: ${idLike.slice(0, 120)}`
  const counts = new Map<string, number>()
  for (const line of lines) {
    const name = line.split(/[{ ]/, 1)[0]!
    if (!name.endsWith('_bucket')) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const largest = [...counts].find(([, count]) => count > MOST_SERIES)
  return largest && `${largest[0]} has ${largest[1]} series: remove the label that has no bound`
}

export const keyMetricsAreStored: SetupCheck = async ({ prometheus }) => {
  const counts = await Promise.all(KEY_METRICS.map((name) => prometheus.count(name)))
  const missing = KEY_METRICS.filter((_, i) => counts[i] === 0)
  return missing.length > 0 ? `Prometheus has no ${missing.join(', ')}: use MetricsMiddleware` : undefined
}

export const alertsAreDelivered: SetupCheck = async ({ prometheus }) =>
  (await prometheus.alertmanagers()) === 0
    ? 'Prometheus knows no Alertmanager: add alerting.alertmanagers to prometheus.yml'
    : undefined

export const dashboardsExist: SetupCheck = async ({ dashboards }) => {
  for (const folder of dashboards) {
    for (const file of await readdir(folder, { recursive: true }).catch(() => [])) {
      if (!file.endsWith('.json')) continue
      const content: unknown = JSON.parse(await readFile(join(folder, file), 'utf8'))
      if (hasPanels(content)) return undefined
    }
  }
  return `no dashboard in ${dashboards.join(', ') || 'any folder'}: name the folder that Grafana reads`
}

export const queriesWork: SetupCheck = async ({ prometheus }) => {
  const failing = (await prometheus.rules()).find((rule) => rule.health === 'err')
  if (failing) return `rule ${failing.name} fails: ${failing.lastError}`
  const found = await prometheus.count('rate(http_requests_total[5m])')
  return found === 0 ? 'rate(http_requests_total[5m]) is empty: wait for traffic and two scrapes' : undefined
}

export const nothingIsDropped: SetupCheck = async (context) => {
  const dropped = /^telltale_(?:observations_dropped|series_overflow)_total\{[^\n]*/m.exec(
    await metricsBody(context),
  )
  return dropped ? `observations are lost: ${dropped[0]}` : undefined
}

export const alertsAreNotStale: SetupCheck = async ({ prometheus }) => {
  const since = (activeAt: string) => (Date.now() - Date.parse(activeAt)) / 1000
  const stale = (await prometheus.rules()).find((rule) =>
    rule.alerts?.some((alert) => alert.state === 'firing' && since(alert.activeAt) > WEEK_SECONDS),
  )
  return stale && `alert ${stale.name} has been firing for over a week: mend the cause or the threshold`
}

export const scrapesAreQuick: SetupCheck = async ({ prometheus }) => {
  const slow = (await prometheus.targets()).find(
    (target) => target.lastScrapeDuration > secondsOf(target.scrapeInterval) / 2,
  )
  return (
    slow &&
    `a scrape of ${slow.scrapeUrl} took ${slow.lastScrapeDuration} s of its ${slow.scrapeInterval}: expose less`
  )
}

export const storageIsBounded: SetupCheck = async ({ prometheus }) => {
  const { storageRetention } = await prometheus.runtime()
  if (!storageRetention) return 'no retention is set: start Prometheus with --storage.tsdb.retention.time'
  const series = await prometheus.headSeries()
  return series > MOST_HEAD_SERIES ? `${series} series are in memory: find the metric that grows` : undefined
}

async function metricsBody(context: SetupContext): Promise<string> {
  return (await fetchText(context.metricsUrl, context.seconds)).body
}

function hasPanels(content: unknown): boolean {
  if (typeof content !== 'object' || content === null || !('panels' in content)) return false
  return Array.isArray(content.panels) && content.panels.length > 0
}

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** The seconds of a duration as Prometheus writes it, such as `1m30s`. */
function secondsOf(duration: string): number {
  let seconds = 0
  for (const [, amount, unit] of duration.matchAll(/(\d+)(ms|s|m|h|d)/g))
    seconds += Number(amount) * unitSeconds[unit!]!
  return seconds
}
