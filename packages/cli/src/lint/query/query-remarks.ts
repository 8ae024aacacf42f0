import { type Expression, walk } from '../../promql/index.js'
import type { LintSettings } from '../subject.js'
import { labelRemarks } from './label-remarks.js'
import { counterRemarks, nanRemarks, rateRemarks } from './rate-remarks.js'
import type { Remark } from './remark.js'
import { selectorRemarks } from './selector-remarks.js'

/** What may be said about an expression that Prometheus accepts, in the order of its parts. */
export function queryRemarks(expression: Expression, settings: LintSettings): readonly Remark[] {
  const remarks = [...walk(expression)].flatMap(({ expression: node, around }) => [
    ...labelRemarks(node),
    ...(node.kind === 'selector'
      ? [...selectorRemarks(node), ...counterRemarks(node, around, settings)]
      : []),
    ...(node.kind === 'call' ? rateRemarks(node, settings) : []),
    ...(node.kind === 'aggregation' ? nanRemarks(node) : []),
  ])
  return remarks.sort((a, b) => a.from - b.from)
}
