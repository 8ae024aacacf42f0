import { boundText } from '../model/number-text.js'
import type { CompositePair, CompositeType, CompositeValue } from './composite-value.js'
import type { ParsedExemplar, ParsedSample } from './exposition-model.js'
import { setLabel } from './label-reader.js'
import type { SampleSeries } from './openmetrics-document.js'

/** Says what is wrong with a value. */
type Refusal = (got: string, expected: string) => never

/** What stands behind the value of a sample. */
export interface SampleTail {
  readonly timestamp: number | undefined
  /** When the series began. */
  readonly start: number | undefined
  readonly exemplars: readonly ParsedExemplar[]
}

/** Adds to a family what a composite value says, as the samples that the older formats have for it. */
export function addComposite(
  { family, name, labels, line }: SampleSeries,
  type: CompositeType,
  { count, sum, pairs = [[Infinity, count]], native }: CompositeValue,
  { timestamp, start, exemplars }: SampleTail,
  refuse: Refusal,
): void {
  const own = type === 'summary' ? 'quantile' : 'le'
  if (Object.hasOwn(labels, own)) refuse(`a ${type} with the label ${own}`, `labels other than ${own}`)
  const byPair = type === 'summary' ? [] : exemplarsByBucket(pairs, exemplars)
  const add = (suffix: string, value: number, more?: Partial<ParsedSample>) => {
    family.samples.push({
      name: name + suffix,
      labels,
      value,
      timestamp,
      exemplar: undefined,
      line,
      ...more,
    })
  }
  pairs.forEach(([bound, value], i) => {
    const withBound: Record<string, string> = { ...labels }
    setLabel(withBound, own, boundText(bound))
    add(type === 'summary' ? '' : '_bucket', value, { labels: withBound, exemplar: byPair[i] })
  })
  const prefix = type === 'gaugehistogram' ? '_g' : '_'
  add(`${prefix}sum`, sum)
  add(`${prefix}count`, count, { exemplar: type === 'summary' ? newest(exemplars) : undefined })
  if (start !== undefined && type !== 'gaugehistogram') add('_created', start)
  if (native !== undefined) family.natives.push({ ...native, labels })
}

/** For each bucket the newest of the exemplars that fall into it. */
function exemplarsByBucket(
  pairs: readonly CompositePair[],
  exemplars: readonly ParsedExemplar[],
): readonly (ParsedExemplar | undefined)[] {
  const byBucket: ParsedExemplar[][] = pairs.map(() => [])
  for (const exemplar of exemplars) {
    const bucket = pairs.findIndex(([bound]) => exemplar.value <= bound)
    byBucket[bucket]?.push(exemplar)
  }
  return byBucket.map(newest)
}

function newest(exemplars: readonly ParsedExemplar[]): ParsedExemplar | undefined {
  const time = ({ timestamp = -Infinity }: ParsedExemplar) => timestamp
  return exemplars.reduce<ParsedExemplar | undefined>(
    (best, exemplar) => (best === undefined || time(exemplar) >= time(best) ? exemplar : best),
    undefined,
  )
}
