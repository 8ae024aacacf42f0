import { metricOfSample } from '../metrics/metric-catalogue.js'
import type { Query, Selector } from './query.js'

const OF_TARGET = ['job', 'instance']

/**
 * The labels that the series of a query's result can have; `undefined` when they cannot be known, as for a metric
 * that is not in the catalogue.
 */
export function resultLabels(query: Query): readonly string[] | undefined {
  switch (query.kind) {
    case 'selector':
      return ofSelector(query)
    case 'aggregate': {
      if (query.grouping === 'by' && query.fn !== 'topk' && query.fn !== 'bottomk') return query.labels
      const inner = resultLabels(query.of)
      return query.grouping === 'by' ? inner : inner?.filter((label) => !query.labels.includes(label))
    }
    case 'call':
      // Only what a matcher says is known of what is not there; rules are made for one job.
      if (query.fn === 'absent') return ['job']
      return without(resultLabels(query.of), query.fn === 'histogram_quantile' ? 'le' : undefined)
    case 'over':
      return resultLabels(query.of)
    case 'label':
      return [...(resultLabels(query.of) ?? []), query.label]
    case 'binary': {
      if (query.left.kind === 'number' || query.left.kind === 'time') return resultLabels(query.right)
      const many = query.group?.side === 'right' ? query.right : query.left
      return resultLabels(many)
    }
    default:
      return []
  }
}

function ofSelector({ of }: Selector): readonly string[] | undefined {
  if (typeof of !== 'string') return of.labels
  const known = metricOfSample(of)
  if (known === undefined) return undefined
  return [...OF_TARGET, ...known.labels, ...(of.endsWith('_bucket') ? ['le'] : [])]
}

function without(labels: readonly string[] | undefined, name: string | undefined) {
  return name === undefined ? labels : labels?.filter((label) => label !== name)
}
