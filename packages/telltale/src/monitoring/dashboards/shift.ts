import { ago, binary, num, ratio, WEEK } from '../query/build.js'
import type { Query, Selector } from '../query/query.js'

/** The query with each selector replaced; a selector over which a range goes is `ranged`. */
export function mapSelectors(query: Query, change: (selector: Selector, ranged: boolean) => Query): Query {
  switch (query.kind) {
    case 'selector':
      return change(query, false)
    case 'over': {
      const { of } = query
      const inRange = of.kind === 'selector' && query.step === undefined
      return { ...query, of: inRange ? change(of, true) : mapSelectors(of, change) }
    }
    case 'call':
    case 'aggregate':
    case 'label':
      return { ...query, of: mapSelectors(query.of, change) }
    case 'binary': {
      const [left, right] = [mapSelectors(query.left, change), mapSelectors(query.right, change)]
      return { ...query, left, right }
    }
    default:
      return query
  }
}

/** What the query gave `seconds` ago. */
export function shifted(query: Query, seconds: number): Query {
  return mapSelectors(query, (selector) => ago(selector, seconds))
}

export const lastWeek = (query: Query): Query => shifted(query, WEEK)

/** By which share the value is above that of a week ago. */
export const changeSinceLastWeek = (query: Query): Query => binary(ratio(query, lastWeek(query)), '-', num(1))
