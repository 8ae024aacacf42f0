import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { targetsOfEndpoint } from '../source/endpoint-targets.js'
import type { DroppedTarget } from '../source/prometheus-answers.js'
import { reach } from '../texts/reach.js'
import { targetFault } from './target-fault.js'

/** Targets that a message names at most. */
const mostNamed = 3

async function scraped({ prometheus, endpoint }: Setup): Promise<readonly Finding[]> {
  const targets = await prometheus.targets()
  const place = atUrl(endpoint.url)
  const wanted = new URL(endpoint.url)
  const { exact, near } = targetsOfEndpoint(targets.activeTargets, endpoint.url)
  const own = exact.length > 0 ? exact : near
  if (own.length === 0) {
    const dropped = targets.droppedTargets?.find((target) => isAddress(target, wanted))
    if (dropped !== undefined) {
      const job = dropped.discoveredLabels.job ?? '?'
      return [reach.finding('reach/dropped', place, { host: wanted.host, job })]
    }
    const urls = targets.activeTargets.map(({ scrapeUrl }) => scrapeUrl)
    const named =
      urls.length === 0 ? '0' : urls.slice(0, mostNamed).join(', ') + (urls.length > mostNamed ? ', …' : '')
    const { host, pathname: path } = wanted
    return [reach.finding('reach/no-target', place, { host, path, port: portOf(wanted), targets: named })]
  }
  // One that works is enough: the others are a matter of the item about every target.
  if (own.some(({ health }) => health !== 'down')) return []
  return [targetFault(own[0]!, place, wanted.pathname)]
}

async function kept({ prometheus, endpoint }: Setup): Promise<readonly Finding[]> {
  const { exact } = targetsOfEndpoint((await prometheus.targets()).activeTargets, endpoint.url)
  const lost = await prometheus.query(
    'scrape_samples_scraped > 0 unless (scrape_samples_post_metric_relabeling > 0)',
  )
  return lost
    .filter(({ labels }) => exact.some((target) => target.labels.instance === labels.instance))
    .map(({ labels, value }) =>
      reach.finding('reach/nothing-kept', atUrl(endpoint.url), {
        samples: value,
        instance: labels.instance ?? '?',
        job: labels.job ?? '?',
      }),
    )
}

function isAddress({ discoveredLabels }: DroppedTarget, wanted: URL): boolean {
  const address = discoveredLabels.__address__ ?? ''
  return address.slice(address.lastIndexOf(':') + 1) === portOf(wanted)
}

function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}

export const reachChecks = checksOf('reach', [scraped, kept])
