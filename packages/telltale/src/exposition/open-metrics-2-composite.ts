import { type NativeCounts, type NativeHistogram, nativeLayout } from '../metrics/native-histogram.js'
import type { FamilyHeader } from '../metrics/sample-line.js'
import { openMetricsBoundText, valueText } from '../model/number-text.js'

/** What one line of a family is within the composite value. */
interface Part {
  readonly kind: 'count' | 'sum' | 'bucket' | 'last' | 'quantile'
  /** The text up to the value, of what has a bound. */
  readonly start: string
}

/** The composite value of a histogram or a summary in OpenMetrics 2.0: the lines of one series, in one text. */
export class CompositeValue {
  readonly #parts: readonly Part[]
  readonly #isSummary: boolean
  /** Whether there are classic buckets besides the one that holds everything. */
  readonly hasBuckets: boolean
  #count: number | undefined
  #total: number | undefined
  #sum: number | undefined
  #pairs = ''
  #native = ''

  constructor({ type, lines }: FamilyHeader) {
    this.#isSummary = type === 'summary'
    this.#parts = lines.map(partOf)
    this.hasBuckets = this.#parts.some(({ kind }) => kind === 'bucket')
  }

  /** Takes the value of a line. A negative quantile, which the format forbids, is left out. */
  add(line: number, value: number): void {
    const part = this.#parts[line]!
    if (part.kind === 'count') this.#count = value
    else if (part.kind === 'sum') this.#sum = value
    else if (part.kind === 'last') this.#total = value
    else if (part.kind === 'bucket' || !(value < 0)) this.#pairs += part.start + valueText(value)
  }

  /** Takes the native buckets, which stand before the classic ones. */
  addNative(native: NativeHistogram): void {
    this.#native = nativeText(native)
  }

  /** The text of what was taken; `undefined` without a count, which every value has to have. Then begins anew. */
  take(): string | undefined {
    const count = this.#count ?? this.#total
    // Of a series that was merged from others the sum may be unknown.
    const sum = this.#sum ?? Number.NaN
    const text =
      count === undefined
        ? undefined
        : `{count:${valueText(count)},sum:${valueText(sum)}${this.#native}${this.#pairsText(count)}}`
    this.#count = undefined
    this.#total = undefined
    this.#sum = undefined
    this.#pairs = ''
    this.#native = ''
    return text
  }

  #pairsText(count: number): string {
    if (this.#isSummary) return `,quantile:[${this.#pairs.slice(1)}]`
    if (this.#native !== '' && !this.hasBuckets) return ''
    // The last bucket has to be equal to the count, and is written even where there was no line for it.
    return `,bucket:[${`${this.#pairs},+Inf:${valueText(count)}`.slice(1)}]`
  }
}

function partOf({ suffix, label }: FamilyHeader['lines'][number]): Part {
  if (suffix === '_count') return { kind: 'count', start: '' }
  if (suffix === '_sum') return { kind: 'sum', start: '' }
  const bound = Number(label?.value)
  if (suffix === '_bucket' && bound === Infinity) return { kind: 'last', start: '' }
  return { kind: suffix === '_bucket' ? 'bucket' : 'quantile', start: `,${openMetricsBoundText(bound)}:` }
}

function nativeText({ schema, zeroThreshold, zeroCount, negative, positive }: NativeHistogram): string {
  const zero = `zero_threshold:${valueText(zeroThreshold)},zero_count:${valueText(zeroCount)}`
  return `,schema:${schema},${zero}${sideText('negative', negative)}${sideText('positive', positive)}`
}

/** Counts of buckets as they are, not as differences; nothing where no bucket has one. */
function sideText(side: 'negative' | 'positive', buckets: NativeCounts): string {
  if (buckets.indexes.length === 0) return ''
  const { spans, counts } = nativeLayout(buckets)
  const pairs = spans.map(({ offset, length }) => `${offset}:${length}`).join(',')
  return `,${side}_spans:[${pairs}],${side}_buckets:[${counts.map(valueText).join(',')}]`
}
