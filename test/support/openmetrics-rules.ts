import {
  OpenMetricsError,
  type OpenMetricsFamily,
  type OpenMetricsSample,
  type OpenMetricsType,
} from './openmetrics-sample.js'
import { sampleKey } from './text-sample.js'

const suffixes: Readonly<Record<OpenMetricsType, readonly string[]>> = {
  counter: ['_total', '_created'],
  gauge: [''],
  unknown: [''],
  stateset: [''],
  info: ['_info'],
  summary: ['', '_count', '_sum', '_created'],
  histogram: ['_bucket', '_count', '_sum', '_created'],
  gaugehistogram: ['_bucket', '_gcount', '_gsum'],
}

/** Every name that samples of the family may have. */
export function sampleNames(family: string, type: OpenMetricsType): readonly string[] {
  return suffixes[type].map((suffix) => family + suffix)
}

/** Throws for the first thing that the family's type does not permit. */
export function checkOpenMetricsFamily(family: OpenMetricsFamily): void {
  const { name, type, unit, samples } = family
  const first = samples[0]
  if (unit !== '' && !name.endsWith(`_${unit}`)) fail(first, `the name ${name} does not end in _${unit}`)
  if (unit !== '' && (type === 'info' || type === 'stateset')) fail(first, `a ${type} has no unit`)
  const seen = new Set<string>()
  for (const sample of samples) {
    const key = sampleKey(sample.name, sample.labels)
    if (seen.has(key)) fail(sample, 'the series is given twice')
    seen.add(key)
    if (sample.exemplar !== undefined) checkExemplar(sample, name, type)
  }
  checks[type]?.(family)
  checkGroups(family)
}

type Check = (family: OpenMetricsFamily) => void

const checks: Partial<Record<OpenMetricsType, Check>> = {
  counter: ({ samples }) => {
    for (const sample of samples) if (!(sample.value >= 0)) fail(sample, 'a counter below 0')
  },
  info: ({ samples }) => {
    for (const sample of samples) if (sample.value !== 1) fail(sample, 'an info that is not 1')
  },
  stateset: ({ name, samples }) => {
    for (const sample of samples) {
      if (sample.labels[name] === undefined) fail(sample, `no label ${name}`)
      if (sample.value !== 0 && sample.value !== 1) fail(sample, 'a state that is neither 0 nor 1')
    }
  },
  histogram: (family) => {
    for (const series of seriesOf(family)) checkHistogram(family, series)
  },
  summary: (family) => {
    for (const series of seriesOf(family)) checkSummary(family, series)
  },
}

function checkHistogram({ name }: OpenMetricsFamily, series: readonly OpenMetricsSample[]): void {
  const buckets = series.filter((sample) => sample.name === `${name}_bucket`)
  const bounds = buckets.map((sample) => canonical(sample, 'le'))
  for (let i = 1; i < buckets.length; i++) {
    if (!(bounds[i]! > bounds[i - 1]!)) fail(buckets[i], 'the bounds do not ascend')
    if (!(buckets[i]!.value >= buckets[i - 1]!.value)) fail(buckets[i], 'the counts are not cumulative')
  }
  if (bounds.at(-1) !== Infinity) fail(series[0], 'no +Inf bucket')
  const [count, sum] = ['_count', '_sum'].map((suffix) =>
    series.find((sample) => sample.name === name + suffix),
  )
  if ((count === undefined) !== (sum === undefined))
    fail(count ?? sum, 'a sum without a count, or the reverse')
  if (count === undefined || sum === undefined) return
  if (bounds[0]! < 0) fail(sum, 'a sum beside negative bounds')
  if (!(sum.value >= 0)) fail(sum, 'a sum below 0')
  if (buckets.at(-1)!.value !== count.value) fail(count, 'the +Inf bucket is not equal to the count')
  for (const sample of [count, sum]) if (sample.labels.le !== undefined) fail(sample, 'a label le')
}

function checkSummary({ name }: OpenMetricsFamily, series: readonly OpenMetricsSample[]): void {
  const quantiles = series.filter((sample) => sample.name === name)
  let before = -1
  for (const sample of quantiles) {
    const ratio = canonical(sample, 'quantile')
    if (!(ratio >= 0 && ratio <= 1 && ratio > before)) fail(sample, 'quantiles are ratios that ascend')
    before = ratio
  }
  for (const sample of series) {
    if (sample.name === name && Number.isNaN(sample.value)) continue
    if (!(sample.value >= 0)) fail(sample, 'a value of a summary below 0')
  }
}

function checkExemplar(sample: OpenMetricsSample, name: string, type: OpenMetricsType): void {
  const permitted = type === 'counter' ? `${name}_total` : `${name}_bucket`
  if (sample.name !== permitted) fail(sample, 'an exemplar where none may be')
  const length = Object.entries(sample.exemplar!.labels).reduce(
    (sum, [key, value]) => sum + [...key, ...value].length,
    0,
  )
  if (length > 128) fail(sample, `an exemplar of ${length} characters`)
  if (sample.labels.le !== undefined && sample.exemplar!.value > numberOf(sample.labels.le)) {
    fail(sample, 'an exemplar above its bucket')
  }
}

/** All samples of a series stand together. */
function checkGroups(family: OpenMetricsFamily): void {
  const ended = new Set<string>()
  let current: string | undefined
  for (const sample of family.samples) {
    const key = seriesKey(family, sample)
    if (key === current) continue
    if (ended.has(key)) fail(sample, 'the samples of a series do not stand together')
    if (current !== undefined) ended.add(current)
    current = key
  }
}

function seriesOf(family: OpenMetricsFamily): Iterable<readonly OpenMetricsSample[]> {
  const series = new Map<string, OpenMetricsSample[]>()
  for (const sample of family.samples) {
    const key = seriesKey(family, sample)
    series.set(key, [...(series.get(key) ?? []), sample])
  }
  return series.values()
}

function seriesKey({ name, type }: OpenMetricsFamily, sample: OpenMetricsSample): string {
  const own = type === 'histogram' ? 'le' : type === 'summary' ? 'quantile' : type === 'stateset' ? name : ''
  return sampleKey('', { ...sample.labels, [own]: '' })
}

/** The number of a `le` or a `quantile`, which has to be in the one form that all client libraries write. */
function canonical(sample: OpenMetricsSample, label: string): number {
  const text = sample.labels[label]
  if (text === undefined) return fail(sample, `no label ${label}`)
  const number = numberOf(text)
  if (text === '+Inf') return number
  const magnitude = Math.abs(number)
  const scientific = magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e6)
  const form = scientific ? /^-?\d(\.\d*[1-9])?e[+-]\d{2,}$/ : /^-?\d+\.(0|\d*[1-9])$/
  return form.test(text) ? number : fail(sample, `${label}="${text}" is not in canonical form`)
}

function numberOf(text: string): number {
  return text === '+Inf' ? Infinity : Number(text)
}

function fail(sample: OpenMetricsSample | undefined, message: string): never {
  const where = sample === undefined ? '' : ` (${sampleKey(sample.name, sample.labels)})`
  throw new OpenMetricsError(sample?.line ?? 0, message + where)
}
