import type { Inventory, MetricCount } from './inventory.js'
import { selectorOf } from './label-facts.js'
import type { ServerReading } from './server-reading.js'

/** What was observed by one histogram. */
export interface BucketFacts {
  /** Without `_bucket`. */
  readonly histogram: string
  readonly metric: MetricCount
  /** Ascending, +Inf last. */
  readonly bounds: readonly number[]
  /** Cumulative, by bound. */
  readonly counts: readonly number[]
  /** Seconds that the counts are of, until now. */
  readonly window: number
}

/** Histograms that are looked at. */
const MOST_HISTOGRAMS = 15
/** Samples that one query may read: about a third of a second. */
const SAMPLE_BUDGET = 2_000_000
const WINDOWS = [86_400, 6 * 3_600, 3_600, 900, 300]

/** What the histograms with the most series observed lately: one query for each, bounded by its samples. */
export async function readBuckets(
  reading: ServerReading,
  inventory: Inventory,
): Promise<readonly BucketFacts[]> {
  const found: BucketFacts[] = []
  const histograms = inventory.metrics.filter(({ name }) => name.endsWith('_bucket'))
  for (const metric of histograms.slice(0, MOST_HISTOGRAMS)) {
    if (reading.outOfTime) {
      reading.note(reading.texts.moreHistograms, reading.texts.timeUp)
      break
    }
    const facts = await bucketsOf(reading, inventory, metric)
    if (facts !== undefined) found.push(facts)
  }
  return found
}

async function bucketsOf(
  reading: ServerReading,
  inventory: Inventory,
  metric: MetricCount,
): Promise<BucketFacts | undefined> {
  const window = windowFor(metric, inventory)
  const selector = selectorOf(metric.name)
  const samples = await reading.query(
    reading.texts.buckets(metric.name),
    `sum by (le) (increase(${selector}[${window}s]))`,
  )
  const pairs = (samples ?? [])
    .map(({ labels, value }) => [boundOf(labels.le ?? ''), value] as const)
    .filter(([bound, value]) => !Number.isNaN(bound) && !Number.isNaN(value))
    .sort(([a], [b]) => a - b)
  if (pairs.at(-1)?.[0] !== Number.POSITIVE_INFINITY) return undefined
  return {
    histogram: metric.name.replace(/_bucket$/, ''),
    metric,
    bounds: pairs.map(([bound]) => bound),
    // Extrapolation rounds each bucket apart, so that a sum could fall.
    counts: rising(pairs.map(([, count]) => count)),
    window,
  }
}

function windowFor({ series, byJob }: MetricCount, { jobs }: Inventory): number {
  const intervals = [...byJob.keys()].map((job) => jobs.get(job)?.interval ?? 15)
  const rate = series / Math.min(...intervals)
  return WINDOWS.find((window) => rate * window <= SAMPLE_BUDGET) ?? WINDOWS.at(-1)!
}

function rising(values: readonly number[]): readonly number[] {
  let most = 0
  return values.map((value) => {
    most = Math.max(most, value)
    return most
  })
}

function boundOf(text: string): number {
  return text === '+Inf' ? Number.POSITIVE_INFINITY : Number(text || Number.NaN)
}
