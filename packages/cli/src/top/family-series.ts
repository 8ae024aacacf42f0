import type { ParsedFamily, ParsedSample } from 'telltale/testing'
import type { DistributionParts } from './distribution.js'

type Labels = Readonly<Record<string, string>>

/** A series as it is written in a query: its name and labels, the latter in the order of the exposition. */
export function seriesText(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`
}

interface OpenParts {
  readonly labels: Labels
  count: number
  sum: number
  readonly buckets: [number, number][]
  stated: number | undefined
  statedAt: number
}

/** The series of a histogram or summary, each made of its samples, by their text. */
export function distributionsOf(family: ParsedFamily): ReadonlyMap<string, DistributionParts> {
  const found = new Map<string, OpenParts>()
  for (const sample of family.samples) {
    const { le, quantile, ...labels } = sample.labels
    const key = seriesText(family.name, labels)
    let parts = found.get(key)
    if (parts === undefined) {
      parts = { labels, count: 0, sum: 0, buckets: [], stated: undefined, statedAt: Number.NaN }
      found.set(key, parts)
    }
    take(parts, sample, family.name.length, le, quantile)
  }
  for (const { buckets } of found.values()) buckets.sort(([a], [b]) => a - b)
  return found
}

function take(
  parts: OpenParts,
  { name, value }: ParsedSample,
  prefix: number,
  le: string | undefined,
  quantile: string | undefined,
): void {
  const suffix = name.slice(prefix)
  if (suffix === '_count') parts.count = value
  else if (suffix === '_sum') parts.sum = value
  else if (suffix === '_bucket' && le !== undefined) parts.buckets.push([boundOf(le), value])
  else if (suffix === '' && quantile !== undefined) takeQuantile(parts, Number(quantile), value)
}

function takeQuantile(parts: OpenParts, quantile: number, value: number): void {
  if (Math.abs(quantile - 0.95) >= Math.abs(parts.statedAt - 0.95)) return
  // One that is far from 0.95, such as the median, would be read as what it is not.
  if (quantile < 0.9) return
  parts.stated = value
  parts.statedAt = quantile
}

function boundOf(text: string): number {
  return text === '+Inf' || text === 'Inf' ? Number.POSITIVE_INFINITY : Number(text)
}
