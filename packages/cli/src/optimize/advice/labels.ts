import { percent, wholeNumber } from '../../top/figures.js'
import { type Inventory, shareOf } from '../measure/inventory.js'
import type { LabelFacts, MetricLabels } from '../measure/label-facts.js'
import type { AdviceTexts } from '../texts/index.js'
import type { Advice, Saving } from './advice.js'
import type { Evidence } from './evidence.js'
import { idKindOf } from './id-like.js'

type LabelTexts = AdviceTexts['labels']

/** Among few series, that one label decides another is chance. */
const LEAST_SERIES = 50

/** Values of a label from which on it is worth a look. */
const MANY_VALUES = 100

/** Labels that cost more than they tell. */
export function adviseLabels(
  inventory: Inventory,
  evidence: Evidence,
  measured: readonly MetricLabels[],
  texts: AdviceTexts,
): readonly Advice[] {
  // What nothing uses at all is dropped as a whole.
  const used = measured.filter((metric) => useOfFamily(metric, evidence) !== undefined)
  const advice = used.flatMap((metric) =>
    metric.labels.flatMap((label) => adviseLabel({ inventory, evidence, texts }, metric, label)),
  )
  return [...advice, ...constantLabels(used, texts.labels), ...redundantLabels(used, texts.labels)]
}

/** What advice about labels is made of. */
interface LabelContext {
  readonly inventory: Inventory
  readonly evidence: Evidence
  readonly texts: AdviceTexts
}

function adviseLabel(
  { inventory, evidence, texts: { labels: texts, kinds } }: LabelContext,
  { metric, labels }: MetricLabels,
  facts: LabelFacts,
): readonly Advice[] {
  const { label, values, seriesWithout, examples } = facts
  const saving = savedWithout(inventory, { metric, labels }, facts)
  const kind = values >= 50 ? idKindOf(examples) : undefined
  const family = metric.name.replace(/_count$/, '')
  const subject = `${family} {${label}}`
  const count = texts.count(wholeNumber(values), wholeNumber(seriesWithout), wholeNumber(metric.series))
  if (kind !== undefined) {
    return [
      {
        id: 'id-like-label',
        area: 'cardinality',
        subject,
        figure: texts.looksLike(count, kinds[kind]),
        saving,
        change: {
          place: 'application',
          text: texts.leaveIdOut(label, family),
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
        figure: texts.unread(count),
        saving,
        change: {
          place: 'application',
          text: texts.leaveUnreadOut(label, family),
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
        text: texts.closeList(label),
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
function constantLabels(measured: readonly MetricLabels[], texts: LabelTexts): readonly Advice[] {
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
    figure: texts.constant(listed(names, texts)),
    saving: undefined,
    change: {
      place: 'application',
      text: texts.leaveConstantOut(),
    },
    drops: [],
  }))
}

/** Pairs of labels, told once for all the metrics that have them. */
function redundantLabels(measured: readonly MetricLabels[], texts: LabelTexts): readonly Advice[] {
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
    figure: texts.redundant(by, label, listed(names, texts)),
    saving: undefined,
    change: {
      place: 'application',
      text: texts.joinIn(by, label),
    },
    drops: [],
  }))
}

function listed(names: readonly string[], texts: LabelTexts): string {
  const [first = '', second] = names
  if (second === undefined) return first
  return names.length === 2 ? texts.two(first, second) : texts.moreMetrics(first, names.length - 1)
}

/** Metrics that have more of all series than they should, whatever their labels. */
export function adviseLargest(
  { metrics, series }: Inventory,
  evidence: Evidence,
  texts: LabelTexts,
): readonly Advice[] {
  return metrics
    .filter((metric) => metric.series >= 1000 && metric.series > 0.2 * series)
    .filter(({ name }) => evidence.uses.useOf(name) !== undefined && !name.endsWith('_bucket'))
    .map(({ name, series: own }) => ({
      id: 'large-metric',
      area: 'cardinality',
      subject: name,
      figure: texts.large(wholeNumber(own), percent(own / series)),
      saving: undefined,
      change: { place: 'application', text: texts.seeLabels() },
      drops: [],
    }))
}
