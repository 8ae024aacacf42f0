import type { Setup } from '../setup.js'
import { targetsOfEndpoint } from '../source/endpoint-targets.js'
import { Unavailable } from '../unavailable.js'

/**
 * Resolves when Prometheus scrapes the endpoint and keeps something of it. Rejects with Unavailable otherwise: what it
 * does not have then is no second fault.
 */
export async function scrapedEndpoint({ prometheus, endpoint }: Setup): Promise<void> {
  const { exact } = targetsOfEndpoint((await prometheus.targets()).activeTargets, endpoint.url)
  const up = exact.filter(({ health }) => health === 'up')
  const kept = up.length === 0 ? [] : await prometheus.query('scrape_samples_post_metric_relabeling > 0')
  if (up.some((target) => kept.some(({ labels }) => labels.instance === target.labels.instance))) return
  throw new Unavailable(prometheus.url, {
    en: 'nothing of the endpoint is stored, so rules and panels can have no data',
    ko: '엔드포인트에서 저장된 것이 없어 규칙과 패널에 데이터가 있을 수 없습니다',
  })
}
