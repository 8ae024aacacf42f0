import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { parseDuration } from '../../promql/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { targetsOfEndpoint } from '../source/endpoint-targets.js'
import type { LoadedGroup } from '../source/prometheus-answers.js'
import { speed } from '../texts/speed.js'

/** What Prometheus gives a scrape unless it is told otherwise. */
const defaultTimeout = 10

/** Of the interval: more leaves no room for a slow moment. */
const mostShare = 0.5

async function scrapesAreQuick({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { activeTargets } = await prometheus.targets()
  return activeTargets.flatMap((target) => {
    const { scrapeUrl: url, scrapeInterval: interval, lastScrapeDuration: seconds, scrapePool: job } = target
    if (
      target.health !== 'up' ||
      seconds <= (parseDuration(interval) ?? Number.POSITIVE_INFINITY) * mostShare
    )
      return []
    const values = { url, job, interval, seconds: seconds.toFixed(2) }
    return [speed.finding('speed/scrape', atUrl(prometheus.url), values, { subject: url })]
  })
}

async function endpointIsQuick(setup: Setup): Promise<readonly Finding[]> {
  await setup.endpoint.exposition()
  const result = await setup.endpoint.scrape()
  if (result.kind !== 'read') return []
  const { seconds } = result.answer
  const timeout = await timeoutOf(setup)
  if (seconds <= timeout * mostShare) return []
  const severity = seconds > timeout ? 'error' : undefined
  const values = { seconds: seconds.toFixed(1), timeout }
  return [speed.finding('speed/answer', atUrl(setup.endpoint.url), values, { severity })]
}

async function timeoutOf(setup: Setup): Promise<number> {
  try {
    const { activeTargets } = await setup.prometheus.targets()
    const { exact } = targetsOfEndpoint(activeTargets, setup.endpoint.url)
    const timeouts = exact.flatMap(({ scrapeTimeout }) => parseDuration(scrapeTimeout) ?? [])
    return timeouts.length === 0 ? defaultTimeout : Math.min(...timeouts)
  } catch {
    return defaultTimeout
  }
}

async function rulesAreQuick({ prometheus }: Setup): Promise<readonly Finding[]> {
  return (await prometheus.groups()).flatMap((group) => {
    const { name, interval, evaluationTime } = group
    if (evaluationTime <= interval * mostShare) return []
    const slowest = slowestRule(group)
    const values = {
      group: name,
      interval,
      seconds: evaluationTime.toFixed(2),
      slowest: slowest?.name ?? '?',
      share: (slowest?.evaluationTime ?? 0).toFixed(2),
    }
    const severity = evaluationTime > interval ? 'error' : undefined
    return [speed.finding('speed/rules', atUrl(prometheus.url), values, { severity, subject: name })]
  })
}

function slowestRule({ rules }: LoadedGroup) {
  return [...rules].sort((a, b) => b.evaluationTime - a.evaluationTime)[0]
}

async function serverKeepsUp({ prometheus }: Setup): Promise<readonly Finding[]> {
  const own = await prometheus.ownMetrics()
  const place = atUrl(prometheus.url)
  const missed = own.get('prometheus_rule_group_iterations_missed_total') ?? 0
  const running = own.get('prometheus_engine_queries') ?? 0
  const most = own.get('prometheus_engine_queries_concurrent_max') ?? Number.POSITIVE_INFINITY
  return [
    ...(missed > 0 ? [speed.finding('speed/rules-missed', place, { count: missed })] : []),
    ...(running > most * 0.8 ? [speed.finding('speed/queries', place, { running, most })] : []),
  ]
}

export const speedChecks = checksOf('speed', [scrapesAreQuick, endpointIsQuick, rulesAreQuick, serverKeepsUp])
