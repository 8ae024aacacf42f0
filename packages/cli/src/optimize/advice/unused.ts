import { wholeNumber } from '../../top/figures.js'
import { familyOf, type Inventory, type MetricCount, savingOf, synthetic } from '../measure/inventory.js'
import type { AdviceTexts } from '../texts/index.js'
import type { Advice, Drop } from './advice.js'
import { relabelText, rulesFor } from './drop-rule.js'
import type { Evidence } from './evidence.js'

/** Metrics that nothing uses, and histograms whose buckets nothing uses. */
export function adviseUnused(
  inventory: Inventory,
  evidence: Evidence,
  texts: AdviceTexts['unused'],
): readonly Advice[] {
  const advice: Advice[] = []
  for (const [family, metrics] of familiesOf(inventory, evidence)) {
    const used = metrics.filter(({ name }) => evidence.uses.useOf(name) !== undefined)
    // A pattern that fits the family, or a keep-list that has its name, means all of it.
    const named = evidence.uses.useOf(family) !== undefined
    if (named) continue
    if (used.length === 0) advice.push(unusedMetric(family, metrics, inventory, evidence, texts))
    else {
      const buckets = metrics.find(({ name }) => name === `${family}_bucket`)
      if (buckets !== undefined && !used.includes(buckets)) {
        advice.push(unusedBuckets(family, buckets, inventory, evidence, texts))
      }
    }
  }
  return advice.sort((a, b) => (b.saving?.series ?? 0) - (a.saving?.series ?? 0))
}

/** Scraped metrics by family. */
function familiesOf(
  inventory: Inventory,
  { recorded }: Evidence,
): ReadonlyMap<string, readonly MetricCount[]> {
  const families = new Map<string, MetricCount[]>()
  for (const metric of inventory.metrics) {
    if (synthetic.test(metric.name) || recorded.has(metric.name) || metric.name === '') continue
    const { name } = familyOf(inventory, metric.name)
    const family = families.get(name)
    if (family === undefined) families.set(name, [metric])
    else family.push(metric)
  }
  return families
}

function unusedMetric(
  family: string,
  metrics: readonly MetricCount[],
  inventory: Inventory,
  evidence: Evidence,
  texts: AdviceTexts['unused'],
): Advice {
  const byJob = new Map<string, number>()
  for (const metric of metrics) {
    for (const [job, series] of metric.byJob) byJob.set(job, (byJob.get(job) ?? 0) + series)
  }
  const drops = metrics.flatMap((metric) => dropOf(metric, inventory, evidence))
  return {
    id: 'unused-metric',
    area: 'unused',
    subject: family,
    figure: texts.metric(wholeNumber(savingOf(inventory, byJob).series), evidence.nobody),
    saving: savingOf(inventory, byJob),
    change: { place: 'prometheus.yml', text: relabelText(rulesFor(metrics.map(({ name }) => name))) },
    // Half a family would be of no use to anyone.
    drops: drops.length === metrics.length ? drops : [],
  }
}

function unusedBuckets(
  family: string,
  buckets: MetricCount,
  inventory: Inventory,
  evidence: Evidence,
  texts: AdviceTexts['unused'],
): Advice {
  return {
    id: 'unused-buckets',
    area: 'unused',
    subject: buckets.name,
    figure: texts.buckets(wholeNumber(buckets.series), family),
    saving: savingOf(inventory, buckets.byJob),
    change: { place: 'prometheus.yml', text: relabelText(rulesFor([buckets.name])) },
    drops: dropOf(buckets, inventory, evidence),
  }
}

/** How a metric is dropped; empty where it is not certain that it may be, or where it comes from. */
function dropOf({ name, byJob }: MetricCount, { jobs }: Inventory, { doubts }: Evidence): readonly Drop[] {
  if (doubts.length > 0) return []
  const pools = [...byJob.keys()].map((job) => jobs.get(job)?.pool)
  if (pools.some((pool) => pool === undefined)) return []
  return [{ name, pools: [...new Set(pools.filter((pool) => pool !== undefined))] }]
}
