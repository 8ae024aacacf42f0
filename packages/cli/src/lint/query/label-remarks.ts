import {
  type Aggregation,
  type Binary,
  type Call,
  type Expression,
  metricOf,
  typeOf,
  walk,
} from '../../promql/index.js'
import { labelsOf } from './label-flow.js'
import type { LabelSet } from './label-set.js'
import { type Remark, remark } from './remark.js'

/** Labels that are used where they cannot be any more. */
export function labelRemarks(node: Expression): readonly Remark[] {
  if (node.kind === 'aggregation') return aggregationRemarks(node)
  if (node.kind === 'binary') return binaryRemarks(node)
  return node.kind === 'call' && node.name === 'histogram_quantile' ? quantileRemarks(node) : []
}

function aggregationRemarks(node: Aggregation): readonly Remark[] {
  if (node.grouping !== 'by') return []
  const inner = labelsOf(node.expression)
  const gone = node.labels.filter((label) => !inner.has(label))
  return gone.map((label) =>
    remark('query/impossible-label', node, { use: `by (${node.labels.join(', ')})`, label }),
  )
}

function binaryRemarks(node: Binary): readonly Remark[] {
  const { left, right, matching } = node
  if (typeOf(left) !== 'vector' || typeOf(right) !== 'vector') return []
  const [one, other] = [labelsOf(left), labelsOf(right)]
  if (matching === undefined) return node.operator === 'or' ? [] : fragileRemarks(node, one, other)
  const gone = matching.on ? matching.labels.filter((label) => one.has(label) !== other.has(label)) : []
  const single = matching.group === 'right' ? one : other
  const missing = matching.include.filter((label) => !single.has(label))
  return [
    ...gone.map((label) => remark('query/impossible-label', matching, { use: 'on()', label })),
    ...missing.map((label) =>
      remark('query/impossible-label', matching, { use: `group_${matching.group}()`, label }),
    ),
  ]
}

/** Two aggregations by different labels: no pair of series is alike. */
function fragileRemarks(node: Binary, one: LabelSet, other: LabelSet): readonly Remark[] {
  const [left, right] = [one.names, other.names]
  if (left === undefined || right === undefined || node.operator === 'unless') return []
  const same = left.size === right.size && [...left].every((name) => right.has(name))
  if (same) return []
  const shown = (names: ReadonlySet<string>) => `(${[...names].join(', ')})`
  return [remark('query/fragile-arithmetic', node, { left: shown(left), right: shown(right) })]
}

/** Native histograms have no `le`, so only series that are buckets by name are looked at. */
function quantileRemarks(node: Call): readonly Remark[] {
  const vector = node.arguments[1]
  if (vector === undefined || labelsOf(vector).has('le')) return []
  const isClassic = [...walk(vector)].some(
    ({ expression }) => expression.kind === 'selector' && metricOf(expression)?.endsWith('_bucket'),
  )
  return isClassic ? [remark('query/histogram-le', node, {})] : []
}
