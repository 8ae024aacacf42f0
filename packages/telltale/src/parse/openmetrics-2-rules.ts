import type { NativeHistogram } from '../metrics/native-histogram.js'
import type { ParsedFamily } from './exposition-model.js'
import { type Breach, valueBreaches } from './openmetrics-rules.js'

/** What OpenMetrics 2.0 forbids in a family that can be read. */
export function* openMetrics2Breaches(family: ParsedFamily): Iterable<Breach> {
  const { name, type, line, natives } = family
  if (type === 'info' && !name.endsWith('_info')) {
    yield { line, got: `the name ${name} of an info`, expected: 'a name that ends in _info' }
  }
  yield* valueBreaches(family)
  for (const native of natives) {
    const total = observations(native)
    // Observations that are NaN are in no bucket, and make the sum NaN.
    if (total === native.count || (Number.isNaN(native.sum) && total < native.count)) continue
    yield {
      line,
      got: `a count of ${native.count} and ${total} in native buckets`,
      expected: 'the same in both',
    }
  }
}

function observations({ zeroCount, negative, positive }: NativeHistogram): number {
  return [...negative.counts, ...positive.counts].reduce((sum, count) => sum + count, zeroCount)
}
