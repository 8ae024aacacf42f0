import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { durationText, parseDuration } from '../../promql/index.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { longestLookBack, readExpression } from '../source/expression.js'
import { storage } from '../texts/storage.js'

const mostSeries = 2_000_000
const mostOfOneMetric = 10_000
const longestWithoutSize = 400 * 86_400
const leastFree = 0.05
const mostBehindSeconds = 120

async function retentionFits({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { flavour } = await prometheus.identity()
  const { storageRetention } = await prometheus.runtime()
  if (flavour === 'agent') return []
  const place = atUrl(prometheus.url)
  const [time = '', size] = storageRetention.split(' or ')
  const kept = parseDuration(time.trim())
  if (kept === undefined) {
    // A size alone is a bound too.
    return storageRetention === '' ? [storage.finding('storage/no-retention', place, {})] : []
  }
  const findings: Finding[] = []
  if (kept > longestWithoutSize && size === undefined)
    findings.push(storage.finding('storage/unbounded', place, { retention: time }))
  for (const { name, query } of (await prometheus.groups()).flatMap(({ rules }) => rules)) {
    const expression = readExpression(query)
    const seconds = expression === undefined ? 0 : longestLookBack(expression)
    if (seconds <= kept) continue
    const range = durationText(seconds)
    const values = { retention: time, rule: name, range, needed: range }
    findings.push(storage.finding('storage/retention-short', place, values, { subject: name }))
  }
  return findings
}

async function seriesHaveABound({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { headStats, seriesCountByMetricName } = await prometheus.head()
  const place = atUrl(prometheus.url)
  const series = headStats.numSeries
  const [largest] = seriesCountByMetricName
  const grown = seriesCountByMetricName
    .filter(({ value }) => value > mostOfOneMetric)
    .map(({ name: metric, value: count }) =>
      storage.finding(
        'storage/metric-grows',
        place,
        { metric, count, most: mostOfOneMetric },
        { subject: metric },
      ),
    )
  if (series <= mostSeries) return grown
  const values = { series, most: mostSeries, largest: largest?.name ?? '?', count: largest?.value ?? 0 }
  return [storage.finding('storage/many-series', place, values), ...grown]
}

/** Every target's first scrape adds all its series, so it takes several times as many to be churn. */
async function seriesStay({ prometheus }: Setup): Promise<readonly Finding[]> {
  const added = await prometheus.query(
    'sum by (job) (sum_over_time(scrape_series_added[1h])) > 5000 and ' +
      'sum by (job) (sum_over_time(scrape_series_added[1h])) > 5 * sum by (job) (scrape_samples_post_metric_relabeling)',
  )
  return Promise.all(
    added.map(async ({ labels, value: count }) => {
      const job = labels.job ?? '?'
      const shown = await prometheus.query(
        `sum(scrape_samples_post_metric_relabeling{job=${JSON.stringify(job)}})`,
      )
      const values = { job, count: Math.round(count), present: shown[0]?.value ?? 0 }
      return storage.finding('storage/churn', atUrl(prometheus.url), values, { subject: job })
    }),
  )
}

async function dataIsSound({ prometheus }: Setup): Promise<readonly Finding[]> {
  const { corruptionCount } = await prometheus.runtime()
  const own = await prometheus.ownMetrics().catch(() => new Map<string, number>())
  const place = atUrl(prometheus.url)
  const corruptions = Math.max(corruptionCount ?? 0, own.get('prometheus_tsdb_wal_corruptions_total') ?? 0)
  const failed = own.get('prometheus_tsdb_compactions_failed_total') ?? 0
  return [
    ...(corruptions > 0 ? [storage.finding('storage/corruption', place, { count: corruptions })] : []),
    ...(failed > 0 ? [storage.finding('storage/compaction', place, { count: failed })] : []),
  ]
}

async function diskHasRoom({ prometheus }: Setup): Promise<readonly Finding[]> {
  const full = await prometheus.query(
    'node_filesystem_avail_bytes{fstype!~"tmpfs|ramfs|squashfs|iso9660|overlay"} / node_filesystem_size_bytes ' +
      `< ${leastFree} unless node_filesystem_readonly == 1`,
  )
  return full.map(({ labels, value }) => {
    const { mountpoint = '?', instance = '?' } = labels
    const values = { mountpoint, instance, percent: (value * 100).toFixed(1) }
    return storage.finding('storage/disk', atUrl(prometheus.url), values, { subject: mountpoint })
  })
}

async function remoteWriteWorks({ prometheus }: Setup): Promise<readonly Finding[]> {
  const own = await prometheus.ownMetrics()
  const place = atUrl(prometheus.url)
  const of = (name: string) => own.get(`prometheus_remote_storage_${name}`) ?? 0
  const [sent, failed] = [of('samples_total'), of('samples_failed_total')]
  const behind = of('highest_timestamp_in_seconds') - of('queue_highest_sent_timestamp_seconds')
  const isSending = own.has('prometheus_remote_storage_queue_highest_sent_timestamp_seconds')
  const findings: Finding[] = []
  if (failed > 0 && failed / Math.max(sent, failed) > 0.01) {
    const percent = ((failed / Math.max(sent, failed)) * 100).toFixed(0)
    findings.push(storage.finding('storage/remote-write-fails', place, { percent }))
  }
  if (isSending && of('queue_highest_sent_timestamp_seconds') > 0 && behind > mostBehindSeconds)
    findings.push(storage.finding('storage/remote-write-behind', place, { seconds: Math.round(behind) }))
  return findings
}

export const storageChecks = checksOf('storage', [
  retentionFits,
  seriesHaveABound,
  seriesStay,
  dataIsSound,
  diskHasRoom,
  remoteWriteWorks,
])
