import { percent, wholeNumber } from '../../top/figures.js'
import { type Inventory, shareOf } from '../measure/inventory.js'
import type { LabelFacts, MetricLabels } from '../measure/label-facts.js'
import type { Advice, Saving } from './advice.js'
import type { Evidence } from './evidence.js'
import { idKindOf } from './id-like.js'

/** Among few series, that one label decides another is chance. */
const LEAST_SERIES = 50

/** Values of a label from which on it is worth a look. */
const MANY_VALUES = 100

/** Labels that cost more than they tell. */
export function adviseLabels(
  inventory: Inventory,
  evidence: Evidence,
  measured: readonly MetricLabels[],
): readonly Advice[] {
  // What nothing uses at all is dropped as a whole.
  const used = measured.filter((metric) => useOfFamily(metric, evidence) !== undefined)
  const advice = used.flatMap((metric) =>
    metric.labels.flatMap((label) => adviseLabel(inventory, evidence, metric, label)),
  )
  return [...advice, ...constantLabels(used), ...redundantLabels(used)]
}

function adviseLabel(
  inventory: Inventory,
  evidence: Evidence,
  { metric, labels }: MetricLabels,
  facts: LabelFacts,
): readonly Advice[] {
  const { label, values, seriesWithout, examples } = facts
  const saving = savedWithout(inventory, { metric, labels }, facts)
  const kind = values >= 50 ? idKindOf(examples) : undefined
  const family = metric.name.replace(/_count$/, '')
  const subject = `${family} {${label}}`
  const count = `${wholeNumber(values)} values, ${wholeNumber(seriesWithout)} of ${wholeNumber(metric.series)} series without it`
  if (kind !== undefined) {
    return [
      {
        id: 'id-like-label',
        area: 'cardinality',
        subject,
        figure: `${count}; they look like ${kind}`,
        saving,
        change: {
          place: 'application',
          text: `leave the label "${label}" out of ${family}: it grows with users or time; put ids into logs and traces`,
        },
        drops: [],
      },
    ]
  }
  const used = useOfFamily({ metric }, evidence)?.labels
  if (used !== undefined && used !== 'all' && !used.has(label) && seriesWithout < metric.series) {
    return [
      {
        id: 'unused-label',
        area: 'labels',
        subject,
        figure: `${count}; nothing that uses the metric reads this label`,
        saving,
        change: {
          place: 'application',
          text: `leave "${label}" out of the labels of ${family}; relabelling cannot, as series would collide`,
        },
        drops: [],
      },
    ]
  }
  if (values <= MANY_VALUES || seriesWithout > 0.9 * metric.series) return []
  return [
    {
      id: 'many-values',
      area: 'cardinality',
      subject,
      figure: count,
      saving,
      change: {
        place: 'application',
        text: `give "${label}" a closed list of values, or groups of them: labels: { ${label}: ['…', '…'] }`,
      },
      drops: [],
    },
  ]
}

/** What is not stored without the label: of a histogram, with all its buckets. */
function savedWithout(
  inventory: Inventory,
  { metric }: Pick<MetricLabels, 'metric' | 'labels'>,
  { seriesWithout }: LabelFacts,
): Saving {
  const share = metric.series === 0 ? 0 : 1 - seriesWithout / metric.series
  const base = metric.name.replace(/_count$/, '')
  const whole = base === metric.name ? [metric.name] : [`${base}_bucket`, `${base}_sum`, metric.name]
  const savings = whole.flatMap((name) => {
    const count = inventory.byName.get(name)
    return count === undefined ? [] : [shareOf(inventory, count, Math.round(count.series * share))]
  })
  return {
    series: savings.reduce((sum, { series }) => sum + series, 0),
    samplesPerSecond: savings.reduce((sum, { samplesPerSecond }) => sum + samplesPerSecond, 0),
    bytesPerDay: savings.reduce((sum, { bytesPerDay }) => sum + bytesPerDay, 0),
  }
}

function useOfFamily({ metric }: Pick<MetricLabels, 'metric'>, { uses }: Evidence) {
  const base = /^(.+)_count$/.exec(metric.name)?.[1]
  const names = base === undefined ? [metric.name] : [metric.name, `${base}_bucket`, `${base}_sum`, base]
  const found = names.flatMap((name) => uses.useOf(name) ?? [])
  if (found.length === 0) return undefined
  const labels = found.some((use) => use.labels === 'all')
    ? ('all' as const)
    : new Set(found.flatMap((use) => (use.labels === 'all' ? [] : [...use.labels])))
  return { labels }
}

/** Labels with one value, told once for all the metrics that have it. */
function constantLabels(measured: readonly MetricLabels[]): readonly Advice[] {
  const metrics = new Map<string, string[]>()
  for (const { metric, labels } of measured) {
    for (const { label, values, examples } of labels) {
      if (values !== 1 || metric.series < 5) continue
      const key = `${label}="${examples[0]}"`
      metrics.set(key, [...(metrics.get(key) ?? []), metric.name])
    }
  }
  return [...metrics].map(([pair, names]) => ({
    id: 'constant-label',
    area: 'labels',
    subject: pair,
    figure: `the only value of this label in ${listed(names)}`,
    saving: undefined,
    change: {
      place: 'application',
      text: `leave it out where it is made; where it is needed elsewhere, make it a label of the target or an external label`,
    },
    drops: [],
  }))
}

/** Pairs of labels, told once for all the metrics that have them. */
function redundantLabels(measured: readonly MetricLabels[]): readonly Advice[] {
  const metrics = new Map<string, { by: string; label: string; names: string[] }>()
  for (const { metric, labels, decided } of measured) {
    if (metric.series < LEAST_SERIES) continue
    for (const [by, label] of decided) {
      const values = labels.find((facts) => facts.label === by)?.values ?? 0
      // A label that is another one in each series decides all of them, and says nothing about them.
      if (values > 0.5 * metric.series) continue
      const known = metrics.get(`${by} ${label}`) ?? { by, label, names: [] }
      known.names.push(metric.name)
      metrics.set(`${by} ${label}`, known)
    }
  }
  return [...metrics.values()].map(({ by, label, names }) => ({
    id: 'redundant-label',
    area: 'labels',
    subject: `{${label}}`,
    figure: `each value of "${by}" goes with one value of "${label}" in ${listed(names)}`,
    saving: undefined,
    change: {
      place: 'application',
      text: `leave "${label}" out, and join it in where it is shown: … * on (${by}) group_left (${label}) an_info_metric`,
    },
    drops: [],
  }))
}

function listed(names: readonly string[]): string {
  return names.length <= 2 ? names.join(' and ') : `${names[0]} and ${names.length - 1} more metrics`
}

/** Metrics that have more of all series than they should, whatever their labels. */
export function adviseLargest({ metrics, series }: Inventory, evidence: Evidence): readonly Advice[] {
  return metrics
    .filter((metric) => metric.series >= 1000 && metric.series > 0.2 * series)
    .filter(({ name }) => evidence.uses.useOf(name) !== undefined && !name.endsWith('_bucket'))
    .map(({ name, series: own }) => ({
      id: 'large-metric',
      area: 'cardinality',
      subject: name,
      figure: `${wholeNumber(own)} series, ${percent(own / series)} of all`,
      saving: undefined,
      change: { place: 'application', text: 'see its labels above: the one with the most values makes them' },
      drops: [],
    }))
}
