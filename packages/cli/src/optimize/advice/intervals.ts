import { bytesPerDay } from '../../plan/cost-formulas.js'
import { durationText } from '../../promql/index.js'
import { percent, shortDuration, wholeNumber } from '../../top/figures.js'
import { familyOf, type Inventory, type JobFacts } from '../measure/inventory.js'
import { selectorOf } from '../measure/label-facts.js'
import type { ServerReading } from '../measure/server-reading.js'
import type { AdviceTexts } from '../texts/index.js'
import type { Advice, Saving } from './advice.js'
import type { Evidence } from './evidence.js'

/** What each interval would cost for one job. */
export interface JobCost {
  readonly job: string
  readonly series: number
  /** Seconds. */
  readonly interval: number
  readonly targets: number
  readonly choices: readonly {
    readonly interval: number
    readonly samplesPerSecond: number
    readonly bytesPerDay: number
  }[]
}

export const intervalChoices = [5, 10, 15, 30, 60] as const
/** A sample is found for five minutes; two missed scrapes must not end a series. */
const LONGEST = 120
const WINDOW_INTERVALS = 4

/** The cost of each job by interval. */
export function jobCosts({ metrics, jobs, bytesPerSample }: Inventory): readonly JobCost[] {
  return [...jobs.values()]
    .map(({ job, interval, targets }) => {
      const series = metrics.reduce((sum, { byJob }) => sum + (byJob.get(job) ?? 0), 0)
      const choices = intervalChoices.map((seconds) => ({
        interval: seconds,
        samplesPerSecond: series / seconds,
        bytesPerDay: bytesPerDay(series / seconds, bytesPerSample),
      }))
      return { job, series, interval, targets, choices }
    })
    .sort((a, b) => b.series / b.interval - a.series / a.interval)
}

/** Scrape intervals against the ranges that are read, and gauges that stand still. */
export async function adviseIntervals(
  reading: ServerReading,
  inventory: Inventory,
  evidence: Evidence,
): Promise<readonly Advice[]> {
  const texts = reading.advice.intervals
  const slow = await reading.query(
    reading.texts.scrapeDurations,
    'max by (job) (max_over_time(scrape_duration_seconds[1h]))',
  )
  const durations = new Map(slow?.map(({ labels, value }) => [labels.job ?? '', value]))
  return [
    ...[...inventory.jobs.values()].flatMap((job) =>
      adviseJob(inventory, evidence, { facts: job, duration: durations.get(job.job) }, texts),
    ),
    ...scrapedTwice(inventory, texts),
    ...(await stillGauges(reading, inventory, evidence)),
  ]
}

function adviseJob(
  inventory: Inventory,
  evidence: Evidence,
  { facts, duration }: { readonly facts: JobFacts; readonly duration: number | undefined },
  texts: AdviceTexts['intervals'],
): readonly Advice[] {
  const { job, interval } = facts
  const shortest = shortestRange(inventory, evidence, job)
  const found: Advice[] = []
  const add = (id: string, figure: string, text: string, saving?: Saving) =>
    found.push({
      id,
      area: 'intervals',
      subject: texts.job(job),
      figure,
      saving,
      change: { place: 'prometheus.yml', text },
      drops: [],
    })
  if (shortest !== undefined && shortest.range < WINDOW_INTERVALS * interval) {
    const wanted = durationText(Math.ceil(WINDOW_INTERVALS * interval))
    add(
      'short-range',
      texts.shortRange(
        shortest.name,
        durationText(shortest.range),
        (shortest.range / interval).toFixed(1),
        durationText(interval),
      ),
      texts.readLonger(wanted, durationText(Math.floor(shortest.range / WINDOW_INTERVALS))),
    )
  } else if (shortest !== undefined) {
    const wanted = intervalChoices.findLast((seconds) => seconds * WINDOW_INTERVALS <= shortest.range)
    if (wanted !== undefined && wanted > interval * 1.01) {
      add(
        'longer-interval',
        texts.longEnough(durationText(shortest.range), shortest.name, `${wanted}s`),
        `scrape_interval: ${wanted}s`,
        savedBy(inventory, facts, wanted),
      )
    }
  }
  if (interval > LONGEST) {
    add('long-interval', texts.long(durationText(interval)), 'scrape_interval: 1m')
  }
  if (duration !== undefined && duration > interval / 2) {
    add('slow-scrape', texts.slow(shortDuration(duration), percent(duration / interval)), texts.exposeLess())
  }
  return found
}

function shortestRange(
  { metrics }: Inventory,
  { uses }: Evidence,
  job: string,
): { readonly name: string; readonly range: number } | undefined {
  let shortest: { name: string; range: number } | undefined
  for (const { name, byJob } of metrics) {
    const range = byJob.has(job) ? uses.useOf(name)?.shortestRange : undefined
    if (range !== undefined && range < (shortest?.range ?? Number.POSITIVE_INFINITY))
      shortest = { name, range }
  }
  return shortest
}

function savedBy(
  { metrics, bytesPerSample }: Inventory,
  { job, interval }: JobFacts,
  wanted: number,
): Saving {
  const series = metrics.reduce((sum, { byJob }) => sum + (byJob.get(job) ?? 0), 0)
  const samplesPerSecond = series / interval - series / wanted
  return { series: 0, samplesPerSecond, bytesPerDay: bytesPerDay(samplesPerSecond, bytesPerSample) }
}

/** One address in two jobs is stored twice. */
function scrapedTwice(inventory: Inventory, texts: AdviceTexts['intervals']): readonly Advice[] {
  const jobs = new Map<string, Set<string>>()
  for (const { scrapeUrl, labels } of inventory.targets) {
    const known = jobs.get(scrapeUrl) ?? new Set()
    known.add(labels.job ?? '')
    jobs.set(scrapeUrl, known)
  }
  const pairs = new Map<string, { urls: string[]; jobs: readonly string[] }>()
  for (const [url, names] of jobs) {
    if (names.size < 2) continue
    const key = [...names].sort().join(', ')
    const known = pairs.get(key) ?? { urls: [], jobs: [...names].sort() }
    known.urls.push(url)
    pairs.set(key, known)
  }
  return [...pairs.values()].map(({ urls, jobs: names }) => {
    const facts = names
      .flatMap((name) => inventory.jobs.get(name) ?? [])
      .sort((a, b) => b.interval - a.interval)
    const slowest = facts[0]!
    return {
      id: 'scraped-twice',
      area: 'intervals' as const,
      subject: texts.jobs(names),
      figure: texts.twice(urls[0]!, urls.length - 1),
      saving: jobSaving(inventory, slowest),
      change: { place: 'prometheus.yml' as const, text: texts.takeOut(slowest.job) },
      drops: [],
    }
  })
}

function jobSaving({ metrics, bytesPerSample }: Inventory, { job, interval }: JobFacts): Saving {
  const series = metrics.reduce((sum, { byJob }) => sum + (byJob.get(job) ?? 0), 0)
  return {
    series,
    samplesPerSecond: series / interval,
    bytesPerDay: bytesPerDay(series / interval, bytesPerSample),
  }
}

/** Gauges that are looked at, and the samples that this may read. */
const MOST_GAUGES = 10
const LEAST_SERIES = 20
const SAMPLE_BUDGET = 1_000_000

async function stillGauges(
  reading: ServerReading,
  inventory: Inventory,
  evidence: Evidence,
): Promise<readonly Advice[]> {
  let budget = SAMPLE_BUDGET
  const gauges = inventory.metrics.filter((metric) => {
    const { name, series, byJob } = metric
    if (series < LEAST_SERIES || evidence.recorded.has(name) || familyOf(inventory, name).type !== 'gauge')
      return false
    if (evidence.uses.useOf(name) === undefined) return false
    const interval = Math.min(...[...byJob.keys()].map((job) => inventory.jobs.get(job)?.interval ?? 15))
    const samples = (series * 3_600) / interval
    if (samples > budget) return false
    budget -= samples
    return true
  })
  const chosen = gauges.slice(0, MOST_GAUGES)
  if (chosen.length === 0) return []
  const questions = chosen.map(
    ({ name }) =>
      `label_replace(count(changes(${selectorOf(name)}[1h]) == 0), "telltale", ${JSON.stringify(name)}, "", "")`,
  )
  const still = await reading.query(reading.texts.stillGauges, questions.join(' or '))
  const counts = new Map(still?.map(({ labels, value }) => [labels.telltale ?? '', value]))
  return chosen.flatMap(({ name, series, byJob }) => {
    const count = counts.get(name) ?? 0
    if (count < 0.9 * series) return []
    return [
      {
        id: 'still-gauge',
        area: 'intervals' as const,
        subject: name,
        figure: reading.advice.intervals.still(wholeNumber(count), wholeNumber(series)),
        saving: undefined,
        change: {
          place: 'prometheus.yml' as const,
          text: reading.advice.intervals.ownJob(
            durationText(inventory.jobs.get([...byJob.keys()][0] ?? '')?.interval ?? 15),
          ),
        },
        drops: [],
      },
    ]
  })
}
