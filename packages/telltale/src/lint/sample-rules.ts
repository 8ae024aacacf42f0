import { boundText, openMetricsBoundText } from '../model/number-text.js'
import { type Inconsistency, seriesParts } from '../parse/consistency.js'
import type { ParsedFormat } from '../parse/exposition-model.js'
import { parseBound } from '../parse/sample-number.js'
import type { LintedFamily } from './linted-family.js'
import { dataModel, histograms, type LintFault, type LintRule, openMetrics, textFormat } from './rule.js'

/** With fewer observations than this, that they share a bucket says nothing yet. */
const OBSERVATIONS_TO_JUDGE = 20

export const duplicateSeries: LintRule = {
  id: 'duplicate-series',
  severity: 'error',
  reference: dataModel,
  check: (family) =>
    firstOf(
      family,
      'duplicate',
      'Give one of them another label: Prometheus keeps one value and drops the others.',
    ),
}

export const bucketCounts: LintRule = {
  id: 'bucket-counts',
  severity: 'error',
  reference: `${textFormat}#histograms-and-summaries`,
  *check(family) {
    yield* firstOf(family, 'buckets', 'Repair who writes it: quantiles over these buckets are wrong.')
    yield* firstOf(family, 'quantiles', 'Repair who writes it.')
  },
}

export const boundForm: LintRule = {
  id: 'bound-form',
  severity: 'warning',
  reference: `${openMetrics}#considerations-canonical-numbers`,
  *check(family, { format }) {
    const { ownLabel: own } = family
    if (own !== 'le' && own !== 'quantile') return
    for (const { labels, line } of family.samples) {
      const text = labels[own]
      const expected = text === undefined ? undefined : canonical(text, format)
      if (text === undefined || expected === undefined || expected.includes(text)) continue
      yield {
        got: `${own}="${text}"`,
        expected: expected.map((form) => `${own}="${form}"`).join(' or '),
        remedy: 'Write the number as other clients do: its text is part of the identity of the series.',
        line,
      }
      return
    }
  },
}

export const oneBucket: LintRule = {
  id: 'one-bucket',
  severity: 'info',
  reference: `${histograms}#errors-of-quantile-estimation`,
  *check(family) {
    if (family.type !== 'histogram' || family.natives.length > 0) return
    const byBound = observationsByBound(family)
    if (byBound.size !== 1) return
    const [[bound, observations]] = [...byBound] as [[number, number]]
    if (observations < OBSERVATIONS_TO_JUDGE) return
    yield {
      got: `all ${observations} observations in the bucket le="${boundText(bound)}"`,
      expected: 'observations in several buckets',
      remedy:
        'Put bounds around the values that there are; as it is, quantiles are guesses within one bucket.',
    }
  },
}

function* firstOf(family: LintedFamily, kind: Inconsistency['kind'], remedy: string): Iterable<LintFault> {
  const [first, ...more] = family.inconsistencies.filter((found) => found.kind === kind)
  if (first === undefined) return
  const { line, got, expected } = first
  yield { got: more.length > 0 ? `${got} (and ${more.length} more like it)` : got, expected, remedy, line }
}

/** The forms that a bound may have in a format; `undefined` for what is no number, which another rule reports. */
function canonical(text: string, format: ParsedFormat): readonly string[] | undefined {
  const bound = parseBound(text)
  if (bound === undefined) return undefined
  const precise = openMetricsBoundText(bound)
  return format === 'openmetrics' ? [precise] : [...new Set([boundText(bound), precise])]
}

function observationsByBound(family: LintedFamily): ReadonlyMap<number, number> {
  const byBound = new Map<number, number>()
  for (const { bounds } of seriesParts(family)) {
    let before = 0
    for (const { labels, value } of bounds) {
      const bound = parseBound(labels.le)
      if (bound !== undefined && value > before)
        byBound.set(bound, (byBound.get(bound) ?? 0) + value - before)
      before = value
    }
  }
  return byBound
}
