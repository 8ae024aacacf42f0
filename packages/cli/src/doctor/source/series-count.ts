import type { ParsedFamily } from 'telltale/testing'

/** How many series Prometheus stores for a family: one for each sample, buckets included. */
export function seriesOf({ samples, natives }: ParsedFamily): number {
  return samples.length + natives.length
}

/** The family with the most series. */
export function largestFamily(
  families: readonly ParsedFamily[],
): { readonly name: string; readonly series: number } | undefined {
  let largest: { name: string; series: number } | undefined
  for (const family of families) {
    const series = seriesOf(family)
    if (largest === undefined || series > largest.series) largest = { name: family.name, series }
  }
  return largest
}
