import { dropLabels, type Element, labelKey } from './vector.js'

interface Bucket {
  readonly bound: number
  count: number
}

/** The quantile of classic buckets, for each label set without `le`. Series without that label are no buckets. */
export function histogramQuantile(quantile: number, buckets: readonly Element[]): readonly Element[] {
  const groups = new Map<string, { labels: Element['labels']; buckets: Bucket[] }>()
  for (const { labels, value } of buckets) {
    const bound = boundOf(labels.le)
    if (bound === undefined) continue
    const rest = dropLabels(labels, ['le'])
    const key = labelKey(rest)
    const group = groups.get(key) ?? { labels: rest, buckets: [] }
    groups.set(key, group)
    group.buckets.push({ bound, count: value })
  }
  return Array.from(groups.values(), (group) => ({
    labels: group.labels,
    value: quantileOf(quantile, merged(group.buckets)),
  }))
}

function boundOf(le: string | undefined): number | undefined {
  if (le === undefined || le === '') return undefined
  const bound = le === '+Inf' ? Infinity : Number(le)
  return Number.isNaN(bound) ? undefined : bound
}

/** In the order of their bounds, each once, and never falling: buckets of different moments may. */
function merged(buckets: Bucket[]): readonly Bucket[] {
  const found: Bucket[] = []
  for (const bucket of buckets.sort((a, b) => a.bound - b.bound)) {
    const last = found.at(-1)
    if (last?.bound === bucket.bound) last.count += bucket.count
    else found.push(bucket)
  }
  let most = Number.NEGATIVE_INFINITY
  for (const bucket of found) {
    if (bucket.count > most) most = bucket.count
    else bucket.count = most
  }
  return found
}

function quantileOf(quantile: number, buckets: readonly Bucket[]): number {
  if (Number.isNaN(quantile)) return Number.NaN
  if (quantile < 0) return Number.NEGATIVE_INFINITY
  if (quantile > 1) return Infinity
  const last = buckets.length - 1
  const all = buckets[last]!
  if (all.bound !== Infinity || last < 1 || all.count === 0 || Number.isNaN(all.count)) return Number.NaN
  const rank = quantile * all.count
  const found = buckets.findIndex(({ count }) => count >= rank)
  if (found < 0 || found === last) return buckets[last - 1]!.bound
  const { bound, count } = buckets[found]!
  if (found === 0 && bound <= 0) return bound
  const below = found === 0 ? { bound: 0, count: 0 } : buckets[found - 1]!
  return below.bound + (bound - below.bound) * ((rank - below.count) / (count - below.count))
}

/** The quantile of single values, between the two nearest of them. */
export function sampleQuantile(quantile: number, values: readonly number[]): number {
  if (values.length === 0 || Number.isNaN(quantile)) return Number.NaN
  if (quantile < 0) return Number.NEGATIVE_INFINITY
  if (quantile > 1) return Infinity
  // NaN is the least of all values.
  const order = (value: number) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value)
  const sorted = [...values].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0))
  const rank = quantile * (sorted.length - 1)
  const lower = Math.max(0, Math.floor(rank))
  const upper = Math.min(sorted.length - 1, lower + 1)
  const weight = rank - Math.floor(rank)
  return sorted[lower]! * (1 - weight) + sorted[upper]! * weight
}
