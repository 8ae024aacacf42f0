import type { ParsedExposition, ParsedSample } from 'telltale/testing'
import type { Finding } from '../../finding/finding.js'
import { atUrl } from '../../finding/place.js'
import { checksOf } from '../check.js'
import type { Setup } from '../setup.js'
import { seriesOf } from '../source/series-count.js'
import { review } from '../texts/review.js'

/** A share of series that may be new or gone from one second to the next: an application under traffic meets new ones. */
const mostChange = 0.2

async function nothingIsLost({ endpoint }: Setup): Promise<readonly Finding[]> {
  const exposition = await endpoint.exposition()
  const place = atUrl(endpoint.url)
  const counted = (name: string) => positive(exposition, name)
  return [
    ...counted('telltale_observations_dropped_total').map(({ labels, value: count }) => {
      const { metric = '?', reason = '?' } = labels
      return review.finding('review/dropped', place, { metric, reason, count }, { subject: metric })
    }),
    ...counted('telltale_series_overflow_total').map(({ labels, value: count }) => {
      const { metric = '?' } = labels
      return review.finding('review/overflow', place, { metric, count }, { subject: metric })
    }),
    ...counted('telltale_collector_errors_total').map(({ labels, value: count }) => {
      const { collector = '?', reason = '?' } = labels
      return review.finding('review/collector', place, { collector, reason, count }, { subject: collector })
    }),
    ...counted('telltale_exemplars_dropped_total').map(({ labels, value: count }) => {
      const { metric = '?', reason = '?' } = labels
      return review.finding('review/exemplars', place, { metric, reason, count }, { subject: metric })
    }),
  ]
}

function positive({ families }: ParsedExposition, name: string): readonly ParsedSample[] {
  const samples = families.find((family) => family.name === name)?.samples ?? []
  return samples.filter((sample) => sample.name === name && sample.value > 0)
}

async function countersRise({ endpoint }: Setup): Promise<readonly Finding[]> {
  const [first, second] = await Promise.all([endpoint.exposition(), endpoint.later()])
  const before = counterValues(first)
  const place = atUrl(endpoint.url)
  const fallen = new Map<string, Finding>()
  for (const [series, { metric, value }] of counterValues(second)) {
    const earlier = before.get(series)
    if (earlier === undefined || value >= earlier.value || fallen.has(metric)) continue
    const values = { metric, before: earlier.value, after: value }
    fallen.set(metric, review.finding('review/counter-fell', place, values, { subject: metric }))
  }
  return [...fallen.values()]
}

function counterValues({ families }: ParsedExposition) {
  const values = new Map<string, { readonly metric: string; readonly value: number }>()
  for (const { name: metric, type, samples } of families) {
    if (type !== 'counter') continue
    for (const { name, labels, value } of samples) {
      if (name.endsWith('_created')) continue
      values.set(`${name}${JSON.stringify(Object.entries(labels).sort())}`, { metric, value })
    }
  }
  return values
}

async function seriesStay({ endpoint }: Setup): Promise<readonly Finding[]> {
  const [first, second] = await Promise.all([endpoint.exposition(), endpoint.later()])
  const count = ({ families }: ParsedExposition) =>
    families.reduce((sum, family) => sum + seriesOf(family), 0)
  const [before, after] = [count(first), count(second)]
  if (Math.abs(after - before) <= Math.max(before, after) * mostChange) return []
  return [review.finding('review/series-come-and-go', atUrl(endpoint.url), { before, after })]
}

const refusals = [
  'prometheus_target_scrapes_sample_duplicate_timestamp_total',
  'prometheus_target_scrapes_sample_out_of_order_total',
  'prometheus_target_scrapes_sample_out_of_bounds_total',
]

async function samplesAreTaken({ prometheus }: Setup): Promise<readonly Finding[]> {
  const own = await prometheus.ownMetrics()
  return refusals.flatMap((metric) => {
    const count = own.get(metric) ?? 0
    if (count === 0) return []
    return [
      review.finding('review/samples-refused', atUrl(prometheus.url), { metric, count }, { subject: metric }),
    ]
  })
}

export const reviewChecks = checksOf('review', [nothingIsLost, countersRise, seriesStay, samplesAreTaken])
