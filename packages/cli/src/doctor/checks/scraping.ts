import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { durationText, parseDuration } from '../../promql/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { targetsOfEndpoint } from '../source/endpoint-targets.js'
import type { Target } from '../source/prometheus-answers.js'
import { readRunning } from '../source/running-configuration.js'
import { scraping } from '../texts/scraping.js'

const lookbackSeconds = 300
const longSeconds = 120
const staleSeconds = 86_400

/** Every target but those of the endpoint, which have an item of their own. */
async function targetsAreUp(setup: Setup): Promise<readonly Finding[]> {
  const { prometheus } = setup
  const { activeTargets, droppedTargets = [] } = await prometheus.targets()
  const place = atUrl(prometheus.url)
  if (activeTargets.length + droppedTargets.length === 0)
    return [scraping.finding('scraping/no-target', place, {})]
  const ownOnes = ownTargets(setup, activeTargets)
  return activeTargets
    .filter((target) => target.health === 'down' && !ownOnes.includes(target))
    .map(({ scrapeUrl: url, scrapePool: job, lastError: error }) =>
      scraping.finding('scraping/target-down', place, { url, job, error }, { subject: url }),
    )
}

function ownTargets(setup: Setup, targets: readonly Target[]): readonly Target[] {
  let url: string
  try {
    url = setup.endpoint.url
  } catch {
    return []
  }
  const { exact, near } = targetsOfEndpoint(targets, url)
  const own = exact.length > 0 ? exact : near
  // Where one of them works the item of the endpoint is content, and the others are told here.
  return own.some(({ health }) => health !== 'down') ? [] : own
}

async function jobsHaveTargets({ prometheus }: Setup): Promise<readonly Finding[]> {
  const [{ activeTargets, droppedTargets = [] }, yaml] = await Promise.all([
    prometheus.targets(),
    prometheus.configuration(),
  ])
  if (activeTargets.length + droppedTargets.length === 0) return []
  const place = atUrl(prometheus.url)
  const active = new Set(activeTargets.map(({ scrapePool }) => scrapePool))
  return (readRunning(yaml).scrape_configs ?? [])
    .filter(({ job_name }) => !active.has(job_name))
    .map(({ job_name: job }) => {
      const count = droppedTargets.filter(({ discoveredLabels }) => discoveredLabels.job === job).length
      return count > 0
        ? scraping.finding('scraping/job-dropped', place, { job, count }, { subject: job })
        : scraping.finding('scraping/job-empty', place, { job }, { subject: job })
    })
}

async function intervalsAreShort({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { activeTargets } = await prometheus.targets()
  const jobs = new Map(activeTargets.map(({ scrapePool, scrapeInterval }) => [scrapePool, scrapeInterval]))
  return [...jobs].flatMap(([job, interval]) => {
    const seconds = parseDuration(interval) ?? 0
    if (seconds <= longSeconds) return []
    const id = seconds >= lookbackSeconds ? 'scraping/interval-gaps' : 'scraping/interval-long'
    return [scraping.finding(id, atUrl(prometheus.url), { job, interval }, { subject: job })]
  })
}

async function pushgatewayKeepsLabels({ prometheus }: Setup): Promise<readonly Finding[]> {
  const hidden = await prometheus.query('count by (job) (push_time_seconds{exported_job!=""})')
  return hidden.map(({ labels }) =>
    scraping.finding('scraping/pushgateway-labels', atUrl(prometheus.url), { job: labels.job ?? '?' }),
  )
}

async function pushgatewayIsFresh({ prometheus }: Setup): Promise<readonly Finding[]> {
  const old = await prometheus.query(`time() - push_time_seconds > ${staleSeconds}`)
  return old.map(({ labels, value }) => {
    const group = labels.exported_job ?? labels.job ?? '?'
    const age = durationText(Math.round(value / 3600) * 3600)
    return scraping.finding(
      'scraping/pushgateway-stale',
      atUrl(prometheus.url),
      { group, age },
      { subject: group },
    )
  })
}

export const scrapingChecks = checksOf('scraping', [
  targetsAreUp,
  jobsHaveTargets,
  intervalsAreShort,
  pushgatewayKeepsLabels,
  pushgatewayIsFresh,
])
