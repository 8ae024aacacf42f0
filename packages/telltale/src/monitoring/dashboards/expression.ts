import { metricOfSample } from '../metrics/metric-catalogue.js'
import { MINUTE } from '../query/build.js'
import { durationText } from '../query/duration-text.js'
import { promql } from '../query/promql.js'
import type { PrometheusTarget } from '../query/promql-options.js'
import type { Query, RecordingRule, Selector } from '../query/query.js'
import type { VariableName } from './board.js'
import { mapSelectors, shifted } from './shift.js'

/** How the queries of a dashboard are written. */
export interface ExpressionStyle {
  readonly variables: readonly VariableName[]
  /** What may stand before the names of runtime metrics. */
  readonly prefixes: readonly string[]
  readonly target: PrometheusTarget
}

/** Stands for the range that Grafana computes from the scrape interval and the width of the panel. */
const RATE_INTERVAL = -1

/** A query as PromQL, with the variables of the dashboard. */
export function expression(query: Query, { variables, prefixes, target }: ExpressionStyle): string {
  const widened = flexible(chosen(written(query), variables))
  return promql(widened, {
    prefixes,
    target,
    duration: (seconds) => (seconds === RATE_INTERVAL ? '$__rate_interval' : durationText(seconds)),
  })
}

/**
 * Recording rules that sum instances or routes away are written out, so that each variable has an effect. Those of
 * an instance are read by name, which spares the prefixes, and so is what a range goes over.
 */
function written(query: Query): Query {
  return mapSelectors(query, (selector, ranged) => {
    const { of, offset, match } = selector
    if (typeof of === 'string' || ranged || match.length > 0 || isReadByName(of)) return selector
    return shifted(written(of.query), offset)
  })
}

function isReadByName({ labels, query }: RecordingRule): boolean {
  return labels.includes('instance') || goesOverRecords(query)
}

function goesOverRecords(query: Query): boolean {
  let found = false
  mapSelectors(query, (selector, ranged) => {
    if (typeof selector.of !== 'string') found ||= ranged || goesOverRecords(selector.of.query)
    return selector
  })
  return found
}

/** Every selector takes the variables for which its series have a label. */
function chosen(query: Query, variables: readonly VariableName[]): Query {
  return mapSelectors(query, (selector) => {
    const own = new Set(selector.match.map(({ label }) => label))
    const added = variables.filter((name) => !own.has(name) && hasLabel(selector, name))
    const match = added.map((name) => ({ label: name, op: '=~', value: `$${name}` }) as const)
    return { ...selector, match: [...match, ...selector.match] }
  })
}

function hasLabel({ of }: Selector, name: VariableName): boolean {
  if (typeof of !== 'string') return of.labels.includes(name)
  const known = metricOfSample(of)
  if (known === undefined) return name === 'service' || name === 'slo'
  // The job and instance of a server are its own, not those of the application.
  if (known.source === 'server' || known.source === 'machine') return false
  return name === 'job' || name === 'instance' || known.labels.includes(name)
}

/** Rates over the usual five minutes follow the width of the panel instead. */
function flexible(query: Query): Query {
  switch (query.kind) {
    case 'over': {
      const of = flexible(query.of)
      return query.fn === 'rate' && query.range === 5 * MINUTE
        ? { ...query, of, range: RATE_INTERVAL }
        : { ...query, of }
    }
    case 'call':
    case 'aggregate':
    case 'label':
      return { ...query, of: flexible(query.of) }
    case 'binary':
      return { ...query, left: flexible(query.left), right: flexible(query.right) }
    default:
      return query
  }
}
