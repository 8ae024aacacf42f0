import type { ParsedExposition } from 'telltale/testing'

/** What one instance exposes, as far as it costs something. */
export interface InstanceShape {
  /** Samples of one scrape, and what Prometheus adds to each target. */
  readonly series: number
  readonly metrics: number
  /** Labels of a series on average, its name and those that Prometheus adds included. */
  readonly labels: number
  /** Characters of a series' name and labels on average. */
  readonly textBytes: number
  /** Of one scrape, not compressed. */
  readonly bytes: number
  /** The metrics with the most series first. */
  readonly largest: readonly MetricShare[]
}

export interface MetricShare {
  readonly name: string
  readonly type: string
  readonly series: number
  /** Series that are histogram buckets. */
  readonly buckets: number
}

/** `up`, `scrape_duration_seconds`, `scrape_samples_scraped`, `…_post_metric_relabeling` and `scrape_series_added`. */
export const SERIES_OF_A_TARGET = 5

/** `__name__`, `job` and `instance`. */
const ADDED_LABELS = 3
/** `job="…"`, `instance="host:port"` and the name's own label, in characters. */
const ADDED_TEXT = 60

/** Measures what one instance exposes. `bytes` is the size of the scrape. */
export function shapeOf(exposition: ParsedExposition, bytes: number): InstanceShape {
  let labels = 0
  let text = 0
  let samples = 0
  const shares: MetricShare[] = []
  for (const family of exposition.families) {
    let buckets = 0
    for (const sample of family.samples) {
      const pairs = Object.entries(sample.labels)
      labels += pairs.length
      text += sample.name.length
      for (const [name, value] of pairs) text += name.length + value.length
      if (sample.name.endsWith('_bucket')) buckets++
    }
    const series = family.samples.length + family.natives.length
    samples += series
    shares.push({ name: family.name, type: family.type, series, buckets })
  }
  const average = (sum: number) => (samples === 0 ? 0 : sum / samples)
  return {
    series: samples + SERIES_OF_A_TARGET,
    metrics: exposition.families.length,
    labels: average(labels) + ADDED_LABELS,
    textBytes: average(text) + ADDED_TEXT,
    bytes,
    largest: shares.sort((a, b) => b.series - a.series),
  }
}
