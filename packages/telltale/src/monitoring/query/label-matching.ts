import type { PrometheusTarget } from './promql-options.js'
import type { Matcher } from './query.js'

const wholeNumber = /^\d+$/

/** Matchers as they stand in braces, for a version of Prometheus; empty when there are none. */
export function matcherText(matchers: readonly Matcher[], target: PrometheusTarget): string {
  if (matchers.length === 0) return ''
  const texts = matchers
    .map((matcher) => forVersion(matcher, target))
    .map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`)
  return `{${texts.join(',')}}`
}

/**
 * Prometheus 3 stores the bound 1 as `1.0`. Prometheus 2 stores what was scraped: `1` from text, `1.0` from
 * OpenMetrics.
 */
function forVersion(matcher: Matcher, target: PrometheusTarget): Matcher {
  const { label, op, value } = matcher
  if ((label !== 'le' && label !== 'quantile') || op !== '=' || !wholeNumber.test(value)) return matcher
  return target === '3.x'
    ? { label, op, value: `${value}.0` }
    : { label, op: '=~', value: `${value}|${value}\\.0` }
}
