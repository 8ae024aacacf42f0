import { checkBuckets } from '../metrics/bucket-bounds.js'
import { Counter, type CounterOptions } from '../metrics/counter.js'
import type { Family } from '../metrics/family.js'
import { Gauge, type GaugeOptions } from '../metrics/gauge.js'
import { Histogram, type HistogramOptions } from '../metrics/histogram.js'
import { type NativeOptions, planNative } from '../metrics/native-options.js'
import { TelltaleError } from '../model/error.js'
import { type LabelSchema, planLabels } from '../model/label-schema.js'
import { type MetricType, shown } from '../model/metric-name.js'
import type { Registry } from './registry.js'

type Within<O> = O & { readonly registry: Registry }

/**
 * The counter of this definition: the one that the registry has already, or a new one. Throws
 * `TELLTALE_METRIC_EXISTS` when the name is taken by another type or another set of labels.
 */
export function obtainCounter<const L extends LabelSchema>(options: Within<CounterOptions<L>>): Counter<L> {
  const existing = sameDefinition(options, 'counter')
  return (existing as Counter<L> | undefined) ?? new Counter(options)
}

/** The gauge of this definition, as {@link obtainCounter} has it. */
export function obtainGauge<const L extends LabelSchema>(options: Within<GaugeOptions<L>>): Gauge<L> {
  const existing = sameDefinition(options, 'gauge')
  return (existing as Gauge<L> | undefined) ?? new Gauge(options)
}

/** The histogram of this definition, as {@link obtainCounter} has it; other buckets than it has are an error too. */
export function obtainHistogram<const L extends LabelSchema>(
  options: Within<HistogramOptions<L>>,
): Histogram<L> {
  const existing = sameDefinition(options, 'histogram') as Histogram<L> | undefined
  if (existing === undefined) return new Histogram(options)
  checkSameBuckets(existing, options.buckets)
  checkSameNative(existing, options.native)
  return existing
}

/** `undefined` when there is none, and when it differs: making it anew then throws the error that explains. */
function sameDefinition(
  options: { readonly name: string; readonly labels?: LabelSchema; readonly registry: Registry },
  type: MetricType,
): Family | undefined {
  const existing = options.registry.get(options.name)
  if (existing?.type !== type) return undefined
  const { names } = planLabels(options.name, options.labels)
  const same =
    names.length === existing.labelNames.length && names.every((name, i) => name === existing.labelNames[i])
  return same ? existing : undefined
}

function checkSameBuckets(existing: Histogram<LabelSchema>, buckets: readonly number[] | undefined): void {
  if (buckets === undefined) return
  const had = existing.buckets
  const asked = buckets.length === 0 ? buckets : checkBuckets(existing.name, buckets)
  if (had.length === asked.length && had.every((bound, i) => bound === asked[i])) return
  throw new TelltaleError(
    'TELLTALE_METRIC_EXISTS',
    `metric "${existing.name}" is registered already, with buckets ${shown(had)}; got buckets ${shown(buckets)}. ` +
      'Give every class the same configuration, or another registry',
  )
}

function checkSameNative(
  existing: Histogram<LabelSchema>,
  native: NativeOptions | boolean | undefined,
): void {
  if (native === undefined) return
  const had = JSON.stringify(existing.native)
  const asked = native === false ? undefined : JSON.stringify(planNative(existing.name, native))
  if (had === asked) return
  throw new TelltaleError(
    'TELLTALE_METRIC_EXISTS',
    `metric "${existing.name}" is registered already, with ${had ?? 'no native buckets'}; got ` +
      `${asked ?? 'no native buckets'}. Give every class the same configuration, or another registry`,
  )
}
