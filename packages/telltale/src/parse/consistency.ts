import type { ParsedFamily, ParsedSample } from './exposition-model.js'
import { parseBound } from './sample-number.js'
import { labelKey } from './series-key.js'

/** What contradicts itself in a family that can be read. */
export interface Inconsistency {
  readonly kind: 'duplicate' | 'buckets' | 'quantiles'
  readonly line: number
  readonly got: string
  readonly expected: string
}

/** The samples of one series of a histogram or summary. */
export interface SeriesParts {
  readonly bounds: readonly ParsedSample[]
  readonly sum: ParsedSample | undefined
  readonly count: ParsedSample | undefined
}

/** Series given twice, and histograms and summaries whose samples do not add up. Cost: one pass over the samples. */
export function* inconsistencies(family: ParsedFamily): Iterable<Inconsistency> {
  yield* duplicates(family)
  if (family.type === 'histogram' || family.type === 'gaugehistogram') {
    for (const parts of seriesParts(family)) yield* bucketFaults(family, parts)
  }
  if (family.type === 'summary') for (const parts of seriesParts(family)) yield* quantileFaults(parts)
}

/** The samples of a histogram or summary, series by series. */
export function seriesParts(family: ParsedFamily): Iterable<SeriesParts> {
  const own = family.type === 'summary' ? 'quantile' : 'le'
  const prefix = family.type === 'gaugehistogram' ? '_g' : '_'
  const bounded = family.type === 'summary' ? family.name : `${family.name}_bucket`
  const series = new Map<
    string,
    { bounds: ParsedSample[]; sum: ParsedSample | undefined; count: ParsedSample | undefined }
  >()
  for (const sample of family.samples) {
    const key = labelKey(sample.labels, own)
    let parts = series.get(key)
    if (parts === undefined) {
      parts = { bounds: [], sum: undefined, count: undefined }
      series.set(key, parts)
    }
    if (sample.name === bounded) parts.bounds.push(sample)
    else if (sample.name === `${family.name}${prefix}sum`) parts.sum = sample
    else if (sample.name === `${family.name}${prefix}count`) parts.count = sample
  }
  return series.values()
}

function* duplicates(family: ParsedFamily): Iterable<Inconsistency> {
  const seen = new Map<string, Set<string>>()
  for (const { name, labels, line, timestamp } of family.samples) {
    // Several values of one series are legal when each has a timestamp.
    const key = timestamp === undefined ? labelKey(labels) : `${labelKey(labels)}${timestamp}`
    const keys = seen.get(name)
    if (keys === undefined) seen.set(name, new Set([key]))
    else if (keys.size === keys.add(key).size) {
      yield {
        kind: 'duplicate',
        line,
        got: `${name} twice with the same labels`,
        expected: 'each series once',
      }
    }
  }
}

function* bucketFaults(family: ParsedFamily, { bounds, sum, count }: SeriesParts): Iterable<Inconsistency> {
  const line = (bounds[0] ?? count ?? sum)?.line ?? family.line
  const fault = (got: string, expected: string, at = line): Inconsistency => ({
    kind: 'buckets',
    line: at,
    got,
    expected,
  })
  if (bounds.length === 0) {
    yield fault('no buckets', 'at least the bucket le="+Inf"')
    return
  }
  let bound = -Infinity
  let total = 0
  for (const [i, bucket] of bounds.entries()) {
    const le = parseBound(bucket.labels.le)
    if (le === undefined) {
      yield fault(`a bucket with le="${bucket.labels.le ?? ''}"`, 'a number', bucket.line)
      return
    }
    if (i > 0 && le <= bound)
      yield fault(`le="${bucket.labels.le}" after le="${bound}"`, 'ascending bounds', bucket.line)
    if (!(bucket.value >= total)) {
      yield fault(
        `${bucket.value} in le="${bucket.labels.le}" after ${total} in the bucket before`,
        'cumulative counts: a bucket holds all observations up to its bound',
        bucket.line,
      )
    }
    bound = le
    total = bucket.value
  }
  if (bound !== Infinity) yield fault(`le="${bound}" as the last bucket`, 'a last bucket le="+Inf"')
  else if (count !== undefined && count.value !== total) {
    yield fault(`a count of ${count.value} and ${total} in le="+Inf"`, 'the same in both', count.line)
  }
  if (count === undefined && sum !== undefined) yield fault('a sum without a count', 'both or none')
}

function* quantileFaults({ bounds }: SeriesParts): Iterable<Inconsistency> {
  let last = -Infinity
  for (const { labels, line } of bounds) {
    const ratio = parseBound(labels.quantile)
    if (ratio === undefined || ratio < 0 || ratio > 1) {
      yield {
        kind: 'quantiles',
        line,
        got: `quantile="${labels.quantile ?? ''}"`,
        expected: 'a ratio from 0 to 1',
      }
    } else if (ratio <= last) {
      yield {
        kind: 'quantiles',
        line,
        got: `quantile="${labels.quantile}" after quantile="${last}"`,
        expected: 'ascending quantiles',
      }
    } else last = ratio
  }
}
