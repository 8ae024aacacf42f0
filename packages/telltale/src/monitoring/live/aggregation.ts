import type { Aggregation } from '../query/query.js'
import { sampleQuantile } from './quantile.js'
import { sum } from './range-functions.js'
import { dropLabels, type Element, labelKey, pickLabels } from './vector.js'

/** One value for each group of a vector; of `topk` and `bottomk`, some of its elements. */
export function aggregated(call: Aggregation, vector: readonly Element[]): readonly Element[] {
  const { grouping, labels, fn } = call
  const groups = new Map<string, { labels: Element['labels']; members: Element[] }>()
  for (const element of vector) {
    const own = grouping === 'by' ? pickLabels(element.labels, labels) : dropLabels(element.labels, labels)
    const key = labelKey(own)
    const group = groups.get(key) ?? { labels: own, members: [] }
    groups.set(key, group)
    group.members.push(element)
  }
  return [...groups.values()].flatMap(({ labels: own, members }) => {
    if (fn === 'topk' || fn === 'bottomk') return ranked(fn, call.argument ?? 0, members)
    const values = members.map(({ value }) => value)
    return [
      {
        labels: own,
        value: fn === 'quantile' ? sampleQuantile(call.argument ?? 0, values) : one[fn](values),
      },
    ]
  })
}

const one: Readonly<
  Record<Exclude<Aggregation['fn'], 'topk' | 'bottomk' | 'quantile'>, (values: readonly number[]) => number>
> = {
  sum,
  avg: (values) => sum(values) / values.length,
  min: (values) => values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least)),
  max: (values) => values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most)),
  count: (values) => values.length,
  group: () => 1,
}

/** The largest or the smallest, from the first on; NaN is the last of both. */
function ranked(fn: 'topk' | 'bottomk', count: number, members: readonly Element[]): readonly Element[] {
  const sign = fn === 'topk' ? -1 : 1
  const order = ({ value }: Element) => (Number.isNaN(value) ? Infinity : sign * value)
  return [...members].sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)).slice(0, count)
}
