import type { Finding } from '../../finding/finding.js'
import { atUrl, inFile } from '../../finding/place.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { queries } from '../texts/queries.js'
import { panelsHaveData } from './panel-data.js'
import { metricsOfRulesExist } from './rule-metrics.js'
import { scrapedEndpoint } from './scraped-endpoint.js'

async function rulesSucceed({ prometheus }: Setup): Promise<readonly Finding[]> {
  return (await prometheus.groups()).flatMap(({ file, rules }) =>
    rules
      .filter(({ health }) => health === 'err')
      .map(({ name: rule, query, lastError: error = '' }) =>
        queries.finding('queries/rule-fails', inFile(file, { within: rule }), { rule, query, error }),
      ),
  )
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

export const queriesChecks = checksOf('queries', [
  rulesSucceed,
  metricsOfRulesExist,
  trafficHasARate,
  panelsHaveData,
])
