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
    reading.note('growth and churn', 'the server has no 20 minutes of samples yet')
    return []
  }
  const back = age > DAY + HOUR ? DAY : Math.floor(age / 2 / 60) * 60
  const grown = await growth(reading, inventory, back)
  if (age >= 2 * HOUR) return [...grown, ...(await churn(reading))]
  // The first scrapes of a target are all new series.
  reading.note('churn', 'the server has no two hours of samples yet')
  return grown
}

async function growth(
  reading: ServerReading,
  inventory: Inventory,
  back: number,
): Promise<readonly Advice[]> {
  if (inventory.series > 500_000) {
    reading.note('growth', 'more than 500,000 series are too many to count twice')
    return []
  }
  const past = await reading.query(
    'series of each metric before',
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
        figure: `${wholeNumber(was)} series ${durationText(back)} ago, ${wholeNumber(series)} now: ${shortNumber(daily)} more a day`,
        saving: undefined,
        change: {
          place: 'application' as const,
          text: 'find the label whose values have no end: telltale top shows the growing metrics of an instance',
        },
        drops: [],
      },
    ]
  })
}

async function churn(reading: ServerReading): Promise<readonly Advice[]> {
  const added = await reading.query(
    'series that came',
    'sum by (job) (sum_over_time(scrape_series_added[1h]))',
  )
  const active = await reading.query(
    'samples of each job',
    'sum by (job) (scrape_samples_post_metric_relabeling)',
  )
  const past = await reading.query(
    'samples of each job before',
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
        subject: `job ${job}`,
        figure: `${shortNumber(hourly)} new series an hour, ${percent(hourly / now)} of the ${wholeNumber(now)} that are active`,
        saving: undefined,
        change: {
          place: 'application' as const,
          text: 'a label changes all the time (a version, a time, a pod): leave it out; each new series costs memory for three hours',
        },
        drops: [],
      },
    ]
  })
}
