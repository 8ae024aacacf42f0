import { sampleKey, type TextFamily, TextFormatError, type TextSample, type TextType } from './text-sample.js'

const suffixes: Readonly<Record<TextType, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  untyped: [''],
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
}

/** Whether a sample of this name is one of the family's. */
export function sampleBelongs(family: string, type: TextType | undefined, sample: string): boolean {
  return suffixes[type ?? 'untyped'].some((suffix) => sample === family + suffix)
}

/** Throws for a series that is given twice, and for histograms and summaries that are not consistent. */
export function checkFamily(family: TextFamily): void {
  checkUnique(family)
  if (family.type === 'histogram') for (const series of seriesOf(family, 'le')) checkHistogram(family, series)
  if (family.type === 'summary')
    for (const series of seriesOf(family, 'quantile')) checkSummary(family, series)
}

function checkUnique(family: TextFamily): void {
  const seen = new Set<string>()
  for (const sample of family.samples) {
    const key = sampleKey(sample.name, sample.labels)
    if (seen.has(key)) throw new TextFormatError(sample.line, `series ${key} is given twice`)
    seen.add(key)
  }
}

function seriesOf(family: TextFamily, own: string): readonly (readonly TextSample[])[] {
  const series = new Map<string, TextSample[]>()
  for (const sample of family.samples) {
    const key = sampleKey('', { ...sample.labels, [own]: '' })
    const samples = series.get(key)
    if (samples === undefined) series.set(key, [sample])
    else samples.push(sample)
  }
  return [...series.values()]
}

function checkHistogram(family: TextFamily, series: readonly TextSample[]): void {
  const buckets = series.filter((sample) => sample.name === `${family.name}_bucket`)
  const bounds = ownBounds(buckets, 'le')
  for (let i = 1; i < buckets.length; i++) {
    if (!(bounds[i]! > bounds[i - 1]!)) fail(buckets[i]!, 'the bounds do not ascend')
    if (!(buckets[i]!.value >= buckets[i - 1]!.value)) fail(buckets[i]!, 'the counts are not cumulative')
  }
  const count = only(family, series, '_count')
  only(family, series, '_sum')
  if (bounds.at(-1) !== Infinity) fail(count, 'there is no +Inf bucket')
  if (buckets.at(-1)!.value !== count.value) fail(count, 'the +Inf bucket is not equal to the count')
}

function checkSummary(family: TextFamily, series: readonly TextSample[]): void {
  const quantiles = series.filter((sample) => sample.name === family.name)
  const ratios = ownBounds(quantiles, 'quantile')
  quantiles.forEach((sample, i) => {
    if (!(ratios[i]! >= 0 && ratios[i]! <= 1)) fail(sample, 'the quantile is not a ratio')
    if (i > 0 && !(ratios[i]! > ratios[i - 1]!)) fail(sample, 'the quantiles do not ascend')
  })
  only(family, series, '_sum')
  only(family, series, '_count')
}

function ownBounds(samples: readonly TextSample[], label: string): readonly number[] {
  return samples.map((sample) => {
    const text = sample.labels[label]
    if (text === undefined || text === '') return fail(sample, `there is no label ${label}`)
    const bound = text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text)
    if (Number.isNaN(bound) || /infinity/i.test(text)) fail(sample, `${label}="${text}" is not a number`)
    return bound
  })
}

function only(family: TextFamily, series: readonly TextSample[], suffix: string): TextSample {
  const found = series.filter((sample) => sample.name === family.name + suffix)
  const own = family.type === 'histogram' ? 'le' : 'quantile'
  if (found.length !== 1) fail(series[0]!, `a ${family.type} has one ${suffix} for each series`)
  if (found[0]!.labels[own] !== undefined) fail(found[0]!, `${suffix} has the label ${own}`)
  return found[0]!
}

function fail(sample: TextSample, message: string): never {
  throw new TextFormatError(sample.line, `${message} (${sampleKey(sample.name, sample.labels)})`)
}
