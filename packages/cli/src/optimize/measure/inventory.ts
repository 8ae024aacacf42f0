import type { SeriesMetadata, Target } from '../../doctor/source/prometheus-answers.js'
import { BYTES_PER_SAMPLE, bytesPerDay } from '../../plan/cost-formulas.js'
import { parseDuration } from '../../promql/index.js'
import type { Saving } from '../advice/advice.js'
import type { OwnMetrics } from './own-metrics.js'
import type { ServerReading } from './server-reading.js'

/** A scrape job, by the value of the label `job`. */
export interface JobFacts {
  readonly job: string
  /** The scrape configuration that all its targets come from; `undefined` where there are several, or none. */
  readonly pool: string | undefined
  /** Seconds between scrapes, the mean where targets differ. */
  readonly interval: number
  readonly targets: number
}

/** The samples of one name. */
export interface MetricCount {
  readonly name: string
  readonly series: number
  readonly byJob: ReadonlyMap<string, number>
}

/** What is stored, by metric and by job. */
export interface Inventory {
  /** The most series first. */
  readonly metrics: readonly MetricCount[]
  readonly byName: ReadonlyMap<string, MetricCount>
  readonly jobs: ReadonlyMap<string, JobFacts>
  readonly targets: readonly Target[]
  readonly types: ReadonlyMap<string, string>
  readonly series: number
  readonly samplesPerSecond: number
  readonly bytesPerSample: number
  /** Whether that is from what the server compacted, and no assumption. */
  readonly measured: boolean
}

/** One query up to here; more are asked for job by job. */
const SERIES_IN_ONE_QUERY = 250_000

/** Series that Prometheus makes itself; no relabelling reaches them. */
export const synthetic = /^(up|scrape_[a-z_]+|ALERTS|ALERTS_FOR_STATE)$/

export async function takeInventory(reading: ServerReading, own: OwnMetrics): Promise<Inventory> {
  const { source } = reading
  const targets = (await reading.ask(reading.texts.targets, () => source.targets()))?.activeTargets ?? []
  const metadata = await reading.ask(reading.texts.types, () => source.metadata())
  const jobs = jobsOf(targets)
  const metrics = await countMetrics(reading, jobs)
  const measured = own.bytesPerSample
  const inventory = {
    metrics,
    byName: new Map(metrics.map((metric) => [metric.name, metric])),
    jobs,
    targets,
    types: typesOf(metadata ?? {}),
    series: metrics.reduce((sum, { series }) => sum + series, 0),
    samplesPerSecond: 0,
    bytesPerSample: measured ?? BYTES_PER_SAMPLE,
    measured: measured !== undefined,
  }
  const rate = metrics.reduce((sum, { byJob }) => sum + samplesPerSecondOf(inventory, byJob), 0)
  return { ...inventory, samplesPerSecond: rate }
}

/** What is saved when these series of each job are not stored. */
export function savingOf(inventory: Inventory, byJob: ReadonlyMap<string, number>): Saving {
  const samplesPerSecond = samplesPerSecondOf(inventory, byJob)
  return {
    series: [...byJob.values()].reduce((sum, series) => sum + series, 0),
    samplesPerSecond,
    bytesPerDay: bytesPerDay(samplesPerSecond, inventory.bytesPerSample),
  }
}

/** What is saved when a metric has only this share of its series less. */
export function shareOf(inventory: Inventory, metric: MetricCount, series: number): Saving {
  const share = metric.series === 0 ? 0 : series / metric.series
  const { samplesPerSecond, bytesPerDay: bytes } = savingOf(inventory, metric.byJob)
  return { series, samplesPerSecond: samplesPerSecond * share, bytesPerDay: bytes * share }
}

function samplesPerSecondOf({ jobs }: Pick<Inventory, 'jobs'>, byJob: ReadonlyMap<string, number>): number {
  let rate = 0
  for (const [job, series] of byJob) {
    const interval = jobs.get(job)?.interval
    if (interval !== undefined) rate += series / interval
  }
  return rate
}

async function countMetrics(
  reading: ServerReading,
  jobs: ReadonlyMap<string, JobFacts>,
): Promise<readonly MetricCount[]> {
  const head = await reading.ask(reading.texts.head, () => reading.source.head())
  const small = (head?.headStats.numSeries ?? 0) <= SERIES_IN_ONE_QUERY
  const selections = small
    ? ['__name__!=""']
    : [...jobs.keys(), ''].map((job) => `__name__!="",job=${JSON.stringify(job)}`)
  const counts = new Map<string, { series: number; byJob: Map<string, number> }>()
  for (const selection of selections) {
    const what = small ? reading.texts.seriesOfMetrics : reading.texts.seriesOfMetricsIn(selection.slice(13))
    const samples = await reading.query(what, `count by (__name__, job) ({${selection}})`)
    for (const { labels, value } of samples ?? []) {
      const name = labels.__name__ ?? ''
      const known = counts.get(name) ?? { series: 0, byJob: new Map<string, number>() }
      known.series += value
      known.byJob.set(labels.job ?? '', value)
      counts.set(name, known)
    }
  }
  return [...counts].map(([name, count]) => ({ name, ...count })).sort((a, b) => b.series - a.series)
}

function jobsOf(targets: readonly Target[]): ReadonlyMap<string, JobFacts> {
  const jobs = new Map<string, JobFacts>()
  for (const [job, own] of grouped(targets)) {
    const pools = new Set(own.map(({ scrapePool }) => scrapePool))
    const intervals = own.map(({ scrapeInterval }) => parseDuration(scrapeInterval) ?? 15)
    jobs.set(job, {
      job,
      pool: pools.size === 1 ? own[0]!.scrapePool : undefined,
      // The mean of rates, so that series / interval is right for targets of one size.
      interval: own.length / intervals.reduce((sum, interval) => sum + 1 / interval, 0),
      targets: own.length,
    })
  }
  return jobs
}

function grouped(targets: readonly Target[]): ReadonlyMap<string, readonly Target[]> {
  const groups = new Map<string, Target[]>()
  for (const target of targets) {
    const job = target.labels.job ?? ''
    const group = groups.get(job)
    if (group === undefined) groups.set(job, [target])
    else group.push(target)
  }
  return groups
}

function typesOf(metadata: Readonly<Record<string, readonly SeriesMetadata[]>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(metadata).map(([name, [first]]) => [name, first?.type ?? 'unknown']))
}

/** The family that samples of this name belong to, and what it is. */
export function familyOf(
  inventory: Inventory,
  name: string,
): { readonly name: string; readonly type: string } {
  const { types, byName } = inventory
  const [, base, suffix] = /^(.+)_(bucket|sum|count|created)$/.exec(name) ?? []
  if (base !== undefined) {
    const type = types.get(base)
    if (type === 'histogram' || type === 'summary') return { name: base, type }
    if (suffix === 'created' && types.has(base)) return { name: base, type: type! }
    if (byName.has(`${base}_bucket`)) return { name: base, type: 'histogram' }
  }
  const type = types.get(name) ?? types.get(name.replace(/_total$/, ''))
  return { name, type: type ?? (name.endsWith('_total') ? 'counter' : 'unknown') }
}
