import type { Inventory, MetricCount } from '../measure/inventory.js'
import type { ServerReading } from './server-reading.js'

/** One label of one metric. */
export interface LabelFacts {
  readonly label: string
  readonly values: number
  /** Series that would be left without it. */
  readonly seriesWithout: number
  /** Some of its values. */
  readonly examples: readonly string[]
}

/** The labels of one metric, and which of them say what another says already. */
export interface MetricLabels {
  readonly metric: MetricCount
  readonly labels: readonly LabelFacts[]
  /** Pairs where the first decides the second: each value of the first goes with one value of the second. */
  readonly decided: readonly (readonly [by: string, label: string])[]
}

/** Metrics whose labels are looked at. */
const MOST_METRICS = 12
const LEAST_SERIES = 20
/** Labels of a metric whose pairs are compared: 15 pairs. */
const MOST_LABELS = 6
const EXAMPLES = 40
/** Set by Prometheus, or by the type of the metric. */
const given: ReadonlySet<string> = new Set(['__name__', 'job', 'instance', 'le', 'quantile'])

/** Looks at the labels of the metrics with the most series: three queries for each. */
export async function readLabels(
  reading: ServerReading,
  inventory: Inventory,
): Promise<readonly MetricLabels[]> {
  const found: MetricLabels[] = []
  for (const metric of candidates(inventory)) {
    if (reading.outOfTime) {
      reading.note(reading.texts.moreLabels, reading.texts.timeUp)
      break
    }
    const labels = await labelsOf(reading, metric)
    if (labels !== undefined) found.push(labels)
  }
  return found
}

/** The largest, each histogram once: by its count, whose labels are those of the buckets but for `le`. */
function candidates({ metrics, byName }: Inventory): readonly MetricCount[] {
  const chosen = metrics.filter(({ name, series }) => {
    const base = /^(.+)_(?:bucket|sum)$/.exec(name)?.[1]
    return series >= LEAST_SERIES && (base === undefined || !byName.has(`${base}_count`))
  })
  const weight = ({ name, series }: MetricCount) =>
    series + (byName.get(name.replace(/_count$/, '_bucket'))?.series ?? 0)
  return chosen.sort((a, b) => weight(b) - weight(a)).slice(0, MOST_METRICS)
}

async function labelsOf(reading: ServerReading, metric: MetricCount): Promise<MetricLabels | undefined> {
  const selector = selectorOf(metric.name)
  const sample = await reading.query(reading.texts.labels(metric.name), `topk(${EXAMPLES}, ${selector})`)
  if (sample === undefined) return undefined
  const names = [...new Set(sample.flatMap(({ labels }) => Object.keys(labels)))].filter(
    (name) => !given.has(name),
  )
  if (names.length === 0) return { metric, labels: [], decided: [] }
  const counts = await countsOf(reading, metric.name, names)
  if (counts === undefined) return undefined
  const labels = names.map((label) => ({
    label,
    values: counts.get(`values ${label}`) ?? 0,
    seriesWithout: counts.get(`without ${label}`) ?? metric.series,
    examples: [...new Set(sample.map((entry) => entry.labels[label] ?? ''))],
  }))
  return { metric, labels, decided: await decidedPairs(reading, metric.name, labels) }
}

async function countsOf(
  reading: ServerReading,
  name: string,
  labels: readonly string[],
): Promise<ReadonlyMap<string, number> | undefined> {
  const selector = selectorOf(name)
  return answers(reading, reading.texts.labelValues(name), [
    ...labels.map((label) => [`values ${label}`, `count(count by (${label}) (${selector}))`] as const),
    ...labels.map((label) => [`without ${label}`, `count(count without (${label}) (${selector}))`] as const),
  ])
}

/** A label that decides another has as many pairs of values with it as it has values. */
async function decidedPairs(
  reading: ServerReading,
  name: string,
  labels: readonly LabelFacts[],
): Promise<readonly (readonly [string, string])[]> {
  // A label with one value is decided by every other, which says nothing.
  const several = labels.filter(({ values }) => values > 1).slice(0, MOST_LABELS)
  const pairs = several.flatMap((a, i) => several.slice(i + 1).map((b) => [a, b] as const))
  if (pairs.length === 0) return []
  const counts = await answers(
    reading,
    reading.texts.labelPairs(name),
    pairs.map(([a, b]) => [
      `${a.label} ${b.label}`,
      `count(count by (${a.label}, ${b.label}) (${selectorOf(name)}))`,
    ]),
  )
  return pairs.flatMap(([a, b]) => {
    const both = counts?.get(`${a.label} ${b.label}`)
    if (both === a.values) return [[a.label, b.label] as const]
    return both === b.values ? [[b.label, a.label] as const] : []
  })
}

/** Many small questions as one query, each answer under its key. */
async function answers(
  reading: ServerReading,
  what: string,
  questions: readonly (readonly [key: string, expression: string])[],
): Promise<ReadonlyMap<string, number> | undefined> {
  const parts = questions.map(
    ([key, expression]) => `label_replace(${expression}, "telltale", ${JSON.stringify(key)}, "", "")`,
  )
  const samples = await reading.query(what, parts.join(' or '))
  return samples && new Map(samples.map(({ labels, value }) => [labels.telltale ?? '', value]))
}

/** A selector of one metric that takes any name. */
export function selectorOf(name: string): string {
  return `{__name__=${JSON.stringify(name)}}`
}
