import type { Setup } from '../setup.js'
import { targetsOfEndpoint } from '../source/endpoint-targets.js'
import { Unavailable } from '../unavailable.js'

/**
 * Resolves when Prometheus scrapes the endpoint. Rejects with Unavailable otherwise: what it does not have then is no
 * second fault.
 */
export async function scrapedEndpoint({ prometheus, endpoint }: Setup): Promise<void> {
  const { exact } = targetsOfEndpoint((await prometheus.targets()).activeTargets, endpoint.url)
  if (exact.some(({ health }) => health === 'up')) return
  throw new Unavailable(prometheus.url, {
    en: 'the endpoint is not scraped, so nothing of it can be stored',
    ko: '엔드포인트가 스크랩되지 않아 저장될 것이 없습니다',
  })
}
