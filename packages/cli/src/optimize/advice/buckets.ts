import { durationText } from '../../promql/index.js'
import { quantileOf } from '../../top/distribution.js'
import { percent, wholeNumber } from '../../top/figures.js'
import type { BucketFacts } from '../measure/bucket-facts.js'
import { type Inventory, shareOf } from '../measure/inventory.js'
import type { AdviceTexts } from '../texts/index.js'
import { type Advice, noSaving, type Saving } from './advice.js'
import { errorAt, proposeBounds } from './bucket-proposal.js'
import type { Evidence } from './evidence.js'

/** Fewer observations say nothing about bounds. */
const LEAST_OBSERVATIONS = 100
const MOST_BEYOND = 0.01
const MOST_IN_FIRST = 0.5
const MOST_WIDTH = 0.25

/** What is known of the server and of what people promise. */
export interface BucketContext {
  /** Thresholds by histogram, from `--slo`. */
  readonly promised: ReadonlyMap<string, readonly number[]>
  /** Whether the server takes native histograms. */
  readonly native: boolean
  readonly texts: AdviceTexts['buckets']
}

/** Bucket bounds against what was observed. */
export function adviseBuckets(
  inventory: Inventory,
  evidence: Evidence,
  histograms: readonly BucketFacts[],
  context: BucketContext,
): readonly Advice[] {
  const used = histograms.filter(({ metric }) => evidence.uses.useOf(metric.name) !== undefined)
  return [
    ...used.flatMap((facts) => adviseHistogram(inventory, evidence, facts, context)),
    ...adviseNative(inventory, used, context),
  ]
}

function adviseHistogram(
  inventory: Inventory,
  { uses }: Evidence,
  facts: BucketFacts,
  { promised, texts }: BucketContext,
): readonly Advice[] {
  const { histogram, metric, bounds, counts, window } = facts
  const asked = uses.useOf(metric.name)?.bounds ?? new Set<number>()
  const thresholds = [...new Set([...asked, ...(promised.get(histogram) ?? [])])]
  // A comparison with zero asks whether there is anything at all.
  const missing = thresholds.filter((value) => value > 0 && Number.isFinite(value) && !bounds.includes(value))
  const total = counts.at(-1)!
  const faults = total >= LEAST_OBSERVATIONS ? faultsOf(facts, texts) : []
  if (missing.length > 0) {
    faults.unshift({
      id: 'bucket-threshold',
      figure: texts.threshold(missing.map(String)),
    })
  }
  if (faults.length === 0) return []
  const proposal = total >= LEAST_OBSERVATIONS ? proposeBounds(bounds, counts, thresholds) : undefined
  const wanted = proposal?.bounds ?? [...bounds.filter(Number.isFinite), ...missing].sort((a, b) => a - b)
  const errors = proposal?.errors
    .map(({ quantile, before, after }) => texts.error(quantile * 100, percent(before), percent(after)))
    .join('; ')
  const text = `buckets: [${wanted.join(', ')}]${errors ? `\n# ${errors}` : ''}\n# ${texts.keepOld()}`
  const saving = savingWith(inventory, facts, wanted.length)
  return faults.map(({ id, figure }, index) => ({
    id,
    area: 'buckets',
    subject: histogram,
    figure: id === 'bucket-threshold' ? figure : texts.of(figure, wholeNumber(total), durationText(window)),
    // The change is one for all that is wrong, and so is what it saves.
    saving: index === 0 ? saving : undefined,
    change: { place: 'application', text: index === 0 ? text : texts.above(histogram) },
    drops: [],
  }))
}

interface Fault {
  readonly id: string
  readonly figure: string
}

function faultsOf({ bounds, counts }: BucketFacts, texts: AdviceTexts['buckets']): Fault[] {
  const total = counts.at(-1)!
  const faults: Fault[] = []
  const finite = bounds.slice(0, -1)
  const beyond = 1 - (counts.at(-2) ?? 0) / total
  if (beyond > MOST_BEYOND) {
    faults.push({
      id: 'bucket-beyond',
      figure: texts.beyond(percent(beyond), String(finite.at(-1))),
    })
  }
  const first = counts[0]! / total
  if (first > MOST_IN_FIRST) {
    faults.push({
      id: 'bucket-first',
      figure: texts.first(percent(first), String(finite[0])),
    })
  }
  const empty = finite.filter((_, i) => counts[i]! - (counts[i - 1] ?? 0) <= 0)
  if (empty.length >= Math.max(2, finite.length / 3)) {
    faults.push({ id: 'bucket-empty', figure: texts.empty(empty.join(', ')) })
  }
  const wide = [0.95, 0.99].flatMap((quantile) => {
    const at = quantileOf(quantile, bounds, counts)
    if (at === undefined || at.beyond || !(at.value > 0)) return []
    const error = errorAt(at.value, bounds)
    return error > MOST_WIDTH ? [texts.wide(quantile * 100, percent(error))] : []
  })
  if (wide.length > 0) faults.push({ id: 'bucket-width', figure: wide.join(', ') })
  return faults
}

/** Fewer bounds save series; more cost some, which is a saving below zero. */
function savingWith(inventory: Inventory, { metric, bounds }: BucketFacts, wanted: number): Saving {
  const each = metric.series / bounds.length
  const fewer = Math.round(each * (bounds.length - (wanted + 1)))
  const { samplesPerSecond, bytesPerDay } = shareOf(inventory, metric, Math.abs(fewer))
  const sign = Math.sign(fewer)
  return fewer === 0
    ? noSaving
    : { series: fewer, samplesPerSecond: sign * samplesPerSecond, bytesPerDay: sign * bytesPerDay }
}

function adviseNative(
  inventory: Inventory,
  histograms: readonly BucketFacts[],
  { native, texts }: BucketContext,
): readonly Advice[] {
  const series = histograms.reduce((sum, { metric }) => sum + metric.series, 0)
  if (!native || series < 500) return []
  const each = histograms.reduce((sum, { metric, bounds }) => sum + metric.series / bounds.length, 0)
  const saved = Math.round(series - each)
  const rates = histograms.map(({ metric, bounds }) =>
    shareOf(inventory, metric, metric.series - metric.series / bounds.length),
  )
  return [
    {
      id: 'native-histogram',
      area: 'buckets',
      subject: texts.histograms(histograms.length),
      figure: texts.native(wholeNumber(series)),
      saving: {
        series: saved,
        samplesPerSecond: rates.reduce((sum, { samplesPerSecond }) => sum + samplesPerSecond, 0),
        // A native sample is larger than a float, by how much depends on its buckets.
        bytesPerDay: 0,
      },
      change: {
        place: 'application',
        text: texts.useNative(),
      },
      drops: [],
    },
  ]
}
