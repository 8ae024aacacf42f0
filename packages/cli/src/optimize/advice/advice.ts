/** The areas of advice, in the order in which they are told. */
export const adviceAreas = [
  'unused',
  'cardinality',
  'labels',
  'buckets',
  'intervals',
  'storage',
  'rules',
] as const

export type AdviceArea = (typeof adviceAreas)[number]

/** What stops being stored. */
export interface Saving {
  readonly series: number
  readonly samplesPerSecond: number
  /** On disk, in blocks. */
  readonly bytesPerDay: number
}

/** Where a change is made. */
export type ChangePlace = 'prometheus.yml' | 'application' | 'flags' | 'rules' | 'dashboards'

/** Series of one metric that a scrape job can leave out. */
export interface Drop {
  /** The name of the samples. */
  readonly name: string
  /** The scrape jobs that bring it, by the names in prometheus.yml. */
  readonly pools: readonly string[]
}

/** One piece of advice: what was seen, what it costs, and the change to make. */
export interface Advice {
  /** Stable, in kebab-case. */
  readonly id: string
  readonly area: AdviceArea
  /** The metric, label, job or rule. */
  readonly subject: string
  /** What was measured, in a sentence. */
  readonly figure: string
  /** `undefined` where nothing is saved that could be counted beforehand. */
  readonly saving: Saving | undefined
  readonly change: { readonly place: ChangePlace; readonly text: string }
  /** What `--apply` would write; only there where nothing that is used can be lost. */
  readonly drops: readonly Drop[]
}

export const noSaving: Saving = { series: 0, samplesPerSecond: 0, bytesPerDay: 0 }

export function sumOf(savings: Iterable<Saving | undefined>): Saving {
  let sum = noSaving
  for (const saving of savings) {
    if (saving === undefined) continue
    sum = {
      series: sum.series + saving.series,
      samplesPerSecond: sum.samplesPerSecond + saving.samplesPerSecond,
      bytesPerDay: sum.bytesPerDay + saving.bytesPerDay,
    }
  }
  return sum
}
