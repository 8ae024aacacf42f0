import { type NativeCounts, type NativeHistogram, nativeCounts } from './native-histogram.js'
import { coarserIndex, nativeBound, nativeIndex } from './native-index.js'

/**
 * Two native histograms of the same thing as one, as several processes or threads have them. Nothing is lost but
 * resolution: the schema is the coarser of the two, the zero threshold is the larger one, rounded up to where a bucket
 * ends, and what is below that counts as zero. Several give the same in any order, but for the last digit of the sum.
 */
export function mergeNative(a: NativeHistogram, b: NativeHistogram): NativeHistogram {
  const schema = Math.min(a.schema, b.schema)
  const threshold = Math.max(a.zeroThreshold, b.zeroThreshold)
  // Rounded up even where no populated bucket is cut, since else the result would depend on the order.
  const zeroIndex = threshold === 0 ? -Infinity : nativeIndex(threshold, schema)
  let zeroCount = a.zeroCount + b.zeroCount
  const side = (name: 'positive' | 'negative') => {
    const sum = new Map<number, number>()
    for (const part of [a, b]) {
      visit(part[name], part.schema - schema, (index, count) => {
        if (index <= zeroIndex) zeroCount += count
        else sum.set(index, (sum.get(index) ?? 0) + count)
      })
    }
    return nativeCounts(sum)
  }
  const positive = side('positive')
  const negative = side('negative')
  return {
    schema,
    zeroThreshold: threshold === 0 ? 0 : nativeBound(zeroIndex, schema),
    zeroCount,
    count: a.count + b.count,
    sum: a.sum + b.sum,
    positive,
    negative,
  }
}

function visit(
  { indexes, counts }: NativeCounts,
  steps: number,
  each: (index: number, count: number) => void,
): void {
  for (let i = 0; i < indexes.length; i++) each(coarserIndex(indexes[i]!, steps), counts[i]!)
}
