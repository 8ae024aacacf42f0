import type { LineShape } from '../metrics/sample-line.js'
import { labelText } from '../model/label-text.js'
import type { MetricType } from '../model/metric-name.js'
import { isAggregator, joined } from './aggregator.js'
import type { FamilySnapshot, SeriesSnapshot } from './family-snapshot.js'
import { lineAggregator } from './series-join.js'

/** One metric in the form that prom-client's `getMetricsAsJSON` made common, as far as it can be trusted. */
export interface MetricJson {
  readonly name: string
  readonly help: string
  readonly type: MetricType
  readonly aggregator?: string | undefined
  readonly values?: readonly {
    readonly value: unknown
    readonly labels?: object
    readonly metricName?: string | undefined
  }[]
}

interface Cell {
  readonly line: LineShape
  readonly labels: ReadonlyMap<string, string>
  readonly value: number
}

const suffixes: readonly LineShape['suffix'][] = ['', '_bucket', '_sum', '_count']

const ownLabels: Partial<Record<MetricType, string>> = { histogram: 'le', summary: 'quantile' }

/**
 * The snapshot of a metric in that form. Label values become texts; series that are the same for Prometheus, because
 * they differ in empty labels only, become one. Whether names are valid is left to who shows the metric.
 */
export function snapshotOfJson(metric: MetricJson): FamilySnapshot {
  const { name, help, type } = metric
  const cells = (metric.values ?? []).map((sample) => cellOf(metric, sample))
  const lines = new Map(cells.map(({ line }) => [keyOf(line), line]))
  const family: FamilySnapshot = {
    name,
    help,
    type,
    aggregator: isAggregator(metric.aggregator) ? metric.aggregator : 'sum',
    labelNames: [...new Set(cells.flatMap(({ labels }) => [...labels.keys()]))],
    lines: lines.size === 0 ? bareLines(type) : [...lines.values()].sort(inOrder),
    series: [],
  }
  return { ...family, series: seriesOf(family, cells) }
}

function cellOf(
  { name, type }: MetricJson,
  { value, labels = {}, metricName = name }: NonNullable<MetricJson['values']>[number],
): Cell {
  const own = ownLabels[type]
  const texts = new Map<string, string>()
  let bound: number | undefined
  for (const [label, given] of Object.entries(labels)) {
    if (label === own) bound = given === '+Inf' ? Infinity : Number(given)
    else texts.set(label, labelText(given) ?? String(given))
  }
  const suffix = suffixes.find((known) => metricName === name + known) ?? ''
  const line: LineShape =
    own === undefined || bound === undefined ? { suffix } : { suffix, label: { name: own, value: bound } }
  return { line, labels: texts, value: Number(value ?? NaN) }
}

function seriesOf(family: FamilySnapshot, cells: readonly Cell[]): readonly SeriesSnapshot[] {
  const aggregators = family.lines.map((line) => lineAggregator(family, line))
  const places = new Map(family.lines.map((line, i) => [keyOf(line), i]))
  const all = new Map<string, { values: readonly string[]; samples: (number | null)[] }>()
  for (const { line, labels, value } of cells) {
    const values = family.labelNames.map((label) => labels.get(label) ?? '')
    const key = JSON.stringify(values)
    const series = all.get(key) ?? { values, samples: family.lines.map(() => null) }
    all.set(key, series)
    const place = places.get(keyOf(line))!
    series.samples[place] = joined(aggregators[place]!, series.samples[place]!, value)
  }
  return [...all.values()]
}

const keyOf = ({ suffix, label }: LineShape) => `${suffix} ${label?.value}`

/** Bounds ascending, then the sum, then the count. */
function inOrder(a: LineShape, b: LineShape): number {
  return rank(a) - rank(b) || Number(a.label?.value ?? 0) - Number(b.label?.value ?? 0)
}

function rank({ suffix, label }: LineShape): number {
  return label !== undefined ? 0 : suffix === '_sum' ? 1 : 2
}

function bareLines(type: MetricType): readonly LineShape[] {
  return type === 'counter' || type === 'gauge' ? [{ suffix: '' }] : []
}
