import { COARSEST_SCHEMA, coarserIndex, nativeBound } from './native-index.js'
import type { NativePlan } from './native-options.js'
import { indexOf, isNegative, keyOf, type NativeContent } from './native-table.js'

/**
 * The same counts in at most so many buckets as the plan allows: widens the zero bucket as far as it may be, else halves
 * the resolution, until it is enough. At schema -4, where there is nothing left to do, a double can be in 264 buckets at
 * most.
 */
export function limited(content: NativeContent, plan: NativePlan): NativeContent {
  let fewer = content
  while (fewer.counts.size > plan.maxBuckets) {
    const widened = withWiderZero(fewer, plan.maxZeroThreshold)
    if (widened !== undefined) fewer = widened
    else if (fewer.schema === COARSEST_SCHEMA) break
    else fewer = coarser(fewer)
  }
  return fewer
}

/** With the bucket of the smallest magnitudes in the zero bucket, unless that would make it too wide. */
function withWiderZero(content: NativeContent, maxZeroThreshold: number): NativeContent | undefined {
  let smallest = Infinity
  for (const key of content.counts.keys()) smallest = Math.min(smallest, indexOf(key))
  const zeroThreshold = nativeBound(smallest, content.schema)
  if (zeroThreshold > maxZeroThreshold) return undefined
  const counts = new Map(content.counts)
  let { zeroCount } = content
  for (const negative of [false, true]) {
    const key = keyOf(smallest, negative)
    zeroCount += counts.get(key) ?? 0
    counts.delete(key)
  }
  return { schema: content.schema, zeroThreshold, zeroCount, counts }
}

function coarser(content: NativeContent): NativeContent {
  const counts = new Map<number, number>()
  for (const [fine, count] of content.counts) {
    const key = keyOf(coarserIndex(indexOf(fine), 1), isNegative(fine))
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  return { ...content, schema: content.schema - 1, counts }
}
