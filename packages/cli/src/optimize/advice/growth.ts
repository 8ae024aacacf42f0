import { durationText } from '../../promql/index.js'
import { percent, shortNumber, wholeNumber } from '../../top/figures.js'
import type { Inventory } from '../measure/inventory.js'
import type { ServerReading } from '../measure/server-reading.js'
import type { Advice } from './advice.js'

const DAY = 86_400
const HOUR = 3_600
/** A younger server has nothing to compare with. */
const LEAST_AGE = 20 * 60

/** Metrics that grew since yesterday, and jobs whose series come and go. `age` is that of the oldest sample. */
export async function adviseGrowth(
  reading: ServerReading,
  inventory: Inventory,
  age: number | undefined,
): Promise<readonly Advice[]> {
  if (age === undefined || age < LEAST_AGE) {
    reading.note(reading.texts.growthAndChurn, reading.texts.tooYoungToGrow)
    return []
  }
  const back = age > DAY + HOUR ? DAY : Math.floor(age / 2 / 60) * 60
  const grown = await growth(reading, inventory, back)
  if (age >= 2 * HOUR) return [...grown, ...(await churn(reading))]
  // The first scrapes of a target are all new series.
  reading.note(reading.texts.churn, reading.texts.tooYoungToChurn)
  return grown
}

async function growth(
  reading: ServerReading,
  inventory: Inventory,
  back: number,
): Promise<readonly Advice[]> {
  if (inventory.series > 500_000) {
    reading.note(reading.texts.growth, reading.texts.tooMany)
    return []
  }
  const past = await reading.query(
    reading.texts.seriesBefore,
    `count by (__name__) ({__name__!=""} offset ${back}s)`,
  )
  if (past === undefined) return []
  const before = new Map(past.map(({ labels, value }) => [labels.__name__ ?? '', value]))
  return inventory.metrics.flatMap(({ name, series }) => {
    const was = before.get(name) ?? 0
    const more = series - was
    if (was === 0 || more < 100 || more < 0.2 * was) return []
    const daily = (more / back) * DAY
    return [
      {
        id: 'growing-metric',
        area: 'cardinality' as const,
        subject: name,
        figure: reading.advice.growth.grown(
          wholeNumber(was),
          durationText(back),
          wholeNumber(series),
          shortNumber(daily),
        ),
        saving: undefined,
        change: {
          place: 'application' as const,
          text: reading.advice.growth.findLabel(),
        },
        drops: [],
      },
    ]
  })
}

async function churn(reading: ServerReading): Promise<readonly Advice[]> {
  const added = await reading.query(
    reading.texts.newSeries,
    'sum by (job) (sum_over_time(scrape_series_added[1h]))',
  )
  const active = await reading.query(
    reading.texts.samplesOfJobs,
    'sum by (job) (scrape_samples_post_metric_relabeling)',
  )
  const past = await reading.query(
    reading.texts.samplesBefore,
    'sum by (job) (scrape_samples_post_metric_relabeling offset 1h)',
  )
  const byJob = (samples: typeof active) =>
    new Map(samples?.map(({ labels, value }) => [labels.job ?? '', value]))
  const series = byJob(active)
  const before = byJob(past)
  return (added ?? []).flatMap(({ labels, value: hourly }) => {
    const job = labels.job ?? ''
    const now = series.get(job) ?? 0
    // The series of a job that is new are all new, once.
    if (now < 100 || hourly < 0.1 * now || (before.get(job) ?? 0) < now / 2) return []
    return [
      {
        id: 'churn',
        area: 'cardinality' as const,
        subject: reading.advice.intervals.job(job),
        figure: reading.advice.growth.churn(shortNumber(hourly), percent(hourly / now), wholeNumber(now)),
        saving: undefined,
        change: {
          place: 'application' as const,
          text: reading.advice.growth.leaveOut(),
        },
        drops: [],
      },
    ]
  })
}
