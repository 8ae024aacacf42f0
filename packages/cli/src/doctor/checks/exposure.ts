import type { Finding } from '../../finding/finding.js'
import { atUrl, type Place } from '../../finding/place.js'
import type { Answer } from '../../http/index.js'
import { evidenceOf } from '../../http/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { mostBytes, type ScrapeResult } from '../source/metrics-endpoint.js'
import { largestFamily, seriesOf } from '../source/series-count.js'
import { atLeast } from '../source/server-identity.js'
import { exposure } from '../texts/exposure.js'

const mebibyte = 1024 * 1024
const mostMebibytes = 5

async function readable({ endpoint }: Setup): Promise<readonly Finding[]> {
  const result = await endpoint.scrape()
  const finding = obstacle(atUrl(endpoint.url), result)
  return finding === undefined ? [] : [finding]
}

function obstacle(place: Place, result: ScrapeResult): Finding | undefined {
  switch (result.kind) {
    case 'unreachable': {
      const { kind, detail } = result.error.fault
      return exposure.finding(kind === 'timeout' ? 'exposure/timeout' : 'exposure/unreachable', place, {
        detail,
      })
    }
    case 'status':
      return refusal(place, result.answer)
    case 'page':
      return exposure.finding('exposure/web-page', place, { evidence: evidenceOf(result.answer) })
    case 'too-large':
      return exposure.finding('exposure/too-large', place, {
        megabytes: mostBytes / mebibyte,
        seconds: result.answer.seconds.toFixed(1),
      })
    case 'unreadable': {
      const { contentType } = result.answer
      return exposure.finding('exposure/unreadable', place, { fault: result.error.message, contentType })
    }
    case 'read':
      return undefined
  }
}

function refusal(place: Place, answer: Answer): Finding {
  const { status } = answer
  if (status === 401 || status === 403) return exposure.finding('exposure/login', place, { status })
  const evidence = evidenceOf(answer)
  if (status < 500) return exposure.finding('exposure/not-found', place, { evidence })
  const beginning = answer.body.trim().slice(0, 120) || '""'
  return exposure.finding('exposure/fails', place, { evidence, beginning })
}

async function content({ endpoint }: Setup): Promise<readonly Finding[]> {
  const { families } = await endpoint.exposition()
  const place = atUrl(endpoint.url)
  if (families.every((family) => seriesOf(family) === 0))
    return [exposure.finding('exposure/empty', place, {})]
  const metric = 'prometheus_tsdb_head_series'
  if (families.some(({ name }) => name === metric))
    return [exposure.finding('exposure/of-prometheus', place, { metric })]
  return []
}

async function form(setup: Setup): Promise<readonly Finding[]> {
  const { endpoint } = setup
  const result = await endpoint.scrape()
  if (result.kind !== 'read') return []
  const { contentType } = result.answer
  if (/^\s*(?:text\/plain|application\/openmetrics-text)\s*(?:;|$)/i.test(contentType)) return []
  const severity = (await isVersion3(setup)) ? 'error' : undefined
  return [
    exposure.finding(
      'exposure/content-type',
      atUrl(endpoint.url),
      { got: contentType || '""' },
      { severity },
    ),
  ]
}

async function isVersion3(setup: Setup): Promise<boolean> {
  try {
    const { version } = await setup.prometheus.identity()
    return atLeast(version, 3, 0) === true
  } catch {
    return false
  }
}

async function size({ endpoint }: Setup): Promise<readonly Finding[]> {
  const result = await endpoint.scrape()
  if (result.kind !== 'read' || result.answer.bytes <= mostMebibytes * mebibyte) return []
  const { families } = result.exposition
  const largest = largestFamily(families)
  return [
    exposure.finding('exposure/large', atUrl(endpoint.url), {
      megabytes: (result.answer.bytes / mebibyte).toFixed(1),
      series: families.reduce((sum, family) => sum + seriesOf(family), 0),
      largest: largest?.name ?? '',
      count: largest?.series ?? 0,
    }),
  ]
}

async function openness({ endpoint }: Setup): Promise<readonly Finding[]> {
  const { hostname } = new URL(endpoint.url)
  const isHere = /^(?:localhost|127\.|\[::1\])/.test(hostname)
  const result = await endpoint.scrape()
  if (isHere || endpoint.asksWithLogin || result.kind !== 'read') return []
  return [exposure.finding('exposure/open', atUrl(endpoint.url), { host: hostname })]
}

export const exposureChecks = checksOf('exposure', [readable, content, form, size, openness])
